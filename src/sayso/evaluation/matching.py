"""One gold attribution, at most one predicted attribution, and the other way round: the pairs with the greatest total weight.

The weight of a pair is cue IoU + content IoU + source IoU (in characters, so in (0, 3]); only pairs whose cues or whose contents overlap
may be matched. The optimum is exact: the overlap graph falls into small connected components, each solved by the Hungarian algorithm in its
shortest-augmenting-path form (Jonker & Volgenant 1987). Many-to-many counting, as in earlier tools, credits one prediction several times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sayso.reading import Attribution
from sayso.spans import Spans, iou

Pair = tuple[int, int]


def match(gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> tuple[Pair, ...]:
    """Index pairs (gold, predicted) of the best one-to-one matching, in gold order."""
    return best_pairs(weights(gold, predicted))


def weights(gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> dict[Pair, float]:
    """The weight of every pair that may be matched."""
    near = _hulls_meet(gold, predicted, "cue") | _hulls_meet(gold, predicted, "content")
    found: dict[Pair, float] = {}
    for i, j in zip(*(rows.tolist() for rows in np.nonzero(near)), strict=True):
        a, b = gold[i], predicted[j]
        weight = iou(a.cue, b.cue) + iou(a.content, b.content)
        if weight > 0.0:
            found[i, j] = weight + iou(a.source, b.source)
    return found


def _hulls_meet(gold: Sequence[Attribution], predicted: Sequence[Attribution], role: str) -> npt.NDArray[np.bool_]:
    """Whether the smallest spans around both sides' words of one role overlap; (gold, predicted)."""

    def ends(side: Sequence[Attribution]) -> npt.NDArray[np.int64]:
        spans: list[Spans] = [getattr(item, role) for item in side]
        return np.array([(s[0].start, s[-1].end) if s else (0, 0) for s in spans], dtype=np.int64).reshape(-1, 2)

    a, b = ends(gold), ends(predicted)
    meet: npt.NDArray[np.bool_] = (a[:, None, 0] < b[None, :, 1]) & (b[None, :, 0] < a[:, None, 1])
    return meet


def best_pairs(weight: Mapping[Pair, float]) -> tuple[Pair, ...]:
    """The one-to-one choice of pairs with the greatest total weight; all weights are above 0.

    Cost: linear in the pairs, plus the cube of the largest connected component.
    """
    pairs: list[Pair] = []
    for component in _components(weight):
        if len(component) == 1:
            pairs.extend(component)
            continue
        rows, columns = sorted({i for i, _ in component}), sorted({j for _, j in component})
        flip = len(rows) > len(columns)
        table = np.zeros((len(rows), len(columns)))
        at_row, at_column = {i: n for n, i in enumerate(rows)}, {j: n for n, j in enumerate(columns)}
        for i, j in component:
            table[at_row[i], at_column[j]] = weight[i, j]
        for n, m in enumerate(_assign(table.T if flip else table)):
            pair = (rows[m], columns[n]) if flip else (rows[n], columns[m])
            if pair in weight:
                pairs.append(pair)
    return tuple(sorted(pairs))


def _components(weight: Mapping[Pair, float]) -> list[list[Pair]]:
    """The pairs, grouped by connected component of the graph that they span."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, j in weight:
        parent[root(("gold", i))] = root(("predicted", j))
    groups: defaultdict[tuple[str, int], list[Pair]] = defaultdict(list)
    for i, j in weight:
        groups[root(("gold", i))].append((i, j))
    return list(groups.values())


def _assign(table: npt.NDArray[np.float64]) -> list[int]:
    """For each row of a table with at least as many columns as rows, the column it gets so that the sum is greatest."""
    rows, columns = table.shape
    cost = table.max() - table
    row_price, column_price = np.zeros(rows), np.zeros(columns + 1)
    owner = np.full(columns + 1, -1)  # the row that holds a column; the last column is where each new row enters
    for row in range(rows):
        owner[columns] = row
        column = columns
        reach = np.full(columns, np.inf)
        came_from = np.full(columns, columns)
        closed = np.zeros(columns + 1, dtype=bool)
        while owner[column] >= 0:
            closed[column] = True
            here = owner[column]
            slack = cost[here] - row_price[here] - column_price[:columns]
            better = ~closed[:columns] & (slack < reach)
            reach[better] = slack[better]
            came_from[better] = column
            step = np.where(closed[:columns], np.inf, reach)
            following = int(step.argmin())
            delta = step[following]
            row_price[owner[closed]] += delta
            column_price[closed] -= delta
            reach[~closed[:columns]] -= delta
            column = following
        while column != columns:
            before = int(came_from[column])
            owner[column] = owner[before]
            column = before
    result = [0] * rows
    for column in range(columns):
        if owner[column] >= 0:
            result[owner[column]] = column
    return result
