"""Fit the small readable models of `linear`.

Always true here: the same rows give the same weights; the strength of the penalty is chosen by cross-validation over groups (articles),
never on the rows that are reported. Probabilities are calibrated by temperature on held-out rows (Guo et al. 2017, "On Calibration of
Modern Neural Networks"), which is folded into the weights and changes no decision.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from sayso.linear import Clue, Linear

PENALTIES = (0.1, 0.3, 1.0, 3.0, 10.0)  # inverse strengths
FOLDS = 5
RARE = 2
DIGITS = 3
LEAST = 10**-DIGITS
TOLERANCE = 1e-3  # finer ones move no decision
TEMPERATURES = np.geomspace(0.5, 3, 37)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled case."""

    clues: tuple[Clue, ...]
    label: str
    group: str
    """Cases of one group (an article) stay together in cross-validation."""


def fit(rows: Sequence[Row], *, balanced: bool = False, penalties: Sequence[float] = PENALTIES, rare: int = RARE) -> tuple[Linear, float]:
    """A model, and its macro-F1 in cross-validation over groups.

    Args:
        rows: labelled cases; at least two labels.
        balanced: whether rare labels weigh as much as frequent ones.
        penalties: inverse strengths to choose from.
        rare: a clue seen less often is left out.

    """
    known = vocabulary((row.clues for row in rows), rare)
    table = table_of([row.clues for row in rows], known)
    labels = np.array([row.label for row in rows])
    groups = np.array([row.group for row in rows])
    weighting = "balanced" if balanced else None
    names = np.unique(labels)
    scores: dict[float, float] = {}
    shares: dict[float, np.ndarray] = {}
    for penalty in penalties:
        held_out = np.zeros((len(rows), len(names)))
        for train, held in GroupKFold(FOLDS).split(table, labels, groups):
            model = LogisticRegression(C=penalty, max_iter=2000, tol=TOLERANCE, class_weight=weighting).fit(table[train], labels[train])
            held_out[np.ix_(held, np.searchsorted(names, model.classes_))] = model.predict_proba(table[held])
        shares[penalty] = held_out
        scores[penalty] = float(f1_score(labels, names[held_out.argmax(axis=1)], average="macro"))
    best = max(scores, key=lambda penalty: (scores[penalty], -penalty))
    model = LogisticRegression(C=best, max_iter=5000, tol=TOLERANCE, class_weight=weighting).fit(table, labels)
    temperature = _temperature(shares[best], np.searchsorted(names, labels))
    weights, bias = model.coef_ / temperature, model.intercept_ / temperature
    if len(model.classes_) == 2:  # one row stands for the second label
        weights, bias = np.concatenate((-weights, weights)) / 2, np.concatenate((-bias, bias)) / 2
    return readable([str(label) for label in model.classes_], bias, known, weights.T), scores[best]


def _temperature(shares: np.ndarray, right: np.ndarray) -> float:
    """What the log odds are to be divided by, so that the right labels (by their numbers) are most likely."""
    logs = np.log(np.maximum(shares, 1e-12))

    def loss(temperature: float) -> float:
        scaled = logs / temperature
        return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - scaled[np.arange(len(right)), right]))

    return float(min(TEMPERATURES, key=loss))


def vocabulary(groups: Iterable[Iterable[Clue]], rare: int) -> dict[str, int]:
    """A column for every clue that stands in at least `rare` groups, in alphabetical order."""
    counts = Counter(name for clues in groups for name in {clue.name for clue in clues})
    return {name: number for number, name in enumerate(sorted(name for name, count in counts.items() if count >= rare))}


def table_of(rows: Sequence[Iterable[Clue]], known: Mapping[str, int]) -> csr_matrix:
    """Rows of clues as a table of their values, in the columns of a vocabulary."""
    at, columns, values = [], [], []
    for number, clues in enumerate(rows):
        for clue in clues:
            column = known.get(clue.name)
            if column is not None:
                at.append(number)
                columns.append(column)
                values.append(clue.value)
    return csr_matrix((values, (at, columns)), shape=(len(rows), len(known)))


def readable(
    labels: Sequence[str],
    bias: Iterable[float],
    known: Mapping[str, int],
    weights: Floats,
    *,
    digits: int = DIGITS,
    least: float = LEAST,
) -> Linear:
    """A model with weights [clues, labels] rounded to `digits`, without the clues whose weights are all below `least`."""
    kept = {
        name: tuple(round(float(number), digits) for number in weights[column])
        for name, column in known.items()
        if np.abs(weights[column]).max() >= least
    }
    return Linear(tuple(labels), tuple(round(float(number), digits) for number in bias), kept)


def save(models: Mapping[str, Linear], path: Path) -> None:
    """Write models as `linear.load` reads them: one clue a line, so that a change can be read."""
    tasks = []
    for task, model in models.items():
        lines = ",\n".join(f"   {json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in sorted(model.weights.items()))
        head = f' {json.dumps(task)}: {{\n  "labels": {json.dumps(model.labels)},\n  "bias": {json.dumps(model.bias)},'
        tasks.append(f'{head}\n  "weights": {{\n{lines}\n  }}\n }}')
    path.write_text("{\n" + ",\n".join(tasks) + "\n}\n", encoding="utf-8")
