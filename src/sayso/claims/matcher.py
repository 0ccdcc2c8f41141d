"""Which statements of one story say the same claim: probabilities of pairs, groups, and what contradicts.

Always true here: no voice is looked at, so that a claim keeps its identity whoever tells it; with a network a small scorer weighs what its
word pieces tell together with the readable figures, without one the figures alone are weighed; the same statements give the same groups.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.claims.content import Content
from sayso.claims.groups import Floats, Groups, groups
from sayso.claims.likeness import FIGURES, likeness
from sayso.claims.meaning import PieceScorer, meanings

NUMBER, DENIED = "number", "denied"
CONTRARY = 0.3  # probability of two statements from which they speak of one thing, so that other numbers are a conflict


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements, by place, that cannot both be true as said; `kind` is `number` or `denied`."""

    first: int
    second: int
    kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Matched:
    """What was found among N statements.

    Attributes:
        probabilities: that two of them say the same [N, N]; symmetric.
        groups: all of them, each in one group, in order.
        conflicts: pairs that contradict, in order.

    """

    probabilities: Floats
    groups: Groups
    conflicts: tuple[Conflict, ...]


def matched(contents: Sequence[Content], articles: Sequence[int], scorer: PieceScorer | None = None) -> Matched:
    """Match the statements of one story.

    Args:
        contents: N statements.
        articles: the article of each.
        scorer: the claim network; None where there is none: then words, names and numbers decide alone.

    """
    if scorer is None:
        figures = likeness(contents, articles, None)
        probabilities, least = _by_words(figures)
    else:
        meant = meanings([each.text for each in contents], scorer)
        figures = np.concatenate((meant.coverages, likeness(contents, articles, meant.vectors)), axis=-1)
        probabilities, least = _scored(figures, scorer.weights), float(scorer.weights["least"])
    np.fill_diagonal(probabilities, 1.0)
    clashes = figures[..., FIGURES.index("clash") - len(FIGURES)] > 0
    return Matched(probabilities, groups(probabilities, least, clashes), tuple(_conflicts(clashes, probabilities)))


def _scored(figures: Floats, weights: Mapping[str, Floats]) -> Floats:
    steady = (figures - weights["mean"]) / weights["deviation"]
    hidden = np.maximum(steady @ weights["first"].T + weights["first_bias"], 0.0)
    odds = steady @ weights["linear"] + hidden @ weights["last"] + weights["bias"]
    return _probability(odds * weights["scale"] + weights["shift"])


def _by_words(figures: Floats) -> tuple[Floats, float]:
    model = _words()
    steady = (figures - model["mean"]) / model["deviation"]
    pairs = np.stack([steady[..., left] * steady[..., right] for left, right in model["pairs"].astype(int)], axis=-1)
    return _probability(steady @ model["weights"] + pairs @ model["pair_weights"] + model["bias"]), float(model["least"])


def _probability(odds: NDArray[np.floating[Any]]) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0))), dtype=np.float32)


@cache
def _words() -> dict[str, Floats]:
    """The readable model in `data/claims.json`: logistic regression over the figures and their products."""
    stored = json.loads(files("sayso").joinpath("data", "claims.json").read_text(encoding="utf-8"))
    if tuple(stored.pop("figures")) != FIGURES:
        raise ValueError("data/claims.json was fitted for other figures")
    return {name: np.asarray(values, dtype=np.float32) for name, values in stored.items()}


def _conflicts(clashes: NDArray[np.bool_], probabilities: Floats) -> list[Conflict]:
    """Pairs that speak of one thing with other numbers."""
    rows, columns = np.nonzero(np.triu(clashes & (probabilities >= CONTRARY), 1))
    return [Conflict(int(row), int(column), NUMBER, float(probabilities[row, column])) for row, column in zip(rows, columns, strict=True)]
