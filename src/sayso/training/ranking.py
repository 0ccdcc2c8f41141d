"""Fit a readable model that chooses one of several candidates, or none of them.

Always true here: the probability of a candidate is the softmax of the weights of its clues among all candidates of its choice and none,
whose weight is 0 (Denis and Baldridge 2008, "Specialized models and ranking for coreference resolution"); candidates that are right
together share the probability; the strength of the penalty is chosen by cross-validation over groups (articles).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from sayso.linear import Clue, Linear
from sayso.training.linear import readable, table_of, vocabulary

PENALTIES = (1.0, 2.0, 3.0, 5.0)
FOLDS = 5
RARE = 3
RIGHT, WRONG = LABELS = ("right", "wrong")


@dataclass(frozen=True, slots=True)
class Choice:
    """What was offered for one question: the clues of every candidate, the numbers of those that are right, and the article."""

    offered: tuple[tuple[Clue, ...], ...]
    right: frozenset[int]
    group: str


def fit(choices: Sequence[Choice], penalties: Sequence[float] = PENALTIES) -> tuple[Linear, float]:
    """A model, and the share of choices that it makes right in cross-validation over groups.

    Args:
        choices: each with at least one candidate.
        penalties: strengths to choose from.

    """
    offered = [clues for choice in choices for clues in choice.offered]
    names = vocabulary(offered, RARE)
    table = table_of(offered, names)
    starts = np.cumsum([0, *(len(choice.offered) for choice in choices)])[:-1]
    right = np.array([number in choice.right for choice in choices for number in range(len(choice.offered))])
    groups = {group: number % FOLDS for number, group in enumerate(sorted({choice.group for choice in choices}))}
    fold = np.array([groups[choice.group] for choice in choices])
    scores: dict[float, tuple[float, float]] = {}
    for penalty in penalties if len(penalties) > 1 else ():
        logs, hits = 0.0, 0
        for number in range(FOLDS):
            weights = _weights(*_part(table, starts, right, fold != number), penalty)
            held = _part(table, starts, right, fold == number)
            logs += _loss(weights, *held)[0]
            hits += _hits(weights, *held)
        scores[penalty] = (logs, hits / len(choices))
    best = min(scores, key=lambda penalty: scores[penalty][0], default=penalties[0])
    weights = _weights(table, starts, right, best) / 2
    model = readable(LABELS, (0.0, 0.0), names, np.stack((weights, -weights), axis=1))
    return model, scores[best][1] if scores else float("nan")


def _part(table: csr_matrix, starts: np.ndarray, right: np.ndarray, kept: np.ndarray) -> tuple[csr_matrix, np.ndarray, np.ndarray]:
    sizes = np.diff(np.append(starts, len(right)))
    rows = np.repeat(kept, sizes)
    return table[rows], np.concatenate(([0], np.cumsum(sizes[kept])[:-1])), right[rows]


def _weights(table: csr_matrix, starts: np.ndarray, right: np.ndarray, penalty: float) -> np.ndarray:
    def penalized(weights: np.ndarray) -> tuple[float, np.ndarray]:
        loss, slope = _loss(weights, table, starts, right)
        return loss + penalty * float(weights @ weights) / 2, slope + penalty * weights

    return np.asarray(minimize(penalized, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x)


def _loss(weights: np.ndarray, table: csr_matrix, starts: np.ndarray, right: np.ndarray) -> tuple[float, np.ndarray]:
    """The negative log likelihood of the right choices, and its slope."""
    scores = table @ weights
    sizes = np.diff(np.append(starts, len(right)))
    whole = np.logaddexp(np.logaddexp.reduceat(scores, starts), 0.0)
    wanted = np.logaddexp.reduceat(np.where(right, scores, -np.inf), starts)
    none = np.isneginf(wanted)
    wanted[none] = 0.0
    shares = np.exp(scores - np.repeat(whole, sizes))
    own = np.where(right, np.exp(scores - np.repeat(wanted, sizes)), 0.0)
    return float((whole - wanted).sum()), np.asarray(table.T @ (shares - own))


def _hits(weights: np.ndarray, table: csr_matrix, starts: np.ndarray, right: np.ndarray) -> int:
    scores = table @ weights
    hits = 0
    for start, end in zip(starts, np.append(starts[1:], len(right)), strict=True):
        best = start + int(scores[start:end].argmax())
        hits += bool(right[best]) if scores[best] > 0 else not right[start:end].any()
    return hits
