"""The tone network listens to a document: every sentence by itself, and how it speaks of each actor whom it names.

Always true here: each sentence goes through the network alone, as many at a time as the scorer has threads, so what is heard in it depends
on its words only: not on its neighbors, the outlet, or how often it is repeated (the int8 network's scales are those of one call). A
sentence longer than the network hears at once is heard in parts. Time grows linearly with the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.document import Document
from sayso.encoder.calibration import Calibration, shares
from sayso.encoder.tones import CERTAINTY, EDITORIAL, EDITORIALIZES, LOADED, LONGEST, ROLE, STANCE, TONE, TRIGGER
from sayso.encoder.windows import Ints, Pieces, Tokenizer, framed, pieces
from sayso.language import sentence_spans
from sayso.measures.heard import ROLES, Actor, Heard, Mention, Sentence
from sayso.spans import Span, Spans, trim
from sayso.structure import word_spans

Floats = NDArray[np.float32]
DIGITS = 6  # of a vector's numbers that are kept


class ToneScorer(Protocol):
    """Anything that runs the tone network: the released one, or the one in training."""

    tokenizer: Tokenizer
    threads: int
    calibration: Calibration
    fingerprint: str
    """Whose vectors it gives: two with the same fingerprint give the same vectors."""

    def hear(self, ids: Ints, case: Ints, mask: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """States below the fork and of the tuned branch [B, N, W], scores of word pieces [B, N, 3] and of sentences [B, 10]."""
        ...

    def targets(self, states: Floats, mask: Floats, row: Ints, first: Ints, last: Ints) -> Floats:
        """Scores [M, 7] of mentions."""
        ...

    def vectors(self, shared: Floats, mask: Floats) -> Floats:
        """Unit vectors [B, W] of sentences."""
        ...


@dataclass(frozen=True, slots=True)
class _Job:
    """One sentence to hear: its place in the text, its pieces `[low, high)`, its words and the mentions in it (actor, span)."""

    document: int
    span: Span
    low: int
    high: int
    words: Spans
    mentions: tuple[tuple[int, Span], ...]


def listen(scorer: ToneScorer, documents: Sequence[Document], actors: Sequence[Sequence[Actor]], *, vectors: bool = True) -> list[Heard]:
    """What the tone network hears in each document.

    Args:
        scorer: the network.
        documents: any number.
        actors: for each document, whose mentions are listened to.
        vectors: whether the vectors of sentences are worked out too.

    """
    texts = [pieces(document.text, scorer.tokenizer) for document in documents]
    jobs = [
        job
        for number, (document, text, named) in enumerate(zip(documents, texts, actors, strict=True))
        for job in _jobs(number, document, text, named)
    ]
    found: list[list[tuple[Sentence, list[Mention]]]] = [[] for _ in documents]
    with ThreadPoolExecutor(scorer.threads) as pool:
        for job, heard in zip(jobs, pool.map(partial(_hear, scorer, texts, vectors), jobs), strict=True):
            found[job.document].append(heard)
    fingerprint = scorer.fingerprint if vectors else ""
    return [_together(parts, tuple(named), fingerprint) for parts, named in zip(found, actors, strict=True)]


def _together(parts: Sequence[tuple[Sentence, list[Mention]]], actors: tuple[Actor, ...], fingerprint: str) -> Heard:
    mentions = [
        Mention(mention.span, mention.actor, number, mention.stance, mention.roles)
        for number, (_, several) in enumerate(parts)
        for mention in several
    ]
    return Heard(tuple(sentence for sentence, _ in parts), actors, tuple(mentions), fingerprint)


def _jobs(number: int, document: Document, text: Pieces, actors: Sequence[Actor]) -> list[_Job]:
    words = word_spans(document.text)
    word_starts = [word.start for word in words]
    named = sorted(((span, place) for place, actor in enumerate(actors) for span in actor.mentions), key=lambda item: item[0])
    named_starts = [span.start for span, _ in named]
    jobs: list[_Job] = []
    for sentence in sentence_spans(document.text):
        first = int(np.searchsorted(text.ends, sentence.start, side="right"))
        last = int(np.searchsorted(text.starts, sentence.end, side="left"))
        for low in range(first, last, LONGEST):
            high = min(low + LONGEST, last)
            start = sentence.start if low == first else int(text.starts[low])
            end = sentence.end if high == last else int(text.starts[high])
            if start >= end:
                continue
            span = trim(document.text, Span(start, end))
            if span is None:
                continue
            inside = tuple(words[bisect_left(word_starts, span.start) : bisect_left(word_starts, span.end)])
            among = named[bisect_left(named_starts, span.start) : bisect_right(named_starts, span.end - 1)]
            held = tuple((place, mention) for mention, place in among if mention.end <= span.end)
            jobs.append(_Job(number, span, low, high, inside, held))
    return jobs


def _hear(scorer: ToneScorer, texts: Sequence[Pieces], vectors: bool, job: _Job) -> tuple[Sentence, list[Mention]]:
    text, calibration = texts[job.document], scorer.calibration
    rows = slice(job.low, job.high)
    ids, case = framed(scorer.tokenizer, text.ids[rows], text.case[rows])
    mask = np.ones(ids.shape, np.float32)
    shared, states, wordings, scores = scorer.hear(ids, case, mask)
    starts, ends = text.starts[rows], text.ends[rows]
    loaded = calibration.loaded.probability(wordings[0, 1:-1, LOADED])
    editorial = calibration.editorial.probability(wordings[0, 1:-1, EDITORIAL])
    places = [_places(starts, ends, word) for word in job.words]
    whole = scores[0]
    sentence = Sentence(
        span=job.span,
        words=job.words,
        loaded=tuple(float(loaded[low:high].max(initial=0.0)) for low, high in places),
        editorial=tuple(float(editorial[low:high].max(initial=0.0)) for low, high in places),
        editorializes=float(calibration.editorializes.probability(whole[EDITORIALIZES])),
        triggers=tuple(shares(whole[TRIGGER], calibration.triggers).tolist()),
        tone=_three(shares(whole[TONE], calibration.tone)),
        certainty=float(calibration.certainty.probability(whole[CERTAINTY])),
        vector=tuple(np.round(scorer.vectors(shared, mask)[0], DIGITS).tolist()) if vectors else (),
    )
    return sentence, _mentions(scorer, states, mask, starts, ends, job)


def _places(starts: Ints, ends: Ints, span: Span) -> tuple[int, int]:
    """The pieces `[low, high)` that share a character with a span."""
    return int(np.searchsorted(ends, span.start, side="right")), int(np.searchsorted(starts, span.end, side="left"))


def _mentions(scorer: ToneScorer, states: Floats, mask: Floats, starts: Ints, ends: Ints, job: _Job) -> list[Mention]:
    if not job.mentions:
        return []
    places = [_places(starts, ends, span) for _, span in job.mentions]
    first = np.minimum(np.array([low for low, _ in places]) + 1, len(starts))
    last = np.maximum(np.array([high for _, high in places]), first)
    scores = scorer.targets(states, mask, np.zeros(len(first), np.int64), first, last)
    stances, roles = shares(scores[:, STANCE], scorer.calibration.stance), shares(scores[:, ROLE], scorer.calibration.roles)
    return [
        Mention(span, actor, 0, _three(stance), _three(role[: len(ROLES)]))
        for (actor, span), stance, role in zip(job.mentions, stances, roles, strict=True)
    ]


def _three(values: NDArray[np.float64]) -> tuple[float, float, float]:
    first, second, third = (float(value) for value in values)
    return first, second, third
