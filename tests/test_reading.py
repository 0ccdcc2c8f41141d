"""What a reading must keep, and that each broken rule is named."""

from dataclasses import replace

import pytest

from sayso.document import Document
from sayso.errors import ContractError
from sayso.reading import OUTLET, Attribution, Finding, Reading, Source, Voice
from sayso.spans import Span

TEXT = "Mara Voss said the weir would hold."
READING = Reading(
    Document(TEXT),
    attributions=(
        Attribution("A1", content=(Span(15, 34),), source=(Span(0, 9),), cue=(Span(10, 14),), speaker="S1", chain=(OUTLET, "S1")),
        Attribution("A2", content=(Span(24, 34),), speaker="S1", chain=(OUTLET, "S1"), within="A1"),
    ),
    sources=(Source("S1", "Mara Voss", kind="person", named=True, mentions=(Span(0, 9),)),),
    voices=(Voice(OUTLET, (Span(0, 15), Span(34, 35))), Voice("S1", (Span(15, 34),))),
    findings=(Finding("loaded", "loaded", "S1", (Span(15, 18), Span(20, 24)), 0.5, 0.5),),
)
FIRST, SECOND = READING.attributions
VOICES = READING.voices


def test_a_whole_reading_is_returned_as_it_is() -> None:
    assert READING.check() is READING
    assert READING.source("S1").name == "Mara Voss"
    with pytest.raises(ContractError, match="no source 'S9'"):
        READING.source("S9")


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (replace(READING, attributions=(FIRST, FIRST)), "share an id"),
        (replace(READING, attributions=(replace(FIRST, content=(Span(15, 99),)),)), "outside the text of 35"),
        (replace(READING, attributions=(replace(FIRST, cue=(Span(1, 2), Span(35, 36))),)), "outside the text"),
        (replace(READING, attributions=(replace(FIRST, speaker="S7"),)), "unknown source 'S7'"),
        (replace(READING, attributions=(replace(FIRST, via=("S7",)),)), "unknown source 'S7'"),
        (replace(READING, attributions=(replace(FIRST, chain=(OUTLET, "S7")),)), "unknown source 'S7'"),
        (replace(READING, attributions=(replace(FIRST, speaker=""),)), "unknown source ''"),
        (replace(READING, attributions=(replace(FIRST, within="A9"),)), "unknown 'A9'"),
        (replace(READING, attributions=(replace(FIRST, within="A1"),)), "within itself"),
        (replace(READING, attributions=(replace(FIRST, within="A2"), SECOND)), "within itself"),
        (replace(READING, sources=READING.sources * 2), "sources share an id"),
        (replace(READING, sources=(*READING.sources, Source(OUTLET, "Us"))), "called 'outlet'"),
        (replace(READING, sources=(Source("S1", "Mara Voss", mentions=(Span(30, 40),)),)), "source S1 points outside"),
        (replace(READING, voices=VOICES[:1]), "do not partition the text at offset 15"),
        (replace(READING, voices=(*VOICES, Voice("S1", ()))), "stands twice"),
        (replace(READING, voices=(Voice("S9", (Span(0, 35),)),)), "'S9' is unknown"),
        (replace(READING, voices=(Voice(OUTLET, (Span(0, 20),)), Voice("S1", (Span(15, 35),)))), "at offset 20"),
        (replace(READING, voices=(Voice(OUTLET, (Span(0, 36),)),)), "at offset 36"),
        (replace(READING, findings=(Finding("m", "l", OUTLET, (Span(14, 16),), 1, 1),)), "outside its speaker's voice"),
        (replace(READING, findings=(Finding("m", "l", "S9", (Span(0, 1),), 1, 1),)), "outside its speaker's voice"),
    ],
)
def test_a_broken_rule_is_named(broken: Reading, complaint: str) -> None:
    with pytest.raises(ContractError, match=complaint):
        broken.check()


def test_long_circles_are_found_and_long_chains_are_not_circles() -> None:
    chain = tuple(replace(SECOND, id=f"A{n}", within=f"A{n + 1}") for n in range(5000))
    replace(READING, attributions=(*chain, replace(SECOND, id="A5000", within=None))).check()
    with pytest.raises(ContractError, match="within itself"):
        replace(READING, attributions=(*chain, replace(SECOND, id="A5000", within="A2500"))).check()


@pytest.mark.parametrize("field", ["form", "attitude", "polarity", "outlet_stance", "commitment"])
def test_labels_come_from_closed_sets(field: str) -> None:
    with pytest.raises(ContractError, match=f"{field} 'maybe' is not one of"):
        replace(FIRST, **{field: "maybe"})  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["kind", "standing"])
def test_labels_of_sources_too(field: str) -> None:
    with pytest.raises(ContractError, match=f"{field} 'maybe'"):
        replace(READING.sources[0], **{field: "maybe"})  # type: ignore[arg-type]


@pytest.mark.parametrize("confidence", [-0.01, 1.01, float("nan"), float("inf")])
def test_confidence_is_a_probability(confidence: float) -> None:
    with pytest.raises(ContractError, match="confidence"):
        replace(FIRST, confidence=confidence)


def test_nothing_is_handed_over_without_words() -> None:
    with pytest.raises(ContractError, match="no content"):
        replace(FIRST, content=())
    with pytest.raises(ContractError, match="no evidence"):
        replace(READING.findings[0], evidence=())
