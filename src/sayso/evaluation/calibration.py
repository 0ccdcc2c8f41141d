"""Whether a confidence of 0.8 is right eight times in ten: reliability in bins, and the mean gap.

Always true here: bins are equally filled, so that each rests on as many cases as the others; an error is a share in [0, 1].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of like confidence: their mean confidence, the share of them that is right, and how many there are."""

    confidence: float
    right: float
    cases: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well confidences keep their word.

    Attributes:
        of: whose confidences, and what counts as right.
        cases: how many there were.
        error: expected calibration error.
        bins: from the least to the greatest confidence.

    """

    of: str
    cases: int
    error: float
    bins: tuple[Bin, ...]


def calibration(of: str, cases: Sequence[tuple[float, bool]], bins: int = BINS) -> Calibration | None:
    """The reliability of confidences; None without cases.

    Args:
        of: whose confidences, and what counts as right.
        cases: each confidence in [0, 1], and whether it was right.
        bins: how many, at most.

    """
    if not cases:
        return None
    confidence, right = (np.array(side, dtype=np.float64) for side in zip(*cases, strict=True))
    found = tuple(Bin(float(confidence[part].mean()), float(right[part].mean()), len(part)) for part in _parts(confidence, bins))
    return Calibration(of, len(cases), expected_calibration_error(confidence, right, bins), found)


def expected_calibration_error(confidence: Numbers, right: Numbers, bins: int = BINS) -> float:
    """Mean gap between confidence and share right over equally filled bins, weighted by size (Naeini et al. 2015)."""
    parts = _parts(confidence, bins)
    return float(sum(len(part) * abs(confidence[part].mean() - right[part].mean()) for part in parts) / max(len(confidence), 1))


def _parts(confidence: Numbers, bins: int) -> list[npt.NDArray[np.intp]]:
    order = np.argsort(confidence, kind="stable")
    return [part for part in np.array_split(order, bins) if len(part)]
