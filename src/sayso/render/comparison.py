"""A few articles side by side: counts of each, read off their readings; facts about these texts and nothing about their outlets.

Always true here: one column per reading, in the order given; every cell is a word or a number that can be checked in the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.reading import Reading
from sayso.render.safe import one_line
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
    rows = (
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
    few = f"{_articles(len(readings))} too few for a claim about the outlets; these are facts about these texts."
    return Comparison(
        caption=one_line(caption),
        columns=tuple(one_line(r.document.outlet or "") or heading(r) for r in readings),
        rows=rows,
        note=few if len(readings) < ENOUGH else "These are facts about these texts, not claims about the outlets.",
    )


def _stance(reading: Reading, stance: str) -> int:
    return sum(attribution.outlet_stance == stance for attribution in reading.attributions)


def _articles(number: int) -> str:
    return "1 article is" if number == 1 else f"{number} articles are"
