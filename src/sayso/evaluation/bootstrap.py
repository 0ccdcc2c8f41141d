"""Intervals by resampling whole articles: sentences of one article are alike, so they are drawn together or not at all.

Percentile bootstrap (Efron & Tibshirani 1993) over clusters; the seed is fixed, so a report is the same every time. A resample is a row of
multiplicities, so all resamples are one matrix product.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.evaluation.metrics import Counts, Floats, Metric

RESAMPLES = 1000
SEED = 20160208


def table(counts: Sequence[Counts], metrics: Sequence[Metric]) -> tuple[Floats, dict[str, int]]:
    """Counts as a matrix (articles, columns) and the place of each column."""
    place = {column: n for n, column in enumerate(dict.fromkeys(column for metric in metrics for column in metric.columns))}
    matrix = np.array([[count.get(column, 0.0) for column in place] for count in counts], dtype=np.float64)
    return matrix.reshape(len(counts), len(place)), place


def draws(articles: int, resamples: int = RESAMPLES, seed: int = SEED) -> Floats:
    """How often each article is drawn in each resample; (resamples, articles), each row adds up to the number of articles."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(articles, np.full(articles, 1.0 / articles), size=resamples).astype(np.float64)


def scores(totals: Floats, place: dict[str, int], metrics: Sequence[Metric]) -> Floats:
    """Precision, recall and value of every metric; (…, metrics, 3) from totals (…, columns)."""
    if not metrics:
        return np.zeros((*totals.shape[:-1], 0, 3))
    return np.stack([np.stack(metric.score(lambda column: totals[..., place[column]]), axis=-1) for metric in metrics], axis=-2)


def interval(samples: Floats, level: float = 0.95) -> tuple[float, float]:
    """The central interval of the samples that are numbers; NaN twice if none is."""
    known = samples[~np.isnan(samples)]
    if not known.size:
        return float("nan"), float("nan")
    tail = 50.0 * (1.0 - level)
    low, high = np.percentile(known, [tail, 100.0 - tail])
    return float(low), float(high)
