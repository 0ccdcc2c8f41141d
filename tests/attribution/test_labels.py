from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.attribution.draft import Draft
from sayso.attribution.labels import form, labels
from sayso.document import Document
from sayso.quotations import quotations
from sayso.reading import FORMS
from sayso.spans import Span, merge
from sayso.structure import paragraphs


def read(cue: str, content: str) -> tuple[str, str, str, str]:
    document = Document(f"Quill {cue} {content}.")
    at = 6 + len(cue)
    found = labels(document, Draft((Span(at + 1, at + 1 + len(content)),), (Span(0, 5),), (Span(6, at),)))
    return found.attitude, found.polarity, found.outlet_stance, found.commitment


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("said", "that it rained", ("assertion", "affirms", "acknowledges", "certain")),
        ("claimed", "that it rained", ("assertion", "affirms", "distances", "certain")),
        ("pointed out", "that it rained", ("assertion", "affirms", "endorses", "certain")),
        ("falsely claimed", "that it rained", ("assertion", "affirms", "rejects", "certain")),
        ("reportedly said", "that it rained", ("assertion", "affirms", "distances", "certain")),
        ("has vehemently denied", "that it rained", ("assertion", "denies", "acknowledges", "certain")),
        ("declined to comment", "on the rain", ("assertion", "withholds", "acknowledges", "unknown")),
        ("did not say", "whether it rained", ("assertion", "withholds", "acknowledges", "unknown")),
        ("does not believe", "that it rained", ("belief", "denies", "acknowledges", "probable")),
        ("believes", "that it rained", ("belief", "affirms", "acknowledges", "probable")),
        ("fears", "that it rained", ("feeling", "affirms", "acknowledges", "possible")),
        ("vowed", "to rebuild", ("intention", "affirms", "acknowledges", "certain")),
        ("plans", "to rebuild", ("intention", "affirms", "acknowledges", "probable")),
        ("called for", "a new dam", ("directive", "affirms", "acknowledges", "unknown")),
        ("called", "the dam a wreck", ("assertion", "affirms", "acknowledges", "certain")),
        ("asked", "whether it rained", ("question", "affirms", "acknowledges", "unknown")),
        ("asked", "to leave", ("directive", "affirms", "acknowledges", "unknown")),
        ("is ready", "to rebuild", ("intention", "affirms", "acknowledges", "certain")),
        ("found", "that it rained", ("knowledge", "affirms", "endorses", "certain")),
        ("issued a statement saying", "that it rained", ("assertion", "affirms", "acknowledges", "certain")),
        ("flurbled", "that it rained", ("assertion", "affirms", "acknowledges", "certain")),
    ],
)
def test_labels(cue: str, content: str, expected: tuple[str, str, str, str]) -> None:
    assert read(cue, content) == expected


def test_no_cue_is_a_plain_assertion() -> None:
    found = labels(Document("“We go.”"), Draft((Span(0, 8),)))
    assert (found.attitude, found.polarity, found.outlet_stance, found.commitment) == ("assertion", "affirms", "acknowledges", "certain")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("“The bridge is safe.”", "direct"),
        ("the bridge “is quite safe” now", "mixed"),
        ("the bridge is safe", "indirect"),
        ("“The bridge,” … “is safe.”", "direct"),
    ],
)
def test_form(content: str, expected: str) -> None:
    text = f"Quill said {content}"
    spans = tuple(Span(text.index(piece), text.index(piece) + len(piece)) for piece in content.split(" … "))
    document = Document(text)
    assert form(document, spans, quotations(text, paragraphs(text))) == expected


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))),
)
def test_form_agrees_with_counting_letters(text: str, content: list[tuple[int, int]], marks: list[tuple[int, int]]) -> None:
    def spans(pairs: list[tuple[int, int]]) -> tuple[Span, ...]:
        return merge(Span(a, b) for a, b in pairs if a < b <= len(text))

    inside = {i for span in spans(marks) for i in range(*span)}
    letters = [i for span in spans(content) for i in range(*span) if text[i].isalnum() or text[i] == "_"]
    found = form(Document(text), spans(content), spans(marks))
    assert found in FORMS
    quoted = sum(i in inside for i in letters)
    assert found == ("indirect" if not quoted else "direct" if quoted == len(letters) else "mixed")
