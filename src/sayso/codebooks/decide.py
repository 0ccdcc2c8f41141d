"""From scores to probabilities to codes: Platt's sigmoid for each frame, or one softmax where a text has one frame at most.

Always true here: everything is fitted on scores of texts that the scores' model had not seen; probabilities are in (0, 1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEVER = 2.0  # a threshold that no probability reaches

Table = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Decision:
    """How scores become codes.

    Attributes:
        single: a text has at most one frame: the most probable column wins, and a column after the frames stands for "none of them".
        slopes, offsets: of each column's score on the way to a probability.
        thresholds: of each frame, where a text may have several.

    """

    single: bool
    slopes: tuple[float, ...]
    offsets: tuple[float, ...]
    thresholds: tuple[float, ...]

    def probabilities(self, scores: Table) -> Table:
        """A probability for each text and column."""
        logits = np.clip(scores * np.array(self.slopes) + np.array(self.offsets), -30.0, 30.0)
        if not self.single:
            return np.asarray(1.0 / (1.0 + np.exp(-logits)))
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(shares / shares.sum(axis=1, keepdims=True))

    def codes(self, probabilities: Table, frames: int) -> Flags:
        """Which frames each text is given; (texts, frames)."""
        if not self.single:
            return np.asarray(probabilities >= np.array(self.thresholds))
        chosen: Flags = np.zeros(probabilities.shape, dtype=bool)
        chosen[np.arange(len(chosen)), probabilities.argmax(axis=1)] = True
        return chosen[:, :frames]


def decision(scores: Table, targets: Table, single: bool) -> Decision:
    """How scores of held-out texts become codes.

    Args:
        scores: (texts, columns).
        targets: 1 where the coder gave the column, else 0.
        single: see `Decision`.

    """
    columns = scores.shape[1]
    if single:
        slope = _softmax_slope(scores, targets)
        return Decision(True, (slope,) * columns, (0.0,) * columns, ())
    fitted = [_sigmoid(scores[:, column], targets[:, column]) for column in range(columns)]
    rule = Decision(False, tuple(a for a, _ in fitted), tuple(b for _, b in fitted), ())
    chances = rule.probabilities(scores)
    cuts = tuple(_threshold(chances[:, column], targets[:, column]) for column in range(columns))
    return Decision(False, rule.slopes, rule.offsets, cuts)


def _softmax_slope(scores: Table, targets: Table) -> float:
    """The slope with the best likelihood, from a grid fine enough for two digits."""
    best, chosen = np.inf, 1.0
    for slope in np.geomspace(0.5, 50.0, 80):
        logits = slope * scores
        top = logits.max(axis=1, keepdims=True)
        loss = float((np.log(np.exp(logits - top).sum(axis=1)) + top[:, 0] - (logits * targets).sum(axis=1)).mean())
        if loss < best:
            best, chosen = loss, float(slope)
    return round(chosen, 3)


def _sigmoid(scores: NDArray[np.float64], given: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and offset by Newton's method, towards targets drawn in a little so that few examples do not promise too much (Platt 1999)."""
    yes, no = given.sum(), len(given) - given.sum()
    goal = np.where(given > 0, (yes + 1) / (yes + 2), 1 / (no + 2))
    rows = np.stack((scores, np.ones(len(scores))), axis=1)
    found = np.array([0.0, np.log((yes + 1) / (no + 1))])
    for _ in range(50):
        chance = 1.0 / (1.0 + np.exp(-np.clip(rows @ found, -30.0, 30.0)))
        slope = rows.T @ (chance - goal) + np.array([1e-3 * found[0], 0.0])
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag([1e-3, 1e-6])
        step = np.clip(np.linalg.solve(bend, slope), -5.0, 5.0)
        found = found - step
        if np.abs(step).max() < 1e-6:
            break
    return round(float(found[0]), 4), round(float(found[1]), 4)


def _threshold(chances: NDArray[np.float64], given: NDArray[np.float64]) -> float:
    """The probability from which on F1 is best."""
    if not given.any():
        return NEVER
    order = np.argsort(-chances, kind="stable")
    hits, sorted_chances = np.cumsum(given[order]), chances[order]
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + given.sum())
    f1[:-1][sorted_chances[:-1] == sorted_chances[1:]] = -1.0  # equal probabilities cannot be told apart
    best = int(f1.argmax())
    after = sorted_chances[best + 1] if best + 1 < len(order) else 0.0
    return round(float(sorted_chances[best] + after) / 2, 4)
