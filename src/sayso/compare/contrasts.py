"""A table of contrasts: every group against the others (or each other), measure by measure, over the stories that both tell.

Always true here: a row says how many stories, articles and words it rests on; rows with fewer than `LEAST` stories, or with less than
`LEAST` findings to be expected on a side if both told alike, carry neither interval nor p and take no part in the number of tests; a row
comes out the same whatever other rows the table has, but for its q; a difference is told only where the test finds it (q) and the interval
leaves out 0 as well, since with rare findings either of them alone is wrong a little too often.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sayso.compare.cells import Cells, Side, side
from sayso.compare.decisions import detectable, discoveries, equivalence
from sayso.compare.intervals import Estimates, estimates
from sayso.compare.permutation import p_values

LEAST = 5  # stories, and findings to be expected, on each side
REST, EACH = "rest", "each"

HIGHER, LOWER, OPEN, WITHIN = "higher", "lower", "not told apart", "within the margin"
FEW_STORIES, FEW_FOUND, ALIKE = "too few stories", "too few findings", "no interval"
VERDICTLESS = (FEW_STORIES, FEW_FOUND, ALIKE)
"""What may be said of a row; nothing at all for the last three, which are shown in grey."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a table is made; printed with it.

    Attributes:
        resamples: of the bootstrap, and arrangements of the permutation test at most.
        seed: of both.
        level: of confidence of the intervals.
        rate: false discovery rate up to which a difference is told.
        margins: by measure, the largest difference that the user holds for negligible.

    """

    resamples: int = 2000
    seed: int = 20160208
    level: float = 0.95
    rate: float = 0.05
    margins: Mapping[str, float] = field(default_factory=dict)


STANDARD = Settings()
"""How a table is made if nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Block:
    """Measures that share a base, with their cells.

    Attributes:
        measures: their names, in the order of the columns of `cells.found`.
        unit: what the ratios are told in, such as `per 1,000 words`.
        counted: what the base counts, such as `words`.
        cells: found and base of each group in each story.

    """

    measures: tuple[str, ...]
    unit: str
    counted: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Amount:
    """What one side of a contrast rests on: articles, what was found in them, and out of how much."""

    articles: int
    found: float
    base: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """One row: a group against another, or against the rest, in one measure.

    Attributes:
        measure: its name.
        unit: of `level`, `other_level`, `value`, `low`, `high` and `detectable`.
        counted: what the bases count.
        group: the one that is looked at.
        against: the other one, or `rest`.
        stories: how many hold both.
        here: what the group's side rests on in these stories, and `there` the other.
        level: of the group over these stories, weighted as the contrast is; `other_level` the same.
        value: the mean difference within a story: level − other_level.
        low: of its interval, and `high`; None where nothing may be said.
        p: of the permutation test, and `q` its false discovery rate over the table; None where no test was made.
        detectable: smallest true difference that the test would find in 8 of 10 such samples; None where there is none.
        equivalent: p of the equivalence test; None where no margin was given.
        said: what may be said, one of the words above.
        corrected: how the measure's known error was taken out; empty where it was not.

    """

    measure: str
    unit: str
    counted: str
    group: str
    against: str
    stories: int
    here: Amount
    there: Amount
    level: float | None = None
    other_level: float | None = None
    value: float | None = None
    error: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    q: float | None = None
    detectable: float | None = None
    equivalent: float | None = None
    said: str = FEW_STORIES
    corrected: str = ""


def contrasts(blocks: Iterable[Block], groups: Sequence[str], against: str = REST, settings: Settings = STANDARD) -> list[Contrast]:
    """All rows of a table without their q (see `told`), by measure and then by group.

    Args:
        blocks: the measures.
        groups: names of the groups, by the numbers that the cells have.
        against: `rest` for each group against all others, `each` for all pairs, or the name of the group to hold all others against.
        settings: how.

    """
    found: list[Contrast] = []
    for block in blocks:
        rows = [one for group, other in pairs(groups, against) for one in rows_of(block, groups, group, other, settings)]
        found += sorted(rows, key=lambda row: block.measures.index(row.measure))
    return found


def pairs(groups: Sequence[str], against: str) -> list[tuple[int, int | None]]:
    """Which group is held against which; None for the rest."""
    numbers = range(len(groups))
    if against == REST:
        return [(number, None) for number in numbers]
    if against == EACH:
        return [(one, other) for one in numbers for other in numbers if one < other]
    return [(number, groups.index(against)) for number in numbers if groups[number] != against]


def rows_of(block: Block, groups: Sequence[str], group: int, other: int | None, settings: Settings) -> list[Contrast]:
    """The rows of one pair, one for each measure of a block."""
    found = side(block.cells, group, other)
    against = REST if other is None else groups[other]
    bare = [
        Contrast(name, block.unit, block.counted, groups[group], against, found.stories, *_amounts(found, column))
        for column, name in enumerate(block.measures)
    ]
    if not found.stories:
        return bare
    weight = found.weight[found.own]
    score = found.score[found.own]
    enough = found.stories >= LEAST
    made = estimates(score, weight, settings.resamples, settings.seed, settings.level) if enough else None
    chances, smallest = p_values(score, settings.resamples, settings.seed) if enough else (np.ones(len(bare)), 1.0)
    levels = found.level[found.own].sum(axis=0) / weight.sum()
    values = score.sum(axis=0) / weight.sum()
    rows = []
    for column, row in enumerate(bare):
        row = replace(row, level=float(levels[column]), other_level=float(levels[column] - values[column]), value=float(values[column]))
        rows.append(row if made is None else _judged(row, made, column, float(chances[column]), smallest, settings))
    return rows


def told(rows: Sequence[Contrast], settings: Settings = STANDARD) -> list[Contrast]:
    """The rows with their q over all tests of the table, and what may be said of each."""
    tested = [row.p for row in rows if row.p is not None]
    shared = iter(discoveries(tested))
    return [row if row.p is None else _said(replace(row, q=next(shared)), settings) for row in rows]


def _said(row: Contrast, settings: Settings) -> Contrast:
    if row.q is not None and row.q <= settings.rate and row.low is not None and row.high is not None and not row.low <= 0.0 <= row.high:
        return replace(row, said=HIGHER if row.low > 0.0 else LOWER)
    return replace(row, said=WITHIN if row.equivalent is not None and row.equivalent <= 1.0 - settings.level else OPEN)


def _judged(row: Contrast, made: Estimates, column: int, p: float, smallest: float, settings: Settings) -> Contrast:
    if min(expected(row)) < LEAST:
        return replace(row, said=FEW_FOUND)
    value, error, low, high = (float(part[column]) for part in (made.value, made.error, made.low, made.high))
    if not math.isfinite(low + high):
        return replace(row, said=ALIKE)
    freedom = row.stories - 1
    margin = settings.margins.get(row.measure)
    return replace(
        row,
        error=error,
        low=value - low,
        high=value + high,
        p=p,
        detectable=detectable(error, freedom) if smallest <= 0.05 else None,
        equivalent=equivalence(value, error, freedom, margin) if margin else None,
        said=OPEN,
    )


def expected(row: Contrast) -> tuple[float, float]:
    """What would be found on each side of a row if both told alike."""
    rate = (row.here.found + row.there.found) / (row.here.base + row.there.base)
    return rate * row.here.base, rate * row.there.base


def _amounts(found: Side, column: int) -> tuple[Amount, Amount]:
    cells, own = found.cells, found.own
    sums = [np.array([part.sum(), part[own].sum()]) for part in (cells.articles, cells.found[:, column], cells.base)]
    here = Amount(int(sums[0][1]), *(float(part[1]) for part in sums[1:]))
    return here, Amount(int(sums[0][0]) - here.articles, *(float(part[0] - part[1]) for part in sums[1:]))
