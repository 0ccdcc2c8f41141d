from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.attribution import cuewords, wording
from sayso.attribution.draft import Draft
from sayso.document import Document
from sayso.spans import Span


def draft_of(text: str, source: str, cue: str, content: str) -> tuple[Document, Draft]:
    def spans(words: str) -> tuple[Span, ...]:
        at = text.index(words)
        return (Span(at, at + len(words)),) if words else ()

    return Document(text), Draft(spans(content), spans(source), spans(cue))


def names(text: str, source: str, cue: str, content: str) -> dict[str, str]:
    document, draft = draft_of(text, source, cue, content)
    return {clue.name: document[clue.span] if clue.span else "" for clue in wording.clues(document, draft)}


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "clue", "words"),
    [
        ("Quill hoped that it rained.", "Quill", "hoped", "that it rained", "class=feeling", "hoped"),
        ("Quill did not say why.", "Quill", "did not say", "why", "negated assertion", "not"),
        ("Quill does not admire the dam.", "Quill", "does not admire", "the dam", "not class=feeling", "not admire"),
        ("No one claimed the raid.", "No one", "claimed", "the raid", "nobody", "No"),
        ("Nor did the ministry say when.", "the ministry", "say", "when", "negation before", "Nor"),
        ("“Why us?” asked Quill.", "Quill", "asked", "“Why us?”", "ends with ?", "?"),
        ("Quill said the dam could break.", "Quill", "said", "the dam could break", "early modal=could", "could"),
        ("The council's plan to build", "The council's", "plan", "to build", "possessive", "council's"),
        ("The law requires a permit.", "The law", "requires", "a permit", "document source", "law"),
        ("Quill declined to comment.", "Quill", "declined", "to comment", "declined a word", "declined"),
        ("Quill declined to resign.", "Quill", "declined", "to resign", "declined a deed", "declined"),
        ("The claim that it rained is a lie.", "", "claim", "that it rained", "verdict after", "lie"),
        ("Purportedly, Quill said it rained.", "Quill", "said", "it rained", "doubt before", "Purportedly"),
        ("It was, what Quill calls, a gift.", "Quill", "calls", "what", "what X calls", "what"),
    ],
)
def test_a_clue_rests_on_its_words(text: str, source: str, cue: str, content: str, clue: str, words: str) -> None:
    assert names(text, source, cue, content).get(clue) == words


def test_names_are_no_clues() -> None:
    found = names("Quill weakly rebuked Tarn and Voss over Norvania.", "Quill", "weakly rebuked Tarn and Voss over", "Norvania")
    assert not any(name in clue for clue in found for name in ("tarn", "voss", "norvania", "quill"))
    assert "stem=rebuk" in found


def test_what_encloses_is_a_clue() -> None:
    document, inner = draft_of("Voss fears Quill said it rained.", "Quill", "said", "it rained")
    outer = Draft((Span(11, 31),), (Span(0, 4),), (Span(5, 10),))
    assert "inside=feeling" in {clue.name for clue in wording.clues(document, inner, outer)}
    assert not any(clue.name.startswith("inside") for clue in wording.clues(document, inner))


@pytest.mark.parametrize(
    "forms",
    [
        ("admire", "admires", "admired", "admiring"),
        ("fret", "frets", "fretting"),
        ("worry", "worries", "worried", "worrying"),
        ("said", "say", "says", "saying"),
        ("condone", "condoned", "condoning"),
    ],
)
def test_forms_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({cuewords.stem(form) for form in forms}) == 1


@given(st.text(min_size=8, max_size=80), st.data())
def test_any_text_gives_clues_inside_it(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=6, unique=True)))
    pieces = [Span(a, b) for a, b in pairwise(cuts)]
    order = data.draw(st.permutations(pieces))
    draft = Draft((order[0],), tuple(order[1:2]), tuple(order[2:3]))
    found = wording.clues(Document(text), draft)
    assert len({clue.name for clue in found}) == len(found)
    assert all(clue.span is None or 0 <= clue.span.start < clue.span.end <= len(text) for clue in found)


def test_the_cost_does_not_grow_with_the_content() -> None:
    document = Document("Quill said " + "it rained and " * 50_000)
    clues = wording.clues(document, Draft((Span(11, len(document.text)),), (Span(0, 5),), (Span(6, 10),)))
    assert len(clues) < 100
