from dataclasses import replace

import pytest

from sayso.document import Document
from sayso.errors import UsageError
from sayso.evaluation.protocols import COFENET, PROTOCOLS, outermost, protocol
from sayso.reading import Attribution, Reading, Source
from sayso.spans import Span

TEXT = "Ada said that Ben thinks the dam holds.\nCy agreed."


def spans(*words: str) -> tuple[Span, ...]:
    return tuple(Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in words)


OUTER = Attribution("A1", content=spans("that Ben thinks the dam holds"), source=spans("Ada"), cue=spans("said"))
INNER = Attribution("A2", content=spans("the dam holds"), source=spans("Ben"), cue=spans("thinks"))
OTHER = Attribution("A3", content=spans("Cy"), cue=spans("agreed"))


def ids(*attributions: Attribution) -> list[str]:
    return [item.id for item in outermost(Reading(Document(text=TEXT), attributions)).attributions]


def test_inner_ones_are_dropped_whether_they_say_so_or_not() -> None:
    assert ids(INNER, OUTER, OTHER) == ["A1", "A3"]
    assert ids(OUTER, replace(INNER, within="A1")) == ["A1"]


def test_of_two_that_hold_each_other_the_first_stays() -> None:
    bare = Attribution("B1", content=spans("the dam holds"))
    assert ids(bare, replace(bare, id="B2")) == ["B1"]


def test_overlap_is_not_enclosure() -> None:
    assert ids(OUTER, replace(INNER, cue=spans("said"))) == ["A1", "A2"]
    assert ids(OUTER, replace(INNER, content=spans("holds.\nCy"))) == ["A1", "A2"]


@pytest.mark.parametrize("name", PROTOCOLS)
def test_every_metric_finds_its_counts(name: str) -> None:
    rules = protocol(name)
    spoken = [replace(item, speaker="S1", chain=("outlet", "S1")) for item in (OUTER, OTHER)]
    reading = rules.prepare(Reading(Document(text=TEXT), tuple(spoken), (Source("S1", "Ada"),)))
    counts = rules.count(reading, reading)
    assert {column for metric in rules.metrics for column in metric.columns} <= counts.keys()
    assert set(rules.main) <= {metric.name for metric in rules.metrics}
    assert len({metric.name for metric in rules.metrics}) == len(rules.metrics)
    for reference in rules.references:
        assert reference.percent.keys() <= {metric.name for metric in rules.metrics}


def test_an_unknown_protocol_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="contract, polnear, cofenet"):
        protocol("parc")


def test_cofenet_compares_tokens_and_cuts_long_rows() -> None:
    loose = replace(OUTER, source=(Span(0, 2),))  # a span that ends inside a token snaps to it
    text = Reading(Document(text=TEXT), (OUTER,))
    counts = COFENET.count(text, replace(text, attributions=(loose,)))
    assert counts["exact.source:hit_gold"] == counts["exact.content:hit_gold"] == 1
    long = "no " * 300 + "Ada said it rains\nAda said it rains"
    start = long.index("Ada")
    said = [
        Attribution(f"A{n}", content=(Span(at + 9, at + 17),), source=(Span(at, at + 3),), cue=(Span(at + 4, at + 8),))
        for n, at in enumerate((start, long.rindex("Ada")))
    ]
    reading = Reading(Document(text=long), tuple(said))
    counts = COFENET.count(reading, reading)
    assert (counts["exact.cue:gold"], counts["exact.cue:hit_gold"]) == (1, 1)
