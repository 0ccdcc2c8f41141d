"""A few articles side by side: counts of each, read off their readings; facts about these texts and nothing about their outlets.

Always true here: one column per reading, in the order given; every cell is a word or a number that can be checked in the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.reading import Reading, Tally
from sayso.render.safe import one_line
from sayso.render.telling import per_thousand
from sayso.render.words import heading, percents

ENOUGH = 30  # fewer articles than this support no claim about outlets


@dataclass(frozen=True, slots=True)
class Comparison:
    """A small table: a caption, the names of its columns, rows of (what is counted, cells), and what it does not show."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    note: str


def compare(readings: Sequence[Reading], caption: str = "Same story, side by side") -> Comparison:
    """Count what the readings say about their texts."""
    shares = [percents(r.summary.outlet_share, r.summary.reported_share, r.summary.quoted_share) for r in readings]
    rows: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("words", tuple(str(r.summary.words) for r in readings)),
        ("own voice, % of words", tuple(str(own) for own, _, _ in shares)),
        ("reported, % of words", tuple(str(reported) for _, reported, _ in shares)),
        ("quoted, % of words", tuple(str(quoted) for _, _, quoted in shares)),
        ("attributions", tuple(str(len(r.attributions)) for r in readings)),
        ("… inside another one", tuple(str(sum(a.within is not None for a in r.attributions)) for r in readings)),
        ("sources, named", tuple(str(r.summary.named_sources) for r in readings)),
        ("sources, not named", tuple(str(r.summary.sources - r.summary.named_sources) for r in readings)),
        ("handed over with distance (claimed)", tuple(str(_stance(r, "distances")) for r in readings)),
        ("handed over as true (pointed out)", tuple(str(_stance(r, "endorses")) for r in readings)),
        ("denials", tuple(str(sum(a.polarity == "denies" for a in r.attributions)) for r in readings)),
    )
    rows += tuple((what, cells) for what, measure, cells in _told(readings) if any(_measures(reading, measure) for reading in readings))
    few = f"{_articles(len(readings))} too few for a claim about the outlets; these are facts about these texts."
    return Comparison(
        caption=one_line(caption),
        columns=tuple(one_line(r.document.outlet or "") or heading(r) for r in readings),
        rows=rows,
        note=few if len(readings) < ENOUGH else "These are facts about these texts, not claims about the outlets.",
    )


def _stance(reading: Reading, stance: str) -> int:
    return sum(attribution.outlet_stance == stance for attribution in reading.attributions)


def _told(readings: Sequence[Reading]) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """How the outlets' own words tell it: what is counted, by which measure, and the cells."""
    yield "loaded words per 1,000 of own voice", "loaded", tuple(_own(r, "loaded", rate=True) for r in readings)
    yield "editorial stretches in own voice", "editorial", tuple(_own(r, "editorial") for r in readings)
    for label in ("unfavorable", "favorable"):
        yield f"{label} to somebody in own voice", "stance", tuple(_own(r, "stance", label) for r in readings)


def _measures(reading: Reading, measure: str) -> bool:
    return measure in reading.generator.measures or any(tally.measure == measure for tally in reading.tallies)


def _own(reading: Reading, measure: str, label: str = "", *, rate: bool = False) -> str:
    """How often a measure found something in the outlet's own voice, candidates left out; a dash if it was not measured."""
    if not _measures(reading, measure):
        return "–"
    own = [tally for tally in reading.tallies if tally.voice == "own"]
    count = sum(tally.count for tally in own if tally.measure == measure and label in ("", tally.label))
    words = max((tally.words for tally in own), default=0)
    if not rate:
        return str(count)
    return per_thousand(Tally(measure, label or measure, "own", count, 0, words)) if words else "–"


def _articles(number: int) -> str:
    return "1 article is" if number == 1 else f"{number} articles are"
