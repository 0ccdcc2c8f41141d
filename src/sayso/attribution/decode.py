"""Scores to drafts and names: cues, then for every cue its source and its content over legal paths; names over paths of their own.

Always true here: a cue is found in the one window that scores it, and reads its source and content from all of that window; no piece is
cue, source and content of the same attribution at once; a draft's `within` is the smallest content of another draft that holds its cue;
names are disjoint. Time grows linearly with the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.attribution.completion import complete
from sayso.attribution.draft import Draft, Found, Name
from sayso.attribution.mentions import Mention, links, mean_state
from sayso.attribution.paths import FORBIDDEN, Range, best_span, best_spans
from sayso.document import Document
from sayso.encoder.heads import BEGIN, CHANNELS, CONTENT, END, INSIDE, NAME_KINDS, SOURCE, DecoderSettings
from sayso.encoder.windows import Ints, Pieces, Tokenizer, Window, framed, pieces, windows
from sayso.spans import Span, Spans, merge

Floats = NDArray[np.float32]
CONTENT_BIAS = 4.0  # log odds: a cue hands something over, however unsure its borders are; if there is nothing at all, it is no cue


class Scorer(Protocol):
    """Anything that runs the network: the released model, or the one in training."""

    tokenizer: Tokenizer
    settings: DecoderSettings
    threads: int  # windows that it can score at the same time

    def encode(self, ids: Ints, case: Ints, quoted: Ints, mask: Floats) -> tuple[Floats, Floats, Floats]:
        """States [B, N, W], path scores of cues [B, N, 3] and of names [B, N, 12]."""
        ...

    def roles(self, states: Floats, row: Ints, first: Ints, last: Ints) -> Floats:
        """Path scores [C, N, 6] of source and content for every cue."""
        ...

    def links(self, antecedents: Floats, mentions: Floats, distance: Ints) -> Floats:
        """Scores [P] of pairs of mentions, from their mean states [P, W] and steps of distance."""
        ...


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one window showed."""

    drafts: tuple[Draft, ...] = ()
    names: tuple[Name, ...] = ()
    mentions: tuple[Mention, ...] = ()


def find(scorer: Scorer, documents: Sequence[Document]) -> list[Found]:
    """The attributions of each document, in order of their cues, its names, and what its unnamed sources may refer to.

    Each window goes through the network alone, as many at a time as the scorer has threads: the int8 network's scales are those of one
    call, so what is read in a window must not depend on which others happen to be near.
    """
    texts = [pieces(document.text, scorer.tokenizer) for document in documents]
    jobs = [(number, window) for number, text in enumerate(texts) for window in text_windows(text)]
    seen: list[list[_Seen]] = [[] for _ in documents]
    with ThreadPoolExecutor(scorer.threads) as pool:
        found = pool.map(partial(_window, scorer), [texts[number] for number, _ in jobs], [window for _, window in jobs])
        for (number, _), part in zip(jobs, found, strict=True):
            seen[number].append(part)
    return [_found(scorer, document, parts) for document, parts in zip(documents, seen, strict=True)]


def _found(scorer: Scorer, document: Document, parts: Sequence[_Seen]) -> Found:
    drafts = _once(sorted((draft for part in parts for draft in part.drafts), key=_position))
    names = _disjoint([name for part in parts for name in part.names])
    return Found(
        tuple(complete(document.text, drafts)),
        names,
        links(scorer, [mention for part in parts for mention in part.mentions], names, drafts),
    )


def text_windows(text: Pieces) -> list[Window]:
    """The windows of a text, cut at paragraph breaks where possible."""
    return windows(len(text), np.flatnonzero(text.ends == text.starts))


def _position(draft: Draft) -> tuple[Spans, Spans]:
    return draft.cue or draft.content, draft.content


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """Without the second sight of a cue: two windows may disagree about where a cue at their border begins; the earlier one has it."""
    kept: list[Draft] = []
    for draft in drafts:
        if not kept or kept[-1].cue[-1].end <= draft.cue[0].start:
            kept.append(draft)
    return kept


def _disjoint(names: Sequence[Name]) -> tuple[Name, ...]:
    kept: list[Name] = []
    for name in names:
        if not kept or kept[-1].span.end <= name.span.start:
            kept.append(name)
    return tuple(kept)


def encoded(scorer: Scorer, text: Pieces, window: Window) -> tuple[Floats, Floats, Floats]:
    """States, cue scores and name scores of one window, special pieces at both ends included."""
    rows = slice(window.start, window.end)
    ids, case, quoted = framed(scorer.tokenizer, text.ids[rows], text.case[rows], text.quoted[rows])
    return scorer.encode(ids, case, quoted, np.ones(ids.shape, np.float32))


def _window(scorer: Scorer, text: Pieces, window: Window) -> _Seen:
    states, cue_scores, name_scores = encoded(scorer, text, window)
    kinds = name_scores[0].reshape(-1, len(NAME_KINDS), CHANNELS).transpose(1, 0, 2)
    scores = _outside(np.concatenate((cue_scores, kinds)))
    scores[0, :, BEGIN] += scorer.settings.cue_bias
    (cue_ranges, *name_ranges), _ = best_spans(scores)
    low, high = window.first - window.start, window.last - window.start
    cues = [(first, last) for first, last in cue_ranges if low <= first - 1 < high]
    odds = np.array([_sum(scores[0], cue) for cue in cues], np.float32)
    named = _strongest(
        [(_sum(scores[1 + kind], at), at, kind) for kind, ranges in enumerate(name_ranges) for at in ranges if low <= at[0] - 1 < high]
    )
    shift = window.start - 1
    names, mentions = [], []
    for at, kind in named:
        for span in _characters(text, shift, [at])[:1]:
            names.append(Name(span, NAME_KINDS[kind]))
            mentions.append(Mention(span, at[0] + shift, at[1] + shift, mean_state(states[0], at)))
    if not cues:
        return _Seen((), tuple(names), tuple(mentions))
    first, last = (np.array(column, np.int64) for column in zip(*cues, strict=True))
    roles = scorer.roles(states, np.zeros(len(cues), np.int64), first, last)
    drafts = []
    for draft, source in _drafts(roles, text, shift, cues, odds, scorer.settings):
        drafts.append(draft)
        if source is not None and draft.source:
            mentions.append(Mention(draft.source[0], source[0] + shift, source[1] + shift, mean_state(states[0], source)))
    return _Seen(tuple(drafts), tuple(names), tuple(mentions))


def _sum(scores: Floats, at: Range) -> float:
    """The score of one span."""
    return float(scores[at[0] : at[1] + 1, INSIDE].sum() + scores[at[0], BEGIN] + scores[at[1], END])


def _strongest(found: list[tuple[float, Range, int]]) -> list[tuple[Range, int]]:
    """The ranges that overlap none with a higher score, in order of the text, with their kinds."""
    kept: list[tuple[Range, int]] = []
    for _, at, kind in sorted(found, key=lambda row: -row[0]):
        if all(at[1] < other[0] or other[1] < at[0] for other, _ in kept):
            kept.append((at, kind))
    return sorted(kept)


def _outside(scores: Floats) -> Floats:
    """A copy in which the special pieces at both ends can stand inside nothing."""
    scores = scores.copy()
    scores[:, [0, -1], INSIDE] = FORBIDDEN
    return scores


def _drafts(
    scores: Floats, text: Pieces, shift: int, cues: Sequence[Range], odds: Floats, settings: DecoderSettings
) -> list[tuple[Draft, Range | None]]:
    """A draft for every cue that hands something over, and where its source stands in the window."""
    at = np.arange(scores.shape[1])[None]
    first, last = (np.array(column)[:, None] for column in zip(*cues, strict=True))
    own = (at >= first) & (at <= last)
    per_role = [_outside(scores[..., role * CHANNELS : (role + 1) * CHANNELS]) for role in (SOURCE, CONTENT)]
    for part in per_role:
        part[..., INSIDE][own] = FORBIDDEN
    sources, source_sure = best_span(per_role[SOURCE], settings.source_bias)
    for number, found in enumerate(sources):
        if found is not None:
            per_role[CONTENT][number, found[0] : found[1] + 1, INSIDE] = FORBIDDEN
    contents, content_sure = best_spans(per_role[CONTENT])
    needed, needed_sure = best_span(per_role[CONTENT], CONTENT_BIAS)
    weights = np.asarray(settings.confidence)
    made: list[tuple[Draft, Range | None]] = []
    for number, content in enumerate(contents):
        sure = content_sure[number]
        if not content:
            best = needed[number]
            content, sure = [best] if best else [], needed_sure[number]
        words = _characters(text, shift, content)
        cue = _characters(text, shift, [cues[number]])
        if not words or not cue:
            continue
        source = sources[number]
        features = np.array([1.0, odds[number], _log_odds(source_sure[number]), _log_odds(sure)])
        draft = Draft(
            content=words,
            source=_characters(text, shift, [source]) if source else (),
            cue=cue,
            confidence=float(1.0 / (1.0 + np.exp(-np.clip(weights @ features, -20.0, 20.0)))),
        )
        made.append((draft, source))
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
