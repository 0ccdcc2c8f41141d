import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from sayso.document import Document
from sayso.errors import ContractError, UsageError
from sayso.evaluation.pronouns import Asked, evaluate_pronouns, latest, pronoun_counts, read_pronouns, sort_of
from sayso.spans import Span

WORDS = "Mara Voss met two engineers . They told her that it rained . The dam holds , and she likes it . He sang .".split()  # noqa: SIM905
MENTIONS = [
    ("v", 0, 2), ("e", 3, 5), ("e", 6, 7), ("v", 8, 9), ("rain", 10, 11), ("d", 13, 15), ("v", 18, 19), ("d", 20, 21), ("x", 22, 23),
]  # fmt: skip


def write(path: Path) -> Path:
    text, offsets = "", []
    for word in WORDS:
        offsets += [len(text), len(text) + len(word)]
        text += word + " "
    mentions = [{"group": group, "start": start, "end": end} for group, start, end in MENTIONS]
    path.write_text(json.dumps({"id": "a", "text": text, "off": offsets, "form": WORDS, "mentions": mentions}) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    (found,) = read_pronouns(write(tmp_path / "gold.jsonl"))
    return found


def right(asked: Asked) -> list[int | None]:
    return [min(question.right) for question in asked.questions]


def test_only_pronouns_with_an_earlier_mention_are_asked(asked: Asked) -> None:
    # Not the first "it" (weather) nor "He" (nobody before him).
    assert [asked.document[question.pronoun] for question in asked.questions] == ["They", "her", "she", "it"]
    for question in asked.questions:
        assert all(span.end <= question.pronoun.start for span in question.candidates)
    she = asked.questions[2]
    assert [asked.document[span] for span in she.candidates] == ["Mara Voss", "two engineers", "They", "her", "it", "The dam"]
    assert she.right == {0, 3}


def test_figures_by_hand(asked: Asked) -> None:
    def choose(document: Document, pronouns: Sequence[Span], candidates: Sequence[Sequence[Span]], /) -> list[int | None]:
        return [1, 0, 3, None]  # right, right, right (a pronoun of the group), none

    found = pronoun_counts(asked, choose)
    assert (found["pronouns:hit"], found["pronouns:of"], found["pronouns.answered:hit"]) == (3, 4, 3)
    assert (found["pronouns.he_she:hit"], found["pronouns.he_she:of"]) == (2, 2)
    assert (found["pronouns.it:hit"], found["pronouns.it:of"]) == (0, 1)
    assert (found["pronouns.they:hit"], found["pronouns.they:of"]) == (1, 1)


def test_the_yardstick_takes_the_last_mention_that_agrees(asked: Asked) -> None:
    chosen = latest(asked.document, [q.pronoun for q in asked.questions], [q.candidates for q in asked.questions])
    words = [asked.document[q.candidates[at]] for q, at in zip(asked.questions, chosen, strict=True) if at is not None]
    assert words == ["two engineers", "Mara Voss", "her", "The dam"]


def test_the_yardstick_leaves_open_what_nothing_agrees_with() -> None:
    document = Document(text="the dam. She")
    assert latest(document, [Span(9, 12)], [(Span(0, 7),)]) == [None]
    assert latest(Document(text=". She"), [Span(2, 5)], [(Span(0, 1),)]) == [None]


def test_the_report(asked: Asked) -> None:
    report = evaluate_pronouns([asked], {"latest": latest, "perfect": lambda *_: right(asked)}, resamples=5)
    assert (report.articles, report.items, report.unit) == (1, 4, "pronouns")
    assert report.value("latest", "pronouns") == report.value("perfect", "pronouns") == 1.0
    with pytest.raises(UsageError, match="nothing to evaluate"):
        evaluate_pronouns([], {})


def test_a_chooser_has_to_answer_every_pronoun(asked: Asked) -> None:
    with pytest.raises(ValueError, match="shorter"):
        pronoun_counts(asked, lambda *_: [])


@pytest.mark.parametrize(
    ("word", "sort"), [("He", "he_she"), ("hers", "he_she"), ("Itself", "it"), ("their", "they"), ("who", ""), ("I", "")]
)
def test_sorts(word: str, sort: str) -> None:
    assert sort_of(word) == sort


def test_a_broken_record_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "text": "He", "off": [0, 2], "mentions": [{"group": "1", "start": 3, "end": 4}]}\n')
    with pytest.raises(ContractError, match=r"gold\.jsonl:1"):
        read_pronouns(path)
