"""Scores to drafts: cues, then for every cue its source and its content over legal paths.

Always true here: a cue is found in the one window that scores it, and reads its source and content from all of that window; no piece is
cue, source and content of the same attribution at once; a draft's `within` is the smallest content of another draft that holds its cue.
Time grows linearly with the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.attribution.draft import Draft, Found
from sayso.attribution.floating import with_floating_quotations
from sayso.attribution.nesting import with_nesting
from sayso.attribution.paths import FORBIDDEN, Range, best_span, best_spans
from sayso.document import Document
from sayso.encoder.heads import BEGIN, CHANNELS, CONTENT, END, INSIDE, SOURCE, DecoderSettings
from sayso.encoder.windows import Ints, Pieces, Tokenizer, Window, pieces, special, windows
from sayso.spans import Span, Spans, merge

Floats = NDArray[np.float32]
CONTENT_BIAS = 4.0  # log odds: a cue hands something over, however unsure its borders are; if there is nothing at all, it is no cue


class Scorer(Protocol):
    """Anything that runs the network: the released model, or the one in training."""

    tokenizer: Tokenizer
    settings: DecoderSettings
    threads: int  # windows that it can score at the same time

    def encode(self, ids: Ints, case: Ints, quoted: Ints, mask: Floats) -> tuple[Floats, Floats]:
        """States [B, N, W] and cue path scores [B, N, 3]."""
        ...

    def roles(self, states: Floats, row: Ints, first: Ints, last: Ints) -> Floats:
        """Path scores [C, N, 6] of source and content for every cue."""
        ...


@dataclass(frozen=True, slots=True)
class _Job:
    """One window of one document."""

    document: int
    window: Window


def find(scorer: Scorer, documents: Sequence[Document]) -> list[Found]:
    """The attributions of each document, in order of their cues, and its names.

    Each window goes through the network alone, as many at a time as the scorer has threads: the int8 network's scales are those of one
    call, so what is read in a window must not depend on which others happen to be near.
    """
    texts = [pieces(document.text, scorer.tokenizer) for document in documents]
    jobs = [
        _Job(number, window) for number, text in enumerate(texts) for window in windows(len(text), np.flatnonzero(text.ends == text.starts))
    ]
    drafts: list[list[Draft]] = [[] for _ in documents]
    with ThreadPoolExecutor(scorer.threads) as pool:
        for job, found in zip(jobs, pool.map(partial(_window, scorer, texts), jobs), strict=True):
            drafts[job.document].extend(found)
    return [
        Found(tuple(with_nesting(with_floating_quotations(document.text, _once(sorted(found, key=_position))))))
        for document, found in zip(documents, drafts, strict=True)
    ]


def _position(draft: Draft) -> tuple[Spans, Spans]:
    return draft.cue or draft.content, draft.content


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """Without the second sight of a cue: two windows may disagree about where a cue at their border begins; the earlier one has it."""
    kept: list[Draft] = []
    for draft in drafts:
        if not kept or kept[-1].cue[-1].end <= draft.cue[0].start:
            kept.append(draft)
    return kept


def _window(scorer: Scorer, texts: Sequence[Pieces], job: _Job) -> list[Draft]:
    text, (start, end) = texts[job.document], (job.window.start, job.window.end)
    ids = np.zeros((1, end - start + 2), np.int64)
    case, quoted = np.zeros_like(ids), np.zeros_like(ids)
    ids[0, 0], ids[0, -1] = special(scorer.tokenizer, "[CLS]"), special(scorer.tokenizer, "[SEP]")
    ids[0, 1:-1], case[0, 1:-1], quoted[0, 1:-1] = text.ids[start:end], text.case[start:end], text.quoted[start:end]
    states, cue_scores = scorer.encode(ids, case, quoted, np.ones(ids.shape, np.float32))
    row, first, last, odds = _cues(cue_scores, [job], scorer.settings.cue_bias)
    if not len(row):
        return []
    scores = scorer.roles(states, row, first, last)
    return [draft for _, draft in _drafts(scores, texts, [job], row, first, last, odds, scorer.settings)]


def _cues(scores: Floats, jobs: Sequence[_Job], bias: float) -> tuple[Ints, Ints, Ints, Floats]:
    """Window, first and last position, and log odds of every cue that its window is to score."""
    scores = _outside(scores, [job.window.end - job.window.start for job in jobs])
    scores[..., BEGIN] += bias
    found: list[tuple[int, int, int, float]] = []
    for row, (ranges, job) in enumerate(zip(best_spans(scores)[0], jobs, strict=True)):
        low, high = job.window.first - job.window.start, job.window.last - job.window.start
        for first, last in ranges:
            if low <= first - 1 < high:
                odds = scores[row, first : last + 1, INSIDE].sum() + scores[row, first, BEGIN] + scores[row, last, END]
                found.append((row, first, last, float(odds)))
    columns = np.array(found, dtype=np.float64).reshape(-1, 4)
    places = columns[:, :3].astype(np.int64)
    return places[:, 0], places[:, 1], places[:, 2], columns[:, 3].astype(np.float32)


def _outside(scores: Floats, sizes: Sequence[int]) -> Floats:
    """A copy in which the special pieces and the padding can stand inside nothing."""
    scores = scores.copy()
    at = np.arange(scores.shape[1])[None]
    size = np.asarray(sizes)[:, None]
    scores[..., INSIDE][(at < 1) | (at > size)] = FORBIDDEN
    return scores


def _drafts(
    scores: Floats,
    texts: Sequence[Pieces],
    jobs: Sequence[_Job],
    row: Ints,
    first: Ints,
    last: Ints,
    odds: Floats,
    settings: DecoderSettings,
) -> list[tuple[int, Draft]]:
    sizes = [jobs[r].window.end - jobs[r].window.start for r in row.tolist()]
    at = np.arange(scores.shape[1])[None]
    own = (at >= first[:, None]) & (at <= last[:, None])
    per_role = [_outside(scores[..., role * CHANNELS : (role + 1) * CHANNELS], sizes) for role in (SOURCE, CONTENT)]
    for part in per_role:
        part[..., INSIDE][own] = FORBIDDEN
    sources, source_sure = best_span(per_role[SOURCE], settings.source_bias)
    for number, found in enumerate(sources):
        if found is not None:
            per_role[CONTENT][number, found[0] : found[1] + 1, INSIDE] = FORBIDDEN
    contents, content_sure = best_spans(per_role[CONTENT])
    needed, needed_sure = best_span(per_role[CONTENT], CONTENT_BIAS)
    weights = np.asarray(settings.confidence)
    made: list[tuple[int, Draft]] = []
    for number, content in enumerate(contents):
        job = jobs[int(row[number])]
        text, shift = texts[job.document], job.window.start - 1
        sure = content_sure[number]
        if not content:
            best = needed[number]
            content, sure = [best] if best else [], needed_sure[number]
        words = _characters(text, shift, content)
        if not words:
            continue
        source = sources[number]
        features = np.array([1.0, odds[number], _log_odds(source_sure[number]), _log_odds(sure)])
        draft = Draft(
            content=words,
            source=_characters(text, shift, [source]) if source else (),
            cue=_characters(text, shift, [(int(first[number]), int(last[number]))]),
            confidence=float(1.0 / (1.0 + np.exp(-np.clip(weights @ features, -20.0, 20.0)))),
        )
        if draft.cue:
            made.append((job.document, draft))
    return made


def _log_odds(log_probability: np.float32) -> float:
    p = min(max(float(np.exp(log_probability)), 1e-4), 1 - 1e-4)
    return float(np.log(p / (1 - p)))


def _characters(text: Pieces, shift: int, ranges: Sequence[Range]) -> Spans:
    """Ranges of positions as spans of characters; paragraph breaks at their ends are left out."""
    found: list[Span] = []
    for low, high in ranges:
        low, high = low + shift, high + shift
        while low <= high and text.ends[low] == text.starts[low]:
            low += 1
        while high >= low and text.ends[high] == text.starts[high]:
            high -= 1
        if low <= high:
            found.append(Span(int(text.starts[low]), int(text.ends[high])))
    return merge(found)  # several pieces of one character share its offsets
