"""How far the annotators of the same article agree: what a system's figures are to be read against.

Every pair of versions of a text is scored as if one were gold and the other predicted, and then the other way round; the counts of all
pairs are pooled. So no figure depends on which of the two is called gold, and an article counts by its attributions and its annotators.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from sayso.evaluation import bootstrap
from sayso.evaluation.bootstrap import Figure
from sayso.evaluation.metrics import Counts, Metric, add
from sayso.evaluation.protocols import Protocol
from sayso.reading import Reading


@dataclass(frozen=True, slots=True)
class Agreement:
    """The articles that several people annotated, how many pairs of versions they give, and every figure over all pairs together."""

    articles: int
    pairs: int
    figures: Mapping[str, Figure]


def agreement(
    readings: Sequence[Reading], protocol: Protocol, resamples: int = bootstrap.RESAMPLES, seed: int = bootstrap.SEED
) -> Agreement | None:
    """The agreement of annotators; None if no article has two versions.

    Args:
        readings: all versions of all articles, in any order; those of one text are versions of one article.
        protocol: how they are compared.
        resamples: number of bootstrap resamples over articles.
        seed: of the resamples.

    """
    versions: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        versions[reading.document.text].append(protocol.prepare(reading))
    ordered = [list(permutations(same, 2)) for same in versions.values() if len(same) > 1]
    if not ordered:
        return None
    counts: list[Counts] = [add(protocol.count(one, other) for one, other in pairs) for pairs in ordered]
    return pooled(counts, sum(map(len, ordered)) // 2, protocol.metrics, resamples, seed)


def pooled(
    counts: Sequence[Counts], pairs: int, metrics: Sequence[Metric], resamples: int = bootstrap.RESAMPLES, seed: int = bootstrap.SEED
) -> Agreement:
    """The figures of annotators whose counts are known.

    Args:
        counts: for each article, one version scored against the other, both ways.
        pairs: how many pairs of versions these are.
        metrics: the figures to work out of them.
        resamples: number of bootstrap resamples over articles.
        seed: of the resamples.

    """
    matrix, place = bootstrap.table(counts, metrics)
    values = bootstrap.scores(matrix.sum(axis=0), place, metrics)
    samples = bootstrap.scores(bootstrap.draws(len(counts), resamples, seed) @ matrix, place, metrics)[..., 2]
    return Agreement(len(counts), pairs, bootstrap.figures(metrics, values, samples))
