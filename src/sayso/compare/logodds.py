"""Which words are typical of a group, in one voice: log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008).

    δ = ln((y₁ + α) / (n₁ + α₀ − y₁ − α)) − ln((y₂ + α) / (n₂ + α₀ − y₂ − α))        z = δ / √(1 / (y₁ + α) + 1 / (y₂ + α))

with y the counts of a word and n of all words on each side. The prior α is the word's share of both sides together times α₀ words, so a
word that both use alike has δ near 0 and a rare one is drawn to 0. δ above 0: the group uses it more. The published z takes every word for
an independent draw, which words of one article are not: so the interval comes from articles that are drawn again, whole, on each side, and
q from the same variance told in closed form (clustered by article).

Always true here: words come in lower case; δ, its interval and q use the same prior, which the result names.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sayso.compare.cells import Floats, Ints
from sayso.compare.decisions import discoveries
from sayso.compare.intervals import draws
from sayso.errors import UsageError

PRIOR = 1000.0  # α₀, in words
ARTICLES = 5  # that a word must stand in, on both sides together


@dataclass(frozen=True, slots=True)
class Typical:
    """One word.

    Attributes:
        word: in lower case.
        here: how often the group uses it, and `there` the others.
        articles: how many articles it stands in, on both sides.
        logodds: δ; above 0 where the group uses it more.
        low: of its interval over articles, and `high`.
        z: the published statistic, for comparison only.
        q: false discovery rate over all words of both sides, by the variance over articles.

    """

    word: str
    here: int
    there: int
    articles: int
    logodds: float
    low: float
    high: float
    z: float
    q: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Two sides: every word that was tried, and those shown, the most typical of the group first.

    Attributes:
        words: shown.
        tried: how many words were tested.
        prior: α₀, in words.
        here: words and articles of the group; `there` of the others.

    """

    words: tuple[Typical, ...]
    tried: int
    prior: float
    here: tuple[int, int]
    there: tuple[int, int]


def typical(
    here: Sequence[Counter[str]],
    there: Sequence[Counter[str]],
    top: int = 20,
    prior: float = PRIOR,
    resamples: int = 2000,
    seed: int = 20160208,
) -> Vocabulary:
    """The words that tell two sides apart.

    Args:
        here: the words of each article of the group, counted.
        there: the same of the others.
        top: how many words of each direction are shown at most.
        prior: α₀.
        resamples: how often articles are drawn for the intervals.
        seed: of the drawing.

    Raises:
        UsageError: a side has no words, or the prior is not above 0.

    """
    if not prior > 0.0:
        raise UsageError(f"a prior needs a number of words above 0, not {prior}")
    sides = [[count for count in side if count] for side in (here, there)]
    sizes = tuple((sum(map(Counter.total, side)), len(side)) for side in sides)
    if not (sizes[0][0] and sizes[1][0]):
        raise UsageError("one side has no words in this voice: nothing can be compared")
    spread = Counter(word for side in sides for count in side for word in count)
    words = sorted(word for word, articles in spread.items() if articles >= ARTICLES)
    place = {word: n for n, word in enumerate(words)}
    tables = [_table(side, place) for side in sides]
    y = np.stack([np.bincount(word, count, len(words)) for _, word, count in tables])
    n = np.array([float(size) for size, _ in sizes])
    alpha = y.sum(axis=0) / n.sum() * prior
    delta = _odds(y[0], n[0], alpha, prior) - _odds(y[1], n[1], alpha, prior)
    error = np.sqrt(
        sum(_variance(table, side, y[k], n[k], alpha, prior) for k, (table, side) in enumerate(zip(tables, sides, strict=True)))
    )
    p = [math.erfc(abs(each) / error_ / math.sqrt(2.0)) if error_ > 0 else 1.0 for each, error_ in zip(delta, error, strict=True)]
    q = discoveries(p)
    z = delta / np.sqrt(1.0 / (y[0] + alpha) + 1.0 / (y[1] + alpha))
    order = sorted(range(len(words)), key=lambda w: (q[w], -abs(z[w]), words[w]))
    shown = [w for sign in (1, -1) for w in [each for each in order if delta[each] * sign > 0][:top]]
    bounds = _bounds(tables, sides, np.array(shown, dtype=np.int64), alpha, prior, resamples, seed, len(words))
    made = tuple(
        Typical(words[w], int(y[0][w]), int(y[1][w]), spread[words[w]], float(delta[w]), low, high, float(z[w]), q[w])
        for w, (low, high) in zip(shown, bounds, strict=True)
    )
    return Vocabulary(made, len(words), prior, sizes[0], sizes[1])


def _table(side: Sequence[Counter[str]], place: dict[str, int]) -> tuple[Ints, Ints, Floats]:
    """Article, word and count of every pair that is there."""
    rows = [(a, place[word], times) for a, count in enumerate(side) for word, times in count.items() if word in place]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2].astype(np.float64)


def _odds(y: Floats, n: Floats | float, alpha: Floats, prior: float) -> Floats:
    return np.asarray(np.log((y + alpha) / (n + prior - y - alpha)))


def _variance(table: tuple[Ints, Ints, Floats], side: Sequence[Counter[str]], y: Floats, n: float, alpha: Floats, prior: float) -> Floats:
    """Variance of the log odds over articles (delta method): Σ (u − ū)² of the influence u of each article."""
    article, word, count = table
    sizes = np.array([float(each.total()) for each in side])
    of_y = 1.0 / (y + alpha) + 1.0 / (n + prior - y - alpha)
    of_n = -1.0 / (n + prior - y - alpha)
    squares = np.bincount(word, count**2, len(y))
    shared = np.bincount(word, count * sizes[article], len(y))
    total = of_y**2 * squares + 2.0 * of_y * of_n * shared + of_n**2 * float((sizes**2).sum())
    number = len(side)
    mean = (of_y * y + of_n * n) / number
    return np.maximum(total - number * mean**2, 0.0) * (number / max(1, number - 1))


def _bounds(
    tables: Sequence[tuple[Ints, Ints, Floats]], sides: Sequence[Sequence[Counter[str]]], shown: Ints, alpha: Floats, prior: float,
    resamples: int, seed: int, words: int,
) -> list[tuple[float, float]]:  # fmt: skip
    if not len(shown):
        return []
    column = np.full(words, -1)
    column[shown] = np.arange(len(shown))
    odds = []
    for k, ((article, word, count), side) in enumerate(zip(tables, sides, strict=True)):
        among = column[word] >= 0
        dense = np.zeros((len(side), len(shown) + 1))
        dense[article[among], column[word[among]]] = count[among]
        dense[:, -1] = [each.total() for each in side]
        sums = np.concatenate([drawn @ dense for drawn in draws(len(side), resamples, seed + k)])
        odds.append(_odds(sums[:, :-1], sums[:, -1:], alpha[shown], prior))
    low, high = np.percentile(odds[0] - odds[1], [2.5, 97.5], axis=0)
    return list(zip(low.tolist(), high.tolist(), strict=True))
