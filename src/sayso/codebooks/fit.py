"""From coded examples to a fitted codebook: choose, cross-validate by outlet, say how well it does.

The model is a ridge regression on sentence vector, rank scores and words. Whether words help, how strong the penalty is and where a frame
begins to be given is chosen by folds inside the training part, so the reported figures are of texts whose outlet had no part in anything.

Always true here: texts of one outlet stand in one fold; a text without an outlet stands for itself, together with its repetitions, and the
report says how many there are; the same examples give the same model and figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

import numpy as np

from sayso.codebooks.book import OTHER, Codebook
from sayso.codebooks.coded import Coded
from sayso.codebooks.decide import Decision, Flags, Table, decision
from sayso.codebooks.features import Texts, Vocabulary, design, texts_of, vocabulary
from sayso.codebooks.figures import SEED, figures, most_frequent
from sayso.codebooks.fitted import Fitted
from sayso.codebooks.rank import Ranker, ranker
from sayso.codebooks.ridge import folds, ridge
from sayso.codebooks.vectors import Vectors
from sayso.errors import CodebookError

FOLDS = 5
PENALTIES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
FEWEST, MOST = 10, 20_000  # coded texts
FEW = 20  # examples of a frame below which the report warns


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What one training part gives."""

    words: Vocabulary | None
    penalty: float
    weights: Table
    intercept: Table
    rule: Decision

    def codes(self, texts: Texts, frames: int) -> Flags:
        """Which frames these texts are given."""
        return self.rule.codes(self.rule.probabilities(design(texts, self.words) @ self.weights + self.intercept), frames)


def fit(book: Codebook, coded: Sequence[Coded], vectors: Vectors | None, seed: int = SEED) -> Fitted:
    """Fit a codebook to coded examples.

    Args:
        book: the codebook.
        coded: texts with their frames, at least 10; whether a text may have several frames is told by them.
        vectors: who makes the sentence vectors; None to go by words only.
        seed: of folds and resamples.

    Raises:
        CodebookError: there are too few or too many examples, or no two codes to tell apart.

    """
    ready = ranker(book, vectors)
    texts = texts_of([item.text for item in coded], ready, vectors)
    gold = flags(book, coded)
    single = is_single(coded)
    _enough(book, gold, len(coded))
    groups = groups_of(coded)
    report: dict[str, Any] = {
        "texts": len(coded),
        "several_frames": not single,
        "outlets": len({item.group for item in coded if item.group}),
        "without_outlet": sum(item.group is None for item in coded),
        "folds_by": folded_by(coded),
        "seed": seed,
        "vectors": None if vectors is None else vectors.fingerprint,
        "few": [frame for frame, count in zip(book.labels, gold.sum(axis=0), strict=True) if 0 < count < FEW],
        "never_coded": [frame for frame, count in zip(book.labels, gold.sum(axis=0), strict=True) if not count],
    }
    rows = cross_validated(texts, gold, groups, single, seed)
    report["figures"] = {name: asdict(figures(book.labels, gold, found, groups, single, seed)) for name, found in rows.items()}
    model = train(texts, gold, groups, single, seed)
    report |= {"penalty": model.penalty, "words": 0 if model.words is None else len(model.words.words)}
    return Fitted(_rounded(ready), report["vectors"], model.words, model.weights, model.intercept, model.rule, report)


def cross_validated(texts: Texts, gold: Flags, groups: Sequence[str], single: bool, seed: int) -> dict[str, Flags]:
    """What each text is given by a model that never saw its group: the fitted one, one with words only, and the most frequent code.

    Returns:
        the codes by row of the report; `fitted` first (without vectors there is no other row for words).

    """
    fold = folds(groups, FOLDS, seed)
    blind = Texts(None, np.zeros((len(gold), 0)), texts.tokens)
    systems = {"fitted": texts, "words only": blind}
    found = {name: np.zeros_like(gold) for name in (*systems, "most frequent")}
    for number in range(int(fold.max()) + 1):
        seen, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        ours = [groups[int(place)] for place in seen]
        for name, system in systems.items():
            model = train(system.take(seen), gold[seen], ours, single, seed)
            found[name][held] = model.codes(system.take(held), gold.shape[1])
        found["most frequent"][held] = most_frequent(gold[seen], len(held), single)
    return found


def train(texts: Texts, gold: Flags, groups: Sequence[str], single: bool, seed: int) -> Model:
    """The model of one training part: penalty and words by squared error on held-out folds, then everything on the whole part."""
    none = ~np.asarray(gold.any(axis=1))
    columns = np.column_stack((gold, none)) if single and none.any() else gold
    targets = columns.astype(np.float64)
    words = vocabulary(texts.tokens)
    options = [words] if texts.vectors is None else [None, words]
    tables = [design(texts, option) for option in options]
    fold = folds(groups, FOLDS, seed + 1)
    held_out = np.zeros((len(options), len(PENALTIES), *targets.shape))
    for number in range(int(fold.max()) + 1):
        rest, held = fold != number, fold == number
        if not rest.any():  # one group only: there is nothing to hold out
            rest = held
        for option, table in enumerate(tables):
            for place, (weights, intercept) in enumerate(ridge(table[rest], targets[rest], PENALTIES)):
                held_out[option, place, held] = table[held] @ weights + intercept
    choices = list(product(range(len(options)), range(len(PENALTIES))))
    option, place = min(choices, key=lambda choice: float(((held_out[choice] - targets) ** 2).mean()))
    ((weights, intercept),) = ridge(tables[option], targets, [PENALTIES[place]])
    rule = decision(held_out[option, place], targets, single)
    return Model(options[option], PENALTIES[place], np.round(weights, 5), np.round(intercept, 5), rule)


def flags(book: Codebook, coded: Sequence[Coded]) -> Flags:
    """Whether each text was given each frame; (texts, frames)."""
    return np.array([[label in item.frames for label in book.labels] for item in coded], dtype=bool).reshape(len(coded), len(book.labels))


def is_single(coded: Sequence[Coded]) -> bool:
    """Whether no text was given several frames."""
    return all(len(item.frames) <= 1 for item in coded)


def groups_of(coded: Sequence[Coded]) -> list[str]:
    """What is held out together: texts of one outlet; where there is no outlet (or one only), texts with the same words."""
    by_outlet = len({item.group for item in coded}) > 1
    return [f"outlet {item.group.casefold()}" if by_outlet and item.group else f"text {item.text.casefold()}" for item in coded]


def folded_by(coded: Sequence[Coded]) -> str:
    """By what the folds were made, in words."""
    outlets, without = {item.group for item in coded if item.group}, sum(item.group is None for item in coded)
    if len(outlets) + (without > 0) < 2:
        return "text: no outlets are given, so the figures may be too good for an outlet that was not coded"
    if without:
        return f"outlet; {without} texts without one stand for themselves"
    return "outlet"


def _enough(book: Codebook, gold: Flags, count: int) -> None:
    if not FEWEST <= count <= MOST:
        raise CodebookError(
            f"{count} coded examples: fitting takes {FEWEST} to {MOST:,}; below that, rank passages with sayso codebook apply"
        )
    tried = int((gold.any(axis=0) & ~gold.all(axis=0)).sum())
    if not tried:
        raise CodebookError(f"all examples have the same code: give some of other frames of {book.name}, or of {OTHER}")


def _rounded(ready: Ranker) -> Ranker:
    """The ranker as it comes back from a file, so that fitted and loaded codebooks give the same."""
    return ready if ready.anchors is None else Ranker(ready.book, ready.words, np.round(ready.anchors, 5))
