"""Sentence vectors as the codebooks see them: whoever makes them, texts in, unit rows out.

Always true here: a row depends on its own text only; a text of several sentences has the mean of its sentences' vectors, brought back to
length 1, so that long articles and single sentences live in one space.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Vectors(Protocol):
    """Anything that turns sentences into vectors."""

    @property
    def fingerprint(self) -> str:
        """Whose vectors they are: two with the same fingerprint give the same vectors."""
        ...

    def __call__(self, texts: Sequence[str], /) -> Floats:
        """One row of length 1 for each text; (texts, width)."""
        ...


def means(rows: Floats, sizes: Sequence[int]) -> Floats:
    """The mean of each run of rows, brought to length 1."""
    found = np.zeros((len(sizes), rows.shape[1]), dtype=np.float32)
    at = 0
    for number, size in enumerate(sizes):
        if size:
            mean = rows[at : at + size].mean(axis=0)
            found[number] = mean / max(float(np.linalg.norm(mean)), 1e-9)
        at += size
    return found
