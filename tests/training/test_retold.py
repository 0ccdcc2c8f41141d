"""Sentences put into somebody's mouth: the annotated words stay, and the made-up attribution is whole."""

import random

import pytest

pytest.importorskip("torch")

from sayso.spans import Spans
from sayso.training.corpora import Annotated, Marked
from sayso.training.retold import retold

pytestmark = pytest.mark.train

INNER = ("The harbor office", "has denied", "that the old weir is unsafe")
TEXT = f"{' '.join(INNER)}. Rain fell all night on the quay and on the yards. Nobody came.\n\n“We wait,” she said."


def part(words: str) -> Spans:
    from sayso.testing import span_of

    return (span_of(TEXT, words),)


SOURCE, CUE, CONTENT = map(part, INNER)
ARTICLE = Annotated(TEXT, (Marked(SOURCE, CUE, CONTENT, searched=False),), "polnear")


def words(article: Annotated, spans: Spans) -> list[str]:
    return [article.text[span.start : span.end] for span in spans]


@pytest.mark.parametrize("seed", range(60))
def test_annotated_words_stay_and_the_new_ones_are_whole(seed: int) -> None:
    found = retold(ARTICLE, random.Random(seed))
    old = found.marked[0]
    assert [" ".join(words(found, spans)).lower() for spans in (old.source, old.cue, old.content)] == [part.lower() for part in INNER]
    assert not old.searched
    for mark in found.marked[1:]:
        assert mark.searched
        assert found.convention == "contract"
        (source,), (cue,), (content,) = (words(found, spans) for spans in (mark.source, mark.cue, mark.content))
        assert source == source.strip(" .,“”")
        assert cue == cue.strip(" .,“”")
        assert len(content) > 40
        assert not content.endswith(".")
        assert content.startswith("that ") or content[0].isupper() or content[0] == "“"
        assert (content[0] == "“") == content.endswith(",”")


def test_some_sentences_are_retold_and_some_are_not() -> None:
    found = [len(retold(ARTICLE, random.Random(seed)).marked) for seed in range(60)]
    assert {1, 2} <= set(found)


def test_a_sentence_that_holds_half_an_attribution_is_left() -> None:
    across = Annotated(TEXT, (Marked(part("The harbor office"), part("has denied"), part("weir is unsafe. Rain fell"), False),), "polnear")
    for seed in range(40):
        assert TEXT.partition("Nobody")[0] in retold(across, random.Random(seed)).text
