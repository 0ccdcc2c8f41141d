"""Krippendorff's alpha for nominal data: how far coders agree, with what chance would give taken off.

Alpha is 1 - (observed disagreement / disagreement expected by chance) (Krippendorff 2011, *Computing Krippendorff's Alpha-Reliability*): 1
is perfect agreement, 0 what chance gives, below 0 is worse than chance. Any number of coders, any of whom may have skipped a unit; a unit
with fewer than two values says nothing. Undefined (None) where all values are the same: without variation there is nothing to agree on.

Always true here: what a unit contributes is a matrix that adds up over units, so that a bootstrap over groups of units is a sum.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def coincidences(unit: Sequence[Hashable | None], values: Sequence[Hashable]) -> Floats:
    """The coincidence matrix of one unit: how often two of its values stand side by side; (values, values).

    Args:
        unit: what each coder gave; None for a coder who skipped it.
        values: all values that may occur.

    """
    place = {value: number for number, value in enumerate(values)}
    counts = np.bincount([place[value] for value in unit if value is not None], minlength=len(values)).astype(np.float64)
    total = counts.sum()
    if total < 2:
        return np.zeros((len(values), len(values)))
    return np.asarray((np.outer(counts, counts) - np.diag(counts)) / (total - 1))


def alpha_of(matrix: Floats) -> Floats:
    """Alpha from summed coincidence matrices (…, values, values); NaN where undefined."""
    margins = matrix.sum(axis=-1)
    total = margins.sum(axis=-1)
    same = np.trace(matrix, axis1=-2, axis2=-1)
    expected = total**2 - (margins**2).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1.0 - (total - 1.0) * (total - same) / expected
    return np.where(expected > 0, found, np.nan)


def alpha(units: Sequence[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha for nominal data, in (-1, 1]; None where it is undefined.

    Args:
        units: for each unit what each coder gave; None for a coder who skipped it.

    """
    values = list(dict.fromkeys(value for unit in units for value in unit if value is not None))
    if len(values) < 2:
        return None
    found = float(alpha_of(np.sum([coincidences(unit, values) for unit in units], axis=0)))
    return None if np.isnan(found) else found
