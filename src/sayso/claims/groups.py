"""From pairs to groups: statements that say the same claim, by average linkage on the probabilities of their pairs.

Always true here: every statement is in exactly one group; two statements that cannot be one claim are never in one; groups are in order of
their first statement; the same probabilities give the same groups.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

Groups = tuple[tuple[int, ...], ...]


def groups(probabilities: Floats, least: float, apart: Flags | None = None) -> Groups:
    """Group statements: the two groups with the highest mean probability are joined as long as it is at least `least` (UPGMA).

    Args:
        probabilities: of all pairs [N, N], symmetric.
        least: mean probability between two groups that is asked for, in (0, 1].
        apart: pairs that must not stand in one group [N, N], symmetric.

    """
    size = len(probabilities)
    members: dict[int, list[int]] = {at: [at] for at in range(size)}
    mean = probabilities.astype(np.float64, copy=True)
    np.fill_diagonal(mean, -1.0)
    if apart is not None:
        mean[apart] = -np.inf
    counts = np.ones(size)
    while size > 1:
        at = int(mean.argmax())
        left, right = sorted(divmod(at, size))
        if mean[left, right] < least:
            break
        # A pair that must stay apart keeps its minus infinity through every mean.
        joined = (counts[left] * mean[left] + counts[right] * mean[right]) / (counts[left] + counts[right])
        mean[left], mean[:, left] = joined, joined
        mean[left, left] = -1.0
        mean[right], mean[:, right] = -np.inf, -np.inf
        counts[left] += counts[right]
        members[left] += members.pop(right)
    return tuple(sorted(tuple(sorted(group)) for group in members.values()))
