"""What a fitted codebook looks at in a text: its mean sentence vector, its rank scores, and the words that coded texts share.

Always true here: each feature is of one text by itself; words are weighted as in tf-idf (1 + log of the count, times the logarithm of how
rare the word is among the coded texts, brought to length 1), and only words that stand in several coded texts are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.codebooks.rank import Ranker, split, text_scores
from sayso.codebooks.vectors import Floats, Vectors, means
from sayso.codebooks.words import tokens

MOST_WORDS = 800
FEWEST_TEXTS = 3  # coded texts in which a word has to stand

Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts as the model sees them.

    Attributes:
        vectors: mean sentence vector of each; None where there are no vectors.
        scores: rank score of each for each frame.
        tokens: words of each.

    """

    vectors: Floats | None
    scores: Table
    tokens: Sequence[Sequence[str]]

    def take(self, places: NDArray[np.int64]) -> Texts:
        """Some of the texts."""
        rows = None if self.vectors is None else self.vectors[places]
        return Texts(rows, self.scores[places], [self.tokens[place] for place in places])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that are looked at, each with the logarithm of how rare it is."""

    words: tuple[str, ...]
    rarity: tuple[float, ...]

    def table(self, texts: Sequence[Sequence[str]]) -> Table:
        """The weights of the words in each text; (texts, words)."""
        place = {word: number for number, word in enumerate(self.words)}
        found = np.zeros((len(texts), len(place)))
        for row, text in enumerate(texts):
            for word, count in Counter(text).items():
                if word in place:
                    found[row, place[word]] = 1.0 + np.log(count)
        found *= np.array(self.rarity)
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9))


def vocabulary(texts: Sequence[Sequence[str]], most: int = MOST_WORDS) -> Vocabulary:
    """The words that stand in most of the texts, the commonest first."""
    spread = Counter(word for text in texts for word in set(text))
    words = sorted((word for word, count in spread.items() if count >= FEWEST_TEXTS), key=lambda word: (-spread[word], word))[:most]
    return Vocabulary(tuple(words), tuple(round(float(np.log(len(texts) / spread[word])) + 1.0, 4) for word in words))


def texts_of(raw: Sequence[str], ranker: Ranker, vectors: Vectors | None) -> Texts:
    """Texts as the model sees them; `vectors` are those that the ranker was made with."""
    sentences = split(raw)
    flat = [sentence for found in sentences for sentence in found]
    return seen(sentences, None if vectors is None else vectors(flat), ranker)


def seen(sentences: Sequence[Sequence[str]], rows: Floats | None, ranker: Ranker) -> Texts:
    """The same, for texts that are split already and whose sentences' vectors are known, one row for each in order."""
    sizes = [len(found) for found in sentences]
    flat = [sentence for found in sentences for sentence in found]
    scores = text_scores(ranker.scores(flat, rows), sizes)
    return Texts(None if rows is None else means(rows, sizes), scores, tokens([" ".join(found) for found in sentences]))


def design(texts: Texts, words: Vocabulary | None) -> Table:
    """All features of each text side by side: vector, rank scores, words."""
    blocks: list[Table] = [] if texts.vectors is None else [texts.vectors.astype(np.float64)]
    blocks.append(texts.scores)
    if words is not None:
        blocks.append(words.table(texts.tokens))
    return np.concatenate(blocks, axis=1)
