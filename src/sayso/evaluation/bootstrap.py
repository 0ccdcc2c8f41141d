"""Intervals by resampling whole articles: sentences of one article are alike, so they are drawn together or not at all.

Percentile bootstrap (Efron & Tibshirani 1993) over clusters; the seed is fixed, so a report is the same every time. A resample is a row of
multiplicities, so all resamples are one matrix product.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sayso.evaluation.metrics import Counts, Floats, Metric

RESAMPLES = 1000
SEED = 20160208


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of one system, in [0, 1], None where there was nothing to count.

    `value` is F1, or the share or macro-F1 itself (then precision and recall are None); `low` and `high` are its 95% interval.
    """

    precision: float | None
    recall: float | None
    value: float | None
    low: float | None
    high: float | None


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


def known(number: float) -> float | None:
    """The number, or None for NaN."""
    return None if math.isnan(number) else float(number)


def figures(metrics: Sequence[Metric], values: Floats, samples: Floats) -> dict[str, Figure]:
    """The figures by name.

    Args:
        metrics: in the order of the columns of the two others.
        values: precision, recall and value of each over all articles; (metrics, 3).
        samples: the value of each in every resample; (resamples, metrics).

    """
    found = {}
    for n, metric in enumerate(metrics):
        low, high = interval(samples[:, n])
        precision, recall, value = (known(number) for number in values[n])
        found[metric.name] = Figure(*((None, None) if metric.plain else (precision, recall)), value, known(low), known(high))
    return found
