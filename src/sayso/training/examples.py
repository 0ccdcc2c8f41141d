"""Annotated texts to windows of labelled word pieces, freshly noised each time they are drawn.

Always true here: labels and inputs are made from the same text by the same code as at run time (`encoder.windows`); a label that the
annotators could not give is `UNKNOWN`, never `OUT`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from sayso.encoder.heads import CONVENTIONS, WINDOW
from sayso.encoder.windows import Pieces, pieces, special
from sayso.spans import Spans, covered
from sayso.training import augment
from sayso.training.corpora import Annotated, Marked
from sayso.training.network import IN, OUT, UNKNOWN
from sayso.training.retold import retold

States = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CueExample:
    """One cue of a window, as positions among its pieces, with the states of its source and content."""

    first: int
    last: int
    source: States
    content: States


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the network sees of one window."""

    ids: States
    case: States
    quoted: States

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, text: Pieces, low: int, high: int) -> Inputs:
        """Of the pieces `[low, high)`."""
        return cls(text.ids[low:high], text.case[low:high], text.quoted[low:high])


@dataclass(frozen=True, slots=True)
class Example:
    """One window: inputs, states of the cue tagging, and its cues."""

    inputs: Inputs
    convention: int
    tags: States
    cues: tuple[CueExample, ...]


@dataclass(frozen=True, slots=True)
class Noise:
    """How often each kind of noise strikes a text, as probabilities."""

    names: float = 0.5
    quotes: float = 0.25
    case: float = 0.08
    breaks: float = 0.15
    wrap: float = 0.15
    retold: float = 0.3


def examples(article: Annotated, tokenizer: Tokenizer, dice: random.Random, noise: Noise) -> list[Example]:
    """The windows of one article, noised; cut at other places each time."""
    if article.convention == "polnear" and dice.random() < noise.retold:
        article = retold(article, dice)
    article = noised(article, dice, noise)
    text = pieces(article.text, tokenizer)
    tagged = [(mark, text.inside(mark.cue), text.inside(_largest(mark.source)), text.inside(mark.content)) for mark in article.marked]
    tags = np.full(len(text), OUT, dtype=np.int64)
    for mark, _, _, content in tagged:
        if not mark.searched:
            tags[content] = UNKNOWN
    for _, cue, _, _ in tagged:
        edges = np.zeros_like(cue)
        edges[1:] |= cue[:-1]
        edges[:-1] |= cue[1:]
        tags[edges & (tags == UNKNOWN)] = OUT  # a known cue ends where it ends, also beside unknown pieces
    for _, cue, _, _ in tagged:
        tags[cue] = IN
    convention = CONVENTIONS.index(article.convention)
    return [_example(text, tags, tagged, convention, low, high, dice) for low, high in cuts(text, dice)]


def noised(article: Annotated, dice: random.Random, noise: Noise) -> Annotated:
    """The article with each kind of noise applied with its probability; its spans follow the text."""
    if dice.random() < noise.names:
        article = _edited(article, augment.renamed(article.text, dice))
    if dice.random() < noise.quotes:
        article = _edited(article, augment.requoted(article.text, dice))
    if dice.random() < noise.case:
        article = replace(article, text=augment.recased(article.text, dice))
    if dice.random() < noise.breaks:
        article = replace(article, text=augment.unbroken(article.text))
    elif dice.random() < noise.wrap:
        article = replace(article, text=augment.wrapped(article.text, dice))
    return article


def _edited(article: Annotated, edits: list[augment.Edit]) -> Annotated:
    text, along = augment.rewrite(article.text, edits)
    marked = tuple(Marked(along(mark.source), along(mark.cue), along(mark.content), mark.searched) for mark in article.marked)
    return replace(article, text=text, marked=marked)


def _largest(spans: Spans) -> Spans:
    """A source is one span; of an interrupted one the longest part."""
    return (max(spans, key=lambda span: span.length),) if spans else ()


def cuts(text: Pieces, dice: random.Random) -> list[tuple[int, int]]:
    """Windows that together hold all pieces, cut at paragraph breaks where possible, from a random first cut."""
    breaks = np.flatnonzero(text.ends == text.starts)
    found: list[tuple[int, int]] = []
    low, size = 0, dice.randint(WINDOW // 3, WINDOW)
    while low < len(text):
        high = min(low + size, len(text))
        if high < len(text):
            at = int(np.searchsorted(breaks, high, side="right")) - 1
            if at >= 0 and breaks[at] > low + size // 3:
                high = int(breaks[at])
        found.append((low, high))
        low, size = high, WINDOW
    return found


def _example(
    text: Pieces,
    tags: States,
    tagged: list[tuple[Marked, NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]],
    convention: int,
    low: int,
    high: int,
    dice: random.Random,
) -> Example:
    cues: list[CueExample] = []
    for mark, cue, source, content in tagged:
        at = np.flatnonzero(cue[low:high])
        if len(at) and covered(mark.cue):
            first, last = int(at[0]), int(at[-1])
            cues.append(CueExample(first, last, _states(source, low, high), _states(content, low, high)))
    shaken = tuple(_shaken(cue, dice, high - low) for cue in cues)
    return Example(Inputs.of(text, low, high), convention, tags[low:high], shaken)


def _states(found: NDArray[np.bool_], low: int, high: int) -> States:
    """States of one role; unknown where the annotated span lies wholly in another window."""
    if found.any() and not found[low:high].any():
        return np.full(high - low, UNKNOWN, dtype=np.int64)
    return np.where(found[low:high], IN, OUT).astype(np.int64)


def _shaken(cue: CueExample, dice: random.Random, size: int) -> CueExample:
    """Sometimes one border of the cue off by one piece, as a predicted cue may be."""
    if dice.random() > 0.1:
        return cue
    first = min(max(cue.first + dice.choice((-1, 0, 1)), 0), size - 1)
    last = min(max(cue.last + dice.choice((-1, 0, 1)), first), size - 1)
    return replace(cue, first=first, last=last)


@dataclass(frozen=True, slots=True)
class Padded:
    """Tensors of several windows; positions count the special piece at the front; `length` ends before the one at the end."""

    ids: Tensor
    case: Tensor
    quoted: Tensor
    mask: Tensor
    length: Tensor


def padded(windows: Sequence[Inputs], tokenizer: Tokenizer) -> Padded:
    """Pad windows to one length and add the special pieces."""
    size = 2 + max(len(window) for window in windows)
    ids, case, quoted = (table([getattr(window, name) for window in windows], size, 0) for name in ("ids", "case", "quoted"))
    mask = np.zeros(ids.shape, dtype=np.float32)
    for row, window in enumerate(windows):
        ids[row, 0], ids[row, len(window) + 1] = special(tokenizer, "[CLS]"), special(tokenizer, "[SEP]")
        mask[row, : len(window) + 2] = 1.0
    length = torch.tensor([len(window) + 1 for window in windows])
    return Padded(torch.from_numpy(ids), torch.from_numpy(case), torch.from_numpy(quoted), torch.from_numpy(mask), length)


def table(rows: Sequence[States], size: int, fill: int) -> States:
    """Rows of different length in one table, from its second column on."""
    found = np.full((len(rows), size), fill, dtype=np.int64)
    for number, row in enumerate(rows):
        found[number, 1 : len(row) + 1] = row
    return found


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows with the states of cues, and of source and content for every cue."""

    inputs: Padded
    convention: Tensor
    tags: Tensor
    row: Tensor
    first: Tensor
    last: Tensor
    source: Tensor
    content: Tensor


def collate(windows: list[Example], tokenizer: Tokenizer) -> Batch:
    """Windows as tensors."""
    inputs = padded([window.inputs for window in windows], tokenizer)
    size = inputs.ids.shape[1]
    cues = [(row, cue) for row, window in enumerate(windows) for cue in window.cues]
    return Batch(
        inputs=inputs,
        convention=torch.tensor([window.convention for window in windows]),
        tags=torch.from_numpy(table([window.tags for window in windows], size, OUT)),
        row=torch.tensor([row for row, _ in cues], dtype=torch.long),
        first=torch.tensor([cue.first + 1 for _, cue in cues], dtype=torch.long),
        last=torch.tensor([cue.last + 1 for _, cue in cues], dtype=torch.long),
        source=torch.from_numpy(table([cue.source for _, cue in cues], size, OUT)),
        content=torch.from_numpy(table([cue.content for _, cue in cues], size, OUT)),
    )
