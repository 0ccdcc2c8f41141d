"""How far the annotators of the same article agree: every pair of versions is scored as if one were gold and the other predicted.

The counts of all pairs are pooled, so an article counts by its attributions and its annotators. The result is the ceiling to read a
system's figures against. Only figures that do not depend on which of the two is called gold are given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from sayso.evaluation.bootstrap import scores, table
from sayso.evaluation.metrics import LEVELS, ROLES
from sayso.evaluation.protocols import Protocol
from sayso.reading import Reading

SYMMETRIC = frozenset(
    (
        *(f"{name}.{role}" for name in ("exact", "begin", "characters") for role in ROLES),
        *LEVELS,
        *(f"{side}.{level}" for side in ("inner", "outermost") for level in LEVELS),
        "voice.characters",
        "voice.words",
    )
)


def agreement(readings: Sequence[Reading], protocol: Protocol) -> tuple[int, dict[str, float]]:
    """Number of pairs of versions of one text, and every symmetric metric over all pairs together, in [0, 1] (NaN: nothing to count)."""
    versions: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        versions[reading.document.text].append(protocol.prepare(reading))
    pairs = [pair for same in versions.values() for pair in combinations(same, 2)]
    metrics = [metric for metric in protocol.metrics if metric.name in SYMMETRIC]
    matrix, place = table([protocol.count(one, other) for one, other in pairs], metrics)
    values = scores(matrix.sum(axis=0), place, metrics)[:, 2]
    return len(pairs), {metric.name: float(value) for metric, value in zip(metrics, values, strict=True)}
