"""Text to word pieces with character offsets, and word pieces to windows of bounded length.

Always true here: every piece but a paragraph break covers at least one character of the text, in order; a break covers none; each piece
is scored in exactly one window; a window never holds more than `WINDOW` pieces. White space never reaches the network, so hard-wrapped
text costs nothing; a paragraph border is a piece of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer as Tokenizer

from sayso.encoder.heads import INNER, LEFT_CONTEXT, WINDOW
from sayso.errors import BundleError
from sayso.quotations import quotations
from sayso.spans import Span
from sayso.structure import paragraphs

Ints = NDArray[np.int64]

_SURROGATES = re.compile("[\ud800-\udfff]")  # halves of a character, which no tokenizer takes

CHUNK = 20_000  # characters of one paragraph that are tokenized at a time: bounds memory on unbroken text
BATCH = 64  # chunks tokenized at a time


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text: parallel arrays of equal length.

    Attributes:
        ids: vocabulary numbers.
        starts, ends: code points `[start, end)` of the text; equal at a paragraph break.
        case: 0 no capital, 1 Capitalized, 2 ALL CAPITALS, 3 mixed.
        quoted: 1 inside quotation marks.

    """

    ids: Ints
    starts: Ints
    ends: Ints
    case: Ints
    quoted: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def inside(self, spans: tuple[Span, ...]) -> NDArray[np.bool_]:
        """Which pieces share a character with the spans; a paragraph break does if one span covers both its neighbors."""
        found = np.zeros(len(self), dtype=bool)
        for span in spans:
            first = int(np.searchsorted(self.ends, span.start, side="right"))
            last = int(np.searchsorted(self.starts, span.end, side="left"))
            found[first:last] = True
        return found & ((self.ends > self.starts) | _between(found))


def _between(found: NDArray[np.bool_]) -> NDArray[np.bool_]:
    left = np.concatenate(([False], found[:-1]))
    right = np.concatenate((found[1:], [False]))
    return left & right


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `[start, end)` go through the network together; `[first, last)` of them are scored in this window."""

    start: int
    end: int
    first: int
    last: int


def load_tokenizer(path: str) -> Tokenizer:
    """The word-piece tokenizer stored at `path`, without truncation, padding or special pieces."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def special(tokenizer: Tokenizer, piece: str) -> int:
    """The number of a special piece such as `[SEP]`.

    Raises:
        BundleError: if the vocabulary has none, so that it is not the network's.

    """
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise BundleError(f"the model's tokenizer has no {piece}: reinstall sayso, or read without the model (--rules)")
    return number


def framed(tokenizer: Tokenizer, ids: Ints, *columns: Ints) -> tuple[Ints, ...]:
    """Word pieces as a network reads them, one row [1, N + 2] each: the ids between `[CLS]` and `[SEP]`, other columns between zeros."""
    ends = [(special(tokenizer, "[CLS]"), special(tokenizer, "[SEP]"))] + [(0, 0)] * len(columns)
    return tuple(
        np.concatenate(([before], column, [after]))[None].astype(np.int64)
        for (before, after), column in zip(ends, (ids, *columns), strict=True)
    )


def pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """The word pieces of a text; time and memory grow linearly with it."""
    blocks = paragraphs(text)
    quotes = quotations(text, blocks)
    readable = _SURROGATES.sub("\ufffd", text)
    separator = special(tokenizer, "[SEP]")
    columns: list[Ints] = []
    chunks: list[tuple[Span, bool]] = []
    for number, block in enumerate(blocks):
        for count, chunk in enumerate(_chunks(text, block)):
            chunks.append((chunk, number > 0 and count == 0))
    for at in range(0, len(chunks), BATCH):
        batch = chunks[at : at + BATCH]
        encodings = tokenizer.encode_batch([readable[chunk.start : chunk.end] for chunk, _ in batch], add_special_tokens=False)
        for (chunk, breaks), encoding in zip(batch, encodings, strict=True):
            offsets = np.asarray(encoding.offsets, dtype=np.int64).reshape(-1, 2) + chunk.start
            ids = np.asarray(encoding.ids, dtype=np.int64)
            case = np.fromiter((_case(text[s:e]) for s, e in offsets.tolist()), dtype=np.int64, count=len(ids))
            if breaks:
                columns.append(np.array([[separator], [chunk.start], [chunk.start], [0]], dtype=np.int64))
            columns.append(np.stack((ids, offsets[:, 0], offsets[:, 1], case)))
    table = np.concatenate(columns, axis=1) if columns else np.zeros((4, 0), dtype=np.int64)
    return Pieces(table[0], table[1], table[2], table[3], _quoted(table[1], table[2], quotes))


def _quoted(starts: Ints, ends: Ints, quotes: tuple[Span, ...]) -> Ints:
    flags = np.zeros(len(starts), dtype=np.int64)
    if quotes:
        opened = np.array([quote.start for quote in quotes])
        closed = np.array([quote.end for quote in quotes])
        at = np.searchsorted(opened, starts, side="right") - 1
        flags = ((at >= 0) & (ends <= closed[np.maximum(at, 0)]) & (ends > starts)).astype(np.int64)
    return flags


def _case(word: str) -> int:
    if word.islower() or not any(map(str.isalpha, word)):
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    if word[:1].isupper() and word[1:].islower():
        return 1
    return 3 if word.lower() != word else 0


def _chunks(text: str, block: Span) -> Iterator[Span]:
    """The block in stretches of at most about `CHUNK` characters, cut at white space where there is any."""
    start = block.start
    while block.end - start > CHUNK:
        cut = max(text.rfind(" ", start, start + CHUNK), text.rfind("\n", start, start + CHUNK))
        end = cut if cut > start else start + CHUNK
        yield Span(start, end)
        start = end
    yield Span(start, block.end)


def windows(count: int, breaks: Ints, *, inner: int = INNER, left: int = LEFT_CONTEXT, size: int = WINDOW) -> list[Window]:
    """Windows over `count` pieces.

    Args:
        count: number of pieces.
        breaks: positions of the paragraph breaks among them, ascending; windows are cut there where possible.
        inner: most pieces scored in one window.
        left: pieces of context before the scored ones; what is left of `size` is context after them.
        size: most pieces in one window.

    """
    found: list[Window] = []
    first = 0
    while first < count:
        last = min(first + inner, count)
        if last < count:
            at = int(np.searchsorted(breaks, last, side="right")) - 1
            if at >= 0 and breaks[at] > first + inner // 4:
                last = int(breaks[at])
        start = max(0, first - left)
        end = min(count, start + size)
        start = max(0, min(start, end - size))
        found.append(Window(start, end, first, last))
        first = last
    return found
