"""One group in one story: what was found there, out of how much; and the weighted difference within the story.

A *cell* is a group (an outlet, a country, …) in a story; several articles of the group in that story are joined in it. A measure is a ratio
of `found` to `base`: findings to words of the voice, words to words, sources to sources. The difference of two ratios is noisy where a side
has few words, so each cell gets the weight

    b = base / (base + steady)

which grows with the words while they are few and then levels off at 1: a story counts as one story, not as many words, and a side of
three words cannot explode, since one finding there never moves the sum by more than scale / steady. With r = found / base · scale, and the
weighted mean of its story r̄ = Σ b r / Σ b, the score of a cell, were it the one that is looked at, and the weight of the story are

    c = b (r − r̄) = (r − r_others) · w        w = b (1 − b / Σ b) = b · b_others / (b + b_others)

and the contrast is Σ c / Σ w over stories. This is the rate difference of Mantel and Haenszel (Greenland & Robins 1985) with b in the
place of the words: the weights are fixed by the words alone, so that the estimate stays unbiased, and are those of least variance where the
outlets' own variation from story to story is about as large as the noise of `steady` words.

Always true here: rows of cells are sorted by story and then by group; a cell without base is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells that share a base, such as all rates per words of the own voice.

    Attributes:
        story: number of the story of each cell; (cells,).
        group: number of the group of each cell; (cells,).
        found: numerators; (cells, measures).
        base: denominators, above 0; (cells,).
        articles: how many articles are joined in each cell; (cells,).
        steady: base at which a cell has half of its full weight; 0 for full weight always.
        scale: what the ratios are told in, such as 1,000 for findings per 1,000 words.

    """

    story: Ints
    group: Ints
    found: Floats
    base: Floats
    articles: Ints
    steady: float = 0.0
    scale: float = 1.0


def joined(story: Ints, group: Ints, found: Floats, base: Floats, steady: float = 0.0, scale: float = 1.0) -> tuple[Cells, Ints]:
    """Articles to cells, and the cell of each article (-1 where the article belongs to none, or its cell has no base).

    Args:
        story: of each article; (articles,); below 0 for none.
        group: the same.
        found: numerators; (articles, measures).
        base: denominators; (articles,).
        steady: see `Cells`.
        scale: see `Cells`.

    """
    known = (story >= 0) & (group >= 0)
    width = int(group.max(initial=0)) + 1
    keys, place = np.unique(story[known] * width + group[known], return_inverse=True)
    bases = np.bincount(place, base[known], len(keys)).astype(np.float64)
    sums = np.zeros((len(keys), found.shape[1]))
    np.add.at(sums, place, found[known])
    kept = bases > 0.0
    number = np.where(kept, np.cumsum(kept) - 1, -1)
    cell = np.full(len(story), -1, dtype=np.int64)
    cell[known] = number[place]
    keys = keys[kept]
    articles = np.bincount(place, minlength=len(kept))[kept]
    return Cells(keys // width, keys % width, sums[kept], bases[kept], articles, steady, scale), cell


def only(cells: Cells, rows: npt.NDArray[np.bool_]) -> Cells:
    """The cells of these rows."""
    return replace(
        cells,
        story=cells.story[rows],
        group=cells.group[rows],
        found=cells.found[rows],
        base=cells.base[rows],
        articles=cells.articles[rows],
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One group in all stories in which there is another one to hold it against.

    Attributes:
        cells: the cells of these stories, of all groups.
        start: number of the first cell of each story; (stories,).
        count: how many cells each story has, at least 2; (stories,).
        own: number of the group's own cell in each story; (stories,).
        score: the score c of every cell, were it the group's; (cells, measures).
        weight: the weight w of every cell, were it the group's; (cells,).
        level: the part of every cell in the group's own level, were it the group's; (cells, measures).

    """

    cells: Cells
    start: Ints
    count: Ints
    own: Ints
    score: Floats
    weight: Floats
    level: Floats

    @property
    def stories(self) -> int:
        """How many there are."""
        return len(self.own)


def side(cells: Cells, group: int, against: int | None = None) -> Side:
    """A group against another one (the others, if None is named) in the stories that hold both."""
    here = cells if against is None else only(cells, (cells.group == group) | (cells.group == against))
    stories, place, counts = np.unique(here.story, return_inverse=True, return_counts=True)
    has = np.zeros(len(stories), dtype=bool)
    has[place[here.group == group]] = True
    here = only(here, (has & (counts > 1))[place])
    _, start, place, counts = np.unique(here.story, return_index=True, return_inverse=True, return_counts=True)
    shared = weights(here)
    totals = np.bincount(place, shared, len(counts))[place]
    ratio = here.found * (here.scale / (here.base + here.steady))[:, None]
    sums = np.zeros((len(counts), ratio.shape[1]))
    np.add.at(sums, place, ratio)
    score = ratio - sums[place] * (shared / totals)[:, None]
    score[np.abs(score) < NOTHING * sums[place]] = 0.0  # what rounding leaves of no difference is none
    rest = 1.0 - shared / totals
    own = np.flatnonzero(here.group == group)
    return Side(here, start.astype(np.int64), counts.astype(np.int64), own, score, shared * rest, ratio * rest[:, None])


def weights(cells: Cells) -> Floats:
    """The weight b of each cell, in (0, 1]."""
    return np.asarray(cells.base / (cells.base + cells.steady))


def coefficients(found: Side) -> Floats:
    """How much one more finding in each cell moves the contrast: it is linear in what was found; (cells,)."""
    shared = weights(found.cells)
    totals = np.repeat(np.add.reduceat(shared, found.start), found.count)
    looked_at = np.repeat(shared[found.own], found.count)
    moves = -looked_at / totals
    moves[found.own] += 1.0
    return np.asarray(moves * found.cells.scale / (found.cells.base + found.cells.steady) / found.weight[found.own].sum())
