"""Small models that can be read: multinomial logistic regressions over named clues, each clue resting on words of the text.

Always true here: the probability of a label is the softmax of a bias and the weights of the clues that are there, nothing else, so that a
decision can be told in full as a list of clues with their weights (`reasons`); a clue that training never saw weighs nothing. The weights
are data (`data/<name>.json`), fitted by `training.linear`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from sayso.spans import Span


class Clue(NamedTuple):
    """Something that speaks for or against a label.

    Attributes:
        name: what training counts it under, such as `cue=claimed`.
        span: the words that it rests on; None if it rests on what is not there.
        value: how strongly it is there; 1 for what either is or is not.

    """

    name: str
    span: Span | None = None
    value: float = 1.0


@dataclass(frozen=True, slots=True)
class Reason:
    """What one clue did for one label: its log odds against the other labels' mean."""

    clue: Clue
    weight: float


@dataclass(frozen=True, slots=True)
class Linear:
    """One fitted model.

    Attributes:
        labels: the closed set it chooses from.
        bias: a number for each label.
        weights: for each clue's name a number for each label.

    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def probabilities(self, clues: Iterable[Clue]) -> dict[str, float]:
        """A probability for every label; they add up to 1."""
        scores = list(self.bias)
        for name, _, value in clues:
            for number, weight in enumerate(self.weights.get(name, ())):
                scores[number] += value * weight
        top = max(scores)
        shares = [math.exp(score - top) for score in scores]
        total = sum(shares)
        return {label: share / total for label, share in zip(self.labels, shares, strict=True)}

    def reasons(self, clues: Iterable[Clue], label: str) -> tuple[Reason, ...]:
        """The clues that count, those that speak most for the label first."""
        at = self.labels.index(label)
        found = []
        for clue in clues:
            weights = self.weights.get(clue.name)
            if weights is not None:
                others = [weight for number, weight in enumerate(weights) if number != at]
                found.append(Reason(clue, clue.value * (weights[at] - sum(others) / len(others))))
        return tuple(sorted(found, key=lambda reason: -reason.weight))


@cache
def load(name: str) -> Mapping[str, Linear]:
    """The models stored in `data/<name>.json`, by task."""
    stored = json.loads(files("sayso").joinpath("data", f"{name}.json").read_text(encoding="utf-8"))
    return {task: made(model) for task, model in stored.items()}


def made(model: Mapping[str, Any]) -> Linear:
    """A model from its JSON object."""
    return Linear(tuple(model["labels"]), tuple(model["bias"]), {clue: tuple(row) for clue, row in model["weights"].items()})
