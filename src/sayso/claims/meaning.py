"""What statements mean by the released network: a vector for each, and for each pair how far its word pieces cover each other.

The same arithmetic as `training.claims.network`: two statements are compared piece by piece ("late interaction", Khattab and Zaharia 2020).
Always true here: each statement goes through the network alone, so what it means does not depend on the others; only how rare a piece is,
and the mean that is taken away from all states, are those of the story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import log
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.encoder.claims import COVERAGES, LONGEST_STATEMENT
from sayso.encoder.windows import Ints, Tokenizer, framed, pieces

Floats = NDArray[np.float32]


class PieceScorer(Protocol):
    """What is needed of `encoder.claim_session.ClaimSession`."""

    tokenizer: Tokenizer
    threads: int
    weights: Mapping[str, Floats]
    """Of the scorer of pairs."""
    miss_rate: float | None
    """Share of tellings in other articles that it does not find, on stories that it was not trained on."""

    def look(self, ids: Ints, mask: Floats) -> tuple[Floats, Floats, Floats]:
        """Unit vectors [B, W], states [B, N, W] and log weights [B, N] of word pieces."""
        ...


@dataclass(frozen=True, slots=True)
class Meanings:
    """What N statements of one story mean.

    Attributes:
        vectors: unit vectors [N, W].
        coverages: of all pairs [N, N, 4], in the order of `encoder.claims.COVERAGES`.

    """

    vectors: Floats
    coverages: Floats


def meanings(texts: Sequence[str], scorer: PieceScorer) -> Meanings:
    """Those of the statements of one story, each on one line."""
    ids = [pieces(text, scorer.tokenizer).ids[:LONGEST_STATEMENT] for text in texts]

    def look(row: Ints) -> tuple[Floats, Floats, Floats]:
        (whole,) = framed(scorer.tokenizer, row)
        vectors, states, weights = scorer.look(whole, np.ones(whole.shape, dtype=np.float32))
        return vectors[0], states[0, 1:-1], weights[0, 1:-1]

    with ThreadPoolExecutor(scorer.threads) as pool:
        found = list(pool.map(look, ids))
    if not found:
        return Meanings(np.zeros((0, 0), dtype=np.float32), np.zeros((0, 0, len(COVERAGES)), dtype=np.float32))
    counts = Counter(piece for row in ids for piece in set(row.tolist()))
    rarity = [np.array([log((len(ids) + 1) / counts[piece]) for piece in row.tolist()], dtype=np.float32) for row in ids]
    states = [each for _, each, _ in found]
    weights = [rare * np.exp(each) for rare, (_, _, each) in zip(rarity, found, strict=True)]
    return Meanings(np.stack([vector for vector, _, _ in found]), coverages(states, weights))


def coverages(states: Sequence[Floats], weights: Sequence[Floats]) -> Floats:
    """How far each two statements cover each other.

    Args:
        states: of the word pieces of each statement [n, W].
        weights: how much each of them counts [n], at least 0.

    Returns:
        [N, N, 4] in the order of `COVERAGES`; 0 for a statement without pieces.

    """
    size = len(states)
    sizes = np.array([len(each) for each in states])
    if not sizes.sum():
        return np.zeros((size, size, len(COVERAGES)), dtype=np.float32)
    whole, weight, owner = np.concatenate(states), np.concatenate(weights), np.repeat(np.arange(size), sizes)
    units = _unit(whole - whole.mean(axis=0))
    ends = np.cumsum(sizes)
    totals = np.maximum(np.bincount(owner, weights=weight, minlength=size), 1e-6)
    covered = np.zeros((size, size), dtype=np.float32)  # row: who is covered; column: by whom
    for column in np.flatnonzero(sizes):
        best = (units @ units[ends[column] - sizes[column] : ends[column]].T).max(axis=1)
        covered[:, column] = np.bincount(owner, weights=best * weight, minlength=size) / totals
    middle = np.zeros((size, units.shape[1]), dtype=np.float32)
    np.add.at(middle, owner, units * weight[:, None])
    middle = _unit(middle)
    both = np.stack((covered, covered.T))
    return np.stack((both.min(axis=0), both.max(axis=0), both.mean(axis=0), middle @ middle.T), axis=-1).astype(np.float32)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9), dtype=np.float32)
