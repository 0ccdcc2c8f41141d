"""Fits how much each clue says that two articles tell of one event, for `data/stories.json`.

Always true here: fitted on the tuning halves only (news clusters: events of `evaluation.stories.TUNE`; others: their part `train`), on the
pairs that `stories.nearby` would lay side by side; every collection weighs the same, since one with few large stories has most of the
pairs; no clue may count against one event for being shared (such weights are set to 0 and the others fitted again). Days, noisy in gold
stories whose articles are years apart, are not fitted: the stated cost `DAY` stands in as a given offset. The threshold is the
highest with a precision of at least `PRECISE` whose pairwise F1 on the first collection (dated news) is at most `SLACK` below the best:
gold events are few and far from each other, while a corpus of one beat is full of near ones, so caution is worth a little recall.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.codebooks.encoded import Encoded
from sayso.encoder.bundle import load
from sayso.encoder.tone_session import ToneSession
from sayso.evaluation.stories import TUNE, StoryGold, read_events, story_counts
from sayso.stories.alike import CLUES, VECTORS, WORDS, Alike, apart, clues
from sayso.stories.find import grouped, items
from sayso.stories.grouping import Item
from sayso.stories.nearby import Nearby

Floats = NDArray[np.float64]
DAY = 0.6  # log odds for each e-fold of 1 + days apart
PENALTY = 0.1  # of squared weights, beside the mean loss of `PAIRS` pairs
PAIRS = 1000.0  # that each collection counts for
PRECISE = 0.95
SLACK = 0.025
THRESHOLDS = tuple(number / 40 for number in range(4, 25))
DIGITS = 3

Set = tuple[Sequence[Item], Mapping[str, str]]
"""Articles, and the gold story of each by id."""


def rows(articles: Sequence[Item], story_of: Mapping[str, str], names: Sequence[str]) -> tuple[Floats, Floats, Floats]:
    """Clues (pairs, clues), whether it is one story (pairs), and what days cost (pairs), of the pairs that lie near each other."""
    nearby, values, labels, costs = Nearby(), [], [], []
    for position, item in enumerate(articles):
        for at in nearby.find(item.profile):
            one, other = item.profile, articles[at].profile
            cosine = None if item.vector is None else float(np.dot(item.vector, articles[at].vector))  # type: ignore[arg-type]
            found = clues(one, other, cosine)
            values.append([found.get(name, 0.0) for name in names])
            labels.append(float(story_of[one.id] == story_of[other.id]))
            costs.append(DAY * math.log1p(apart(one, other)))
        nearby.add(position, item.profile)
    return np.array(values), np.array(labels), np.array(costs)


def regression(values: Floats, labels: Floats, offset: Floats, weight: Floats) -> Floats:
    """Weights of a logistic regression, the bias last, by Newton's method; none of the clues' weights is below 0."""
    table = np.hstack([values, np.ones((len(values), 1))])
    free = list(range(table.shape[1]))
    while True:
        beta, part = np.zeros(len(free)), table[:, free]
        ridge = np.diag([PENALTY if at < values.shape[1] else 1e-6 for at in free])
        for _ in range(50):
            share = 1 / (1 + np.exp(-np.clip(part @ beta + offset, -30, 30)))
            step = np.linalg.solve(
                (part * (weight * share * (1 - share))[:, None]).T @ part + ridge, part.T @ (weight * (labels - share)) - ridge @ beta
            )
            beta += step
            if np.abs(step).max() < 1e-8:
                break
        bad = [at for at, value in zip(free, beta, strict=True) if at < values.shape[1] and value < 0]
        if not bad:
            whole = np.zeros(table.shape[1])
            whole[free] = beta
            return whole
        free = [at for at in free if at not in bad]


def fit(sets: Sequence[Set], names: Sequence[str]) -> Alike:
    """A model over some of the clues, with its threshold."""
    tables = [rows(articles, story_of, names) for articles, story_of in sets]
    weight = np.concatenate([np.full(len(labels), PAIRS / labels.sum()) for _, labels, _ in tables])
    values, labels, costs = (np.concatenate([table[number] for table in tables]) for number in range(3))
    beta = regression(values, labels, -costs, weight)
    weights = {name: round(float(value), DIGITS) for name, value in zip(names, beta, strict=False) if value > 0}
    return _with_threshold(Alike(round(float(beta[-1]), DIGITS), weights, DAY, 0.5), sets[0])


def _with_threshold(alike: Alike, chosen_on: Set) -> Alike:
    articles, story_of = chosen_on
    scores = [pairwise(story_of, grouped(articles, replace(alike, threshold=threshold))) for threshold in THRESHOLDS]
    best = max(value for precision, _, value in scores if precision >= PRECISE)
    good = [at for at, (precision, _, value) in zip(THRESHOLDS, scores, strict=True) if precision >= PRECISE and value >= best - SLACK]
    return replace(alike, threshold=round(good[-1], DIGITS))


def pairwise(story_of: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of articles."""
    counts = story_counts(story_of, found).values()
    hit, predicted, gold = (sum(count[f"pairs:{end}"] for count in counts) for end in ("hit_gold", "predicted", "gold"))
    precision, recall = hit / max(predicted, 1.0), hit / max(gold, 1.0)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def gold_set(gold: Sequence[StoryGold], vectors: Encoded | None) -> Set:
    """The articles of a collection."""
    documents = list({item.document.id: item.document for item in gold}.values())
    return items(documents, vectors), {item.document.id: item.story for item in gold}


def write(gold: Sequence[Path], out: Path, vectors: Encoded | None = None) -> dict[str, float]:
    """Fit both models, with lead vectors and without, and write them.

    Args:
        gold: files of articles that name their story, as `evaluation.stories` reads them; the first chooses the thresholds.
        out: the JSON file.
        vectors: of the released network; None makes it.

    Returns:
        For each model its pairwise F1 on the tuning half of the first file.

    """
    encoded = vectors or Encoded(ToneSession(load()))
    sets = [gold_set([item for item in read_events(path) if item.part in (TUNE, "train")], encoded) for path in gold]
    bare = [([item._replace(vector=None) for item in articles], story_of) for articles, story_of in sets]
    fitted = {WORDS: (fit(bare, CLUES[1:]), bare[0]), VECTORS: (fit(sets, CLUES), sets[0])}
    value = {
        name: {"bias": model.bias, "day": model.day, "threshold": model.threshold, "weights": dict(model.weights)}
        for name, (model, _) in fitted.items()
    }
    out.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    return {name: pairwise(story_of, grouped(articles, model))[2] for name, (model, (articles, story_of)) in fitted.items()}
