"""How each outlet tells a story: what its articles are made of, and what was counted in its own voice, as dots on one scale.

Always true here: counts of one story are facts about these texts; rates are per 1,000 words of the outlet's own voice with the exact
Poisson interval; an outlet with few words of its own is drawn hollow and says so; outlets stand in the order of the page, never ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.claims.matrix import outlet_of
from sayso.measures.rates import rates
from sayso.reading import Reading, Tally
from sayso.render.safe import one_line
from sayso.render.words import many, percents
from sayso.site.charts import LEVEL, Chart, Point, chart

FEW_WORDS = 200  # of the outlet's own voice, under which a rate says nothing
COUNTED = (
    ("loaded words in its own voice", "per 1,000 words", "loaded", ""),
    ("editorial stretches in its own voice", "per 1,000 words", "editorial", ""),
    ("hedges in its own voice", "per 1,000 words", "certainty", "hedge"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """What the articles of an outlet in this story are made of: words, and the shares of voices in per cent."""

    outlet: str
    articles: int
    words: int
    own: int
    reported: int
    quoted: int
    attributions: int
    unnamed: int


@dataclass(frozen=True, slots=True)
class StoryTelling:
    """A row for each outlet, and a chart for each measure that was taken."""

    rows: tuple[Made, ...]
    charts: tuple[Chart, ...]


def story_telling(readings: Sequence[Reading]) -> StoryTelling:
    """How the outlets tell a story.

    Args:
        readings: its articles, in order; each text once.

    """
    groups: dict[str, list[Reading]] = {}
    for reading in readings:
        groups.setdefault(outlet_of(reading), []).append(reading)
    measured = {name for reading in readings for name in reading.generator.measures}
    charts = tuple(
        chart(title, unit, [_point(outlet, group, measure, label) for outlet, group in groups.items()], LEVEL)
        for title, unit, measure, label in COUNTED
        if measure in measured
    )
    return StoryTelling(tuple(_made(outlet, group) for outlet, group in groups.items()), charts)


def _made(outlet: str, group: Sequence[Reading]) -> Made:
    words = sum(reading.summary.words for reading in group)

    def share(name: str) -> float:
        return sum(getattr(reading.summary, name) * reading.summary.words for reading in group) / words if words else 0.0

    own, reported, quoted = percents(share("outlet_share"), share("reported_share"), share("quoted_share"))
    attributions = [each for reading in group for each in reading.attributions]
    named = sum(reading.source(each.speaker).named for reading in group for each in reading.attributions)
    return Made(one_line(outlet), len(group), words, own, reported, quoted, len(attributions), len(attributions) - named)


def _point(outlet: str, group: Sequence[Reading], measure: str, label: str) -> Point:
    tallies = [tally for reading in group for tally in reading.tallies if tally.measure == measure and tally.voice == "own"]
    count = sum(tally.count for tally in tallies if label in ("", tally.label))
    words = sum(round(reading.summary.outlet_share * reading.summary.words) for reading in group)
    rate = rates(Tally(measure, label or measure, "own", count, 0, words))
    few = words < FEW_WORDS
    said = f"fewer than {FEW_WORDS} words of its own: too few" if few else f"{count} found"
    named = next((reading.document.outlet for reading in group if reading.document.outlet), "")
    return Point(
        name=one_line(outlet),
        value=rate.per_thousand if rate else None,
        low=rate.low if rate and not few else None,
        high=rate.high if rate and not few else None,
        n=many(words, "own word"),
        said=said,
        few=few,
        outlet=named or "",
    )
