"""Fit the readable model that stands in for the claim network: logistic regression over the figures of a pair and their products.

Always true here: the same stories give the same weights; the reported figure is pairwise F1 after grouping in cross-validation over
stories, with the joining threshold chosen on the other folds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from sayso.claims.content import of_text
from sayso.claims.likeness import FIGURES, likeness
from sayso.evaluation.storygold import GoldStory
from sayso.training.claims.examples import annotated_stories
from sayso.training.claims.fit import LEASTS, grouped_f1

FOLDS = 5
PENALTY = 0.01  # inverse strength
DIGITS = 4
SPARED = 5  # of the pairs that differ, one in so many is looked at, and counts for all of them
LEAST = 1e-3  # deviation of a figure that tells something
PAIRS = [(left, right) for left in range(len(FIGURES)) for right in range(left, len(FIGURES))]


def fit(data: Path, out: Path) -> float:
    """Write the model to `out`, and return its pairwise F1 in cross-validation.

    Args:
        data: folder that holds `claims/*.jsonl`, the annotated stories with their texts.
        out: the JSON file.

    """
    stories = annotated_stories(data)
    tables = [_table(story) for story in stories]
    gold = [story.first.same(len(story.texts)) for story in stories]
    scores: list[np.ndarray[Any, Any]] = [np.empty(0)] * len(stories)
    for fold in range(FOLDS):
        model = _model([at for at in range(len(stories)) if at % FOLDS != fold], tables, gold)
        for at in range(fold, len(stories), FOLDS):
            scores[at] = _probabilities(model, tables[at])
    reached = {least: grouped_f1(scores, gold, least) for least in LEASTS}
    least = max(reached, key=lambda each: (reached[each], -each))
    model = _model(range(len(stories)), tables, gold)
    stored = {name: np.round(values, DIGITS).tolist() for name, values in model.items()}
    out.write_text(json.dumps({"figures": list(FIGURES), "least": least, **stored}, indent=1) + "\n", encoding="utf-8")
    return reached[least]


def _table(story: GoldStory) -> np.ndarray[Any, Any]:
    return likeness([of_text(text) for text in story.texts], story.articles, None)


def _model(chosen: Sequence[int], tables: Sequence[np.ndarray[Any, Any]], gold: Sequence[np.ndarray[Any, Any]]) -> dict[str, Any]:
    upper = [np.triu_indices(len(gold[at]), 1) for at in chosen]
    rows = np.concatenate([tables[at][part] for at, part in zip(chosen, upper, strict=True)])
    labels = np.concatenate([gold[at][part] for at, part in zip(chosen, upper, strict=True)])
    taken = labels | (np.arange(len(labels)) % SPARED == 0)
    rows, labels = rows[taken], labels[taken]
    counted = np.where(labels, 1.0, SPARED)
    mean, deviation = rows.mean(axis=0), rows.std(axis=0)
    deviation = np.where(deviation > LEAST, deviation, 1.0)  # figures of meaning are 0 without a network
    steady = (rows - mean) / deviation
    products = np.stack([steady[:, left] * steady[:, right] for left, right in PAIRS], axis=1)
    spread = products.std(axis=0)
    spread = np.where(spread > LEAST, spread, 1.0)
    found = LogisticRegression(C=PENALTY, max_iter=500).fit(
        np.concatenate((steady, products / spread), axis=1), labels, sample_weight=counted
    )
    weights = found.coef_[0]
    return {
        "mean": mean,
        "deviation": deviation,
        "weights": weights[: len(FIGURES)],
        "pairs": np.array(PAIRS),
        "pair_weights": weights[len(FIGURES) :] / spread,
        "bias": found.intercept_[0],
    }


def _probabilities(model: dict[str, Any], table: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    steady = (table - model["mean"]) / model["deviation"]
    odds = steady @ model["weights"] + model["bias"]
    for (left, right), weight in zip(model["pairs"], model["pair_weights"], strict=True):
        odds = odds + steady[..., left] * steady[..., right] * weight
    return np.asarray(1 / (1 + np.exp(-odds)))
