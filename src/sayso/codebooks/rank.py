"""What can be done with definitions and words alone: put passages in order, for somebody to read. Nothing is decided here.

The score of a sentence for a frame is how much closer it lies to what the codebook says of this frame (the mean vector of definition,
question and examples) than to what it says of its frames on average, plus a little for each different word of the frame, up to three.
Without vectors only the words count. A longer text scores the mean of its three best sentences. Scores put passages of one frame in order;
they are no probabilities, and those of two codebooks cannot be compared.

Always true here: a sentence is scored by itself; equal sentences score alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.codebooks.book import Codebook
from sayso.codebooks.vectors import Floats, Vectors, means
from sayso.codebooks.words import Words, words_of
from sayso.language import sentence_spans

WORD = 0.15
"""What one word of the frame adds to a score. Chosen on development data among 0.02 to 0.3: from 0.1 on it hardly matters."""
MOST_WORDS = 3
BEST = 3  # sentences of a text that count for its score

NOTE = "ranked by likeness to the codebook's definitions and by its words: passages to read, nothing has been coded"

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage to read.

    Attributes:
        label: the frame it may show.
        passage: its place among the passages.
        score: by which it is ranked; see the module.
        words: the frame's words in it.

    """

    label: str
    passage: int
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Ranker:
    """A codebook ready to score sentences.

    Attributes:
        book: the codebook.
        words: its words.
        anchors: a row of length 1 for each frame; None where there are no vectors.

    """

    book: Codebook
    words: Words
    anchors: Floats | None = None

    def scores(self, sentences: Sequence[str], rows: Floats | None) -> Scores:
        """The score of each sentence for each frame; (sentences, frames).

        Args:
            sentences: their words.
            rows: their vectors, of the same maker as the anchors; None to go by words only.

        """
        frames = len(self.book.frames)
        counts = np.array([self.words.counts(sentence, frames) for sentence in sentences], dtype=np.float64).reshape(-1, frames)
        found = WORD * np.minimum(counts, MOST_WORDS)
        if rows is not None and self.anchors is not None:
            likeness = rows.astype(np.float64) @ self.anchors.astype(np.float64).T
            found += likeness - likeness.mean(axis=1, keepdims=True)
        return found

    def best(self, sentences: Sequence[str], rows: Floats | None, most: int) -> list[Candidate]:
        """The sentences to read first for each frame, in order; those that score above 0 only, and of equal ones the first."""
        first = list({sentence: number for number, sentence in reversed(list(enumerate(sentences)))}.values())
        first.sort()
        if not first:
            return []
        scores = self.scores(sentences, rows)
        found = []
        for frame, label in enumerate(self.book.labels):
            order = sorted((number for number in first if scores[number, frame] > 0), key=lambda number: -scores[number, frame])
            for number in order[:most]:
                hits = dict.fromkeys(hit.word for hit in self.words.hits(sentences[number]) if hit.frame == frame)
                found.append(Candidate(label, number, float(scores[number, frame]), tuple(hits)))
        return found


def ranker(book: Codebook, vectors: Vectors | None = None) -> Ranker:
    """A codebook made ready; with vectors, its definitions, questions and examples are encoded once."""
    return Ranker(book, words_of(book), None if vectors is None else anchors(book, vectors))


def anchors(book: Codebook, vectors: Vectors) -> Floats:
    """For each frame the mean vector of all that the codebook says of it, of length 1; (frames, width)."""
    return means(vectors([text for frame in book.frames for text in frame.texts]), [len(frame.texts) for frame in book.frames])


def split(texts: Sequence[str]) -> list[list[str]]:
    """The sentences of each text."""
    return [[text[span.start : span.end] for span in sentence_spans(text)] for text in texts]


def text_scores(scores: Scores, sizes: Sequence[int]) -> Scores:
    """The score of each text for each frame, from those of its sentences in a row; (texts, frames)."""
    found = np.zeros((len(sizes), scores.shape[1]))
    at = 0
    for number, size in enumerate(sizes):
        if size:
            found[number] = np.sort(scores[at : at + size], axis=0)[::-1][:BEST].mean(axis=0)
        at += size
    return found
