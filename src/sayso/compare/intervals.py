"""Intervals for a contrast: stories are drawn again, whole, and the contrast is studentized.

Stories are the unit, so articles and sentences of one story are drawn together or not at all. The symmetric bootstrap-t (Hall 1988; Efron
& Tibshirani 1993, ch. 12): in each resample |contrast* − contrast| / error* is taken, with the error of a ratio of sums; the interval is
contrast ± q · error, q being the 95 % point of that. From `TAILS_FROM` stories on, a side whose own tail (the equal-tailed bootstrap-t) is
longer reaches as far as that: rare findings are skewed. With fewer stories such a tail hangs on a few resamples. Percentile, BCa and plain
t intervals cover too seldom for 6 to 20 stories; `benchmarks/simulations.py` prints how often these cover.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sayso.compare.cells import Floats

MEMORY = 4_000_000  # numbers held at a time
TAILS_FROM = 10  # stories
NOTHING = 1e-9  # an error below this share of the seen one is none


@dataclass(frozen=True, slots=True)
class Estimates:
    """Contrasts over one set of stories; every field (measures,).

    Attributes:
        value: Σ score / Σ weight.
        error: its standard error over stories.
        low: how far its interval reaches below it, at least 0, and `high` above; infinite where the stories do not say.

    """

    value: Floats
    error: Floats
    low: Floats
    high: Floats


def estimates(score: Floats, weight: Floats, resamples: int, seed: int, level: float = 0.95) -> Estimates:
    """The contrasts with their intervals.

    Args:
        score: of each story; (stories, measures).
        weight: of each story; (stories,).
        resamples: how often stories are drawn.
        seed: of the drawing.
        level: of confidence, in (0, 1).

    """
    stories, measures = score.shape
    if stories < 2:
        value = score[0] / weight[0] if stories else np.full(measures, np.nan)
        unknown = np.full(measures, np.inf)
        return Estimates(value, unknown, unknown, unknown)
    shared = (weight[:, None] * score, score**2, score)
    value = score.sum(axis=0) / weight.sum()
    whole = np.concatenate([weight[:, None], weight[:, None] ** 2], axis=1).sum(axis=0)
    error = _error(shared[0].sum(axis=0), shared[1].sum(axis=0), score.sum(axis=0), whole[:1], whole[1:], stories)[1]
    columns = np.concatenate([weight[:, None], weight[:, None] ** 2, *shared], axis=1)
    far = np.empty((resamples, measures))
    at = 0
    for drawn in draws(stories, resamples, seed):
        sums = drawn @ columns
        product, squares, scores = (sums[:, 2 + n * measures : 2 + (n + 1) * measures] for n in range(3))
        again, errors = _error(product, squares, scores, sums[:, :1], sums[:, 1:2], stories)
        off = again - value
        usable = errors > NOTHING * error
        # A resample in which all stories agree has no error: it is infinitely far off, unless it agrees with what was seen.
        endless = np.where(np.abs(off) > NOTHING * error, np.copysign(np.inf, off), 0.0)
        far[at : at + len(drawn)] = np.where(usable, off / np.where(usable, errors, 1.0), endless)
        at += len(drawn)
    q = np.quantile(np.abs(far), level, axis=0, method="higher")
    below = above = q
    if stories >= TAILS_FROM:
        low, high = np.quantile(far, [(1.0 - level) / 2.0, (1.0 + level) / 2.0], axis=0, method="nearest")
        below, above = np.maximum(q, high), np.maximum(q, -low)
    sure = error > 0.0
    reach = np.where(sure, error, 1.0)
    return Estimates(value, error, np.where(sure, below * reach, np.inf), np.where(sure, above * reach, np.inf))


def draws(stories: int, resamples: int, seed: int) -> Iterator[Floats]:
    """How often each story is drawn in each resample, some resamples at a time; (some, stories), rows add up to `stories`."""
    generator = np.random.default_rng(seed)
    step = max(1, MEMORY // stories)
    for first in range(0, resamples, step):
        rows = min(step, resamples - first)
        picked = generator.integers(0, stories, (rows, stories)) + stories * np.arange(rows)[:, None]
        yield np.bincount(picked.ravel(), minlength=rows * stories).reshape(rows, stories).astype(np.float64)


def _error(product: Floats, squares: Floats, scores: Floats, weight: Floats, weights: Floats, stories: int) -> tuple[Floats, Floats]:
    """The contrast and its standard error from sums over stories: the residuals are score − contrast · weight."""
    value = scores / weight
    left = np.maximum(squares - 2.0 * value * product + value**2 * weights, 0.0)
    return value, np.sqrt(left * stories / (stories - 1)) / weight
