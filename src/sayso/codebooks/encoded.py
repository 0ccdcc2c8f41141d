"""Vectors of any sentences by the released network: the same arithmetic as when it hears the sentences of a document.

Always true here: each text goes through the network alone, so its row does not depend on the others; a text longer than the network hears
at once has the mean of its parts; a text without words has a row of zeros.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np

from sayso.codebooks.vectors import Floats
from sayso.encoder.tones import LONGEST
from sayso.encoder.windows import Ints, Tokenizer, framed, pieces

WIDTH = 384


class SentenceScorer(Protocol):
    """What is needed of `encoder.tone_session.ToneSession`."""

    tokenizer: Tokenizer
    threads: int
    fingerprint: str

    def hear(self, ids: Ints, case: Ints, mask: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """States below the fork first [B, N, W]."""
        ...

    def vectors(self, shared: Floats, mask: Floats) -> Floats:
        """Unit vectors [B, W] of sentences."""
        ...


class Encoded:
    """The vectors of a network."""

    def __init__(self, scorer: SentenceScorer) -> None:
        self._scorer = scorer
        self.fingerprint = scorer.fingerprint

    def __call__(self, texts: Sequence[str], /) -> Floats:
        """One row for each text."""
        with ThreadPoolExecutor(self._scorer.threads) as pool:
            rows = list(pool.map(self._row, texts))
        return np.stack(rows) if rows else np.zeros((0, WIDTH), dtype=np.float32)

    def _row(self, text: str) -> Floats:
        found = pieces(text, self._scorer.tokenizer)
        total = np.zeros(WIDTH, dtype=np.float32)
        for low in range(0, len(found), LONGEST):
            part = slice(low, low + LONGEST)
            ids, case = framed(self._scorer.tokenizer, found.ids[part], found.case[part])
            mask = np.ones(ids.shape, dtype=np.float32)
            total = total + self._scorer.vectors(self._scorer.hear(ids, case, mask)[0], mask)[0]
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)
