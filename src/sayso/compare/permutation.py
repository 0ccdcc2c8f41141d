"""The paired test: within each story the two sides of a contrast change labels with an even chance.

If the group tells its stories as the other side does, nothing changes when the labels of the two are swapped in any of the stories, which
turns the sign of that story's difference; stories are never mixed. The share of arrangements whose sum of scores is at least as far from
0 as the one seen is p. All arrangements are gone through where they are few; else a seeded sample of them, in which the one seen counts as
one more, so that p is never 0 (Phipson & Smyth 2010).

Against the rest, the others' label is that of all others together. To let the group's label move to any single other outlet would ask for
more than is meant (that all outlets have equally long, equally noisy articles), and would reject too often where they have not.
"""

from __future__ import annotations

import numpy as np

from sayso.compare.cells import Floats

MEMORY = 4_000_000  # numbers held at a time
SAME = 1e-9  # relative: how far two sums may lie apart and be one


def p_values(score: Floats, resamples: int, seed: int) -> tuple[Floats, float]:
    """The two-sided p of each measure, in (0, 1], and the smallest p that the test can give with these stories.

    Args:
        score: of each story; (stories, measures).
        resamples: how many arrangements are drawn; if there are no more than these, all are gone through instead.
        seed: of the drawing.

    """
    stories, measures = score.shape
    exact = 2**stories <= resamples
    number = 2**stories if exact else resamples
    generator = np.random.default_rng(seed)
    bar = np.abs(score.sum(axis=0)) - SAME * np.abs(score).sum(axis=0)
    as_far = np.zeros(measures)
    step = max(1, MEMORY // max(1, stories))
    for first in range(0, number, step):
        rows = min(step, number - first)
        if exact:
            swapped = (np.arange(first, first + rows)[:, None] >> np.arange(stories)) & 1
        else:
            swapped = generator.integers(0, 2, (rows, stories), dtype=np.int8)
        as_far += (np.abs((1.0 - 2.0 * swapped) @ score) >= bar).sum(axis=0)
    return (as_far / number, min(1.0, 2.0 / number)) if exact else ((as_far + 1.0) / (number + 1.0), 1.0 / (number + 1.0))
