"""Measures come in by entry points; what they give is checked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from sayso.document import Document
from sayso.errors import PluginError, UsageError
from sayso.measures import measure as registry
from sayso.measures.heard import Heard
from sayso.measures.measure import Measure, MeasureCard, measures
from sayso.measures.run import chosen, measured
from sayso.reading import OUTLET, Finding, Reading, Voice
from sayso.spans import Span

BUILT_IN = ("sourcing", "loaded", "editorial", "certainty", "stance", "frame", "role")
READING = Reading(Document("The weir held."), voices=(Voice(OUTLET, (Span(0, 14),)),))


@dataclass
class Shouting:
    """Finds words in capitals, or whatever it is told to give."""

    name: str = "shouting"
    labels: tuple[str, ...] = ("shout",)
    card: MeasureCard = field(default_factory=lambda: MeasureCard("capitals", "counts", "1", 0.0, "none"))
    gives: Any = None

    def find(self, reading: Reading, heard: Heard) -> Sequence[Finding]:
        if isinstance(self.gives, Exception):
            raise self.gives
        return self.gives or ()


def finding(**changes: Any) -> Finding:
    given = {"measure": "shouting", "label": "shout", "speaker": OUTLET, "evidence": (Span(4, 8),), "score": 1.0, "confidence": 1.0}
    return Finding(**{**given, **changes})


def test_the_built_in_ones_are_there_by_their_entry_points() -> None:
    assert {measure.name for measure in measures()} >= set(BUILT_IN)
    for measure in measures():
        assert measure.labels, measure.name
        assert len(set(measure.labels)) == len(measure.labels)
        for part in (measure.card.observes, measure.card.trained, measure.card.score, measure.card.limits):
            assert part.strip(), measure.name
        assert 0.0 <= measure.card.candidate_below <= 1.0


def test_chosen_by_name() -> None:
    assert [measure.name for measure in chosen(["stance", "loaded"])] == ["loaded", "stance"]
    assert chosen([]) == ()
    with pytest.raises(UsageError, match="no measure 'mood': choose among"):
        chosen(["mood"])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("sayso_plugin_that_is_not_there:measure", "cannot be loaded"),
        ("sayso.spans:Span", "is no measure"),
        ("sayso.measures.loaded:measure", "two measures are called 'loaded'"),
    ],
)
def test_a_bad_plug_in_is_named(value: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    points = [EntryPoint("loaded", "sayso.measures.loaded:measure", registry.GROUP), EntryPoint("other", value, registry.GROUP)]
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    measures.cache_clear()
    try:
        with pytest.raises(PluginError, match=message):
            measures()
    finally:
        measures.cache_clear()


@pytest.mark.parametrize(
    "gives",
    [
        [finding(label="whisper")],
        [finding(measure="loaded")],
        [finding(speaker="S1")],
        [finding(evidence=(Span(4, 99),))],
        ValueError("no"),
    ],
    ids=["label", "name", "voice", "text", "fails"],
)
def test_what_breaks_the_contract_names_the_measure(gives: Any) -> None:
    measure: Measure = Shouting(gives=gives)
    with pytest.raises(PluginError, match="shouting"):
        measured(READING, Heard(), [measure])


def test_findings_come_in_order_of_the_text() -> None:
    late, early = finding(evidence=(Span(9, 13),)), finding(evidence=(Span(0, 3),))
    assert measured(READING, Heard(), [Shouting(gives=[late, early])]).findings == (early, late)
