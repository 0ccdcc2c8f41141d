"""Ridge regression in closed form: the weights for a whole row of penalties from one decomposition, and folds that keep groups together.

Weights minimize the squared error plus the penalty times their squared length (Hoerl & Kennard 1970); the intercept is not penalized.

Always true here: rows of one group stand in one fold; the same data and seed give the same folds and weights.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def ridge(rows: Floats, targets: Floats, penalties: Sequence[float]) -> list[tuple[Floats, Floats]]:
    """Weights (features, targets) and intercepts (targets) for each penalty.

    Args:
        rows: (n, features).
        targets: (n, targets).
        penalties: each greater than 0.

    """
    center, level = rows.mean(axis=0), targets.mean(axis=0)
    x, y = rows - center, targets - level
    wide = x.shape[1] > x.shape[0]
    values, basis = np.linalg.eigh(x @ x.T if wide else x.T @ x)
    inner = basis.T @ (y if wide else x.T @ y)
    found = []
    for penalty in penalties:
        solved = basis @ (inner / (np.maximum(values, 0.0) + penalty)[:, None])
        weights = x.T @ solved if wide else solved
        found.append((weights, level - center @ weights))
    return found


def folds(groups: Sequence[str], count: int, seed: int) -> Ints:
    """A fold for each row, of about equal size: groups are dealt from the largest to the smallest, each to the fold that holds least.

    Groups of one size are dealt in an order drawn with the seed. There are fewer folds where there are fewer groups.
    """
    names, place, sizes = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(names))
    order = order[np.argsort(-sizes[order], kind="stable")]
    held = np.zeros(min(count, len(names)), dtype=np.int64)
    fold_of = np.zeros(len(names), dtype=np.int64)
    for group in order:
        fold_of[group] = int(held.argmin())
        held[fold_of[group]] += sizes[group]
    return fold_of[place]
