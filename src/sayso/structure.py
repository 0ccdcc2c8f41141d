"""Paragraphs of a text as it was given: wrapped by hand, with blank lines, or without any break at all.

Always true here: paragraphs are sorted, disjoint, hold no white space at their ends, and together hold every character that is not
white space. A blank line always ends a paragraph. In text without blank lines a single line break ends a paragraph only if the text is not
hard-wrapped; in hard-wrapped text, only after a line that ends a sentence and is clearly shorter than its neighbours, or before an indent.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sayso.spans import Span, trim

_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_WORD = re.compile(r"\w+(?:[’'.\-]\w+)*", re.UNICODE)

HARD_WRAP_WIDTH = 100  # a hard-wrapped line is rarely longer; unwrapped paragraphs are


def words(text: str) -> int:
    """Number of words: runs of letters and digits, joined by apostrophe, full stop or hyphen."""
    return sum(1 for _ in _WORD.finditer(text))


def word_spans(text: str) -> list[Span]:
    """Every word of the text."""
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def lines(text: str) -> list[Span]:
    """Every line of the text, without its line break; empty lines are empty pairs `(at, at)`."""
    found, at = [], 0
    for match in _BREAK.finditer(text):
        found.append(Span(at, match.start()))
        at = match.end()
    found.append(Span(at, len(text)))
    return found


def is_hard_wrapped(text: str) -> bool:
    """Whether line breaks fall inside sentences: most lines that are followed by another one do not end a sentence."""
    inside = broken = long = 0
    rows = [text[line.start : line.end].strip() for line in lines(text)]
    for row, following in pairwise(rows):
        if row and following:
            inside += 1
            broken += not _SENTENCE_END.search(row)
            long += len(row) > HARD_WRAP_WIDTH
    return inside >= 3 and broken / inside > 0.4 and long / inside < 0.2


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of the text, in order."""
    rows = lines(text)
    wrapped = is_hard_wrapped(text)
    groups: list[list[Span]] = []
    width = max((row.length for row in rows), default=0)
    previous: Span | None = None
    for row in rows:
        here = trim(text, row) if row.length else None
        if here is None:
            previous = None
            continue
        if previous is None or _breaks(text, previous, row, wrapped, width):
            groups.append([])
        groups[-1].append(here)
        previous = row
    return tuple(Span(group[0].start, group[-1].end) for group in groups)


def _breaks(text: str, previous: Span, row: Span, wrapped: bool, width: int) -> bool:
    """Whether the line break between two lines that both hold text ends a paragraph."""
    if not wrapped:
        return True
    above = text[previous.start : previous.end].rstrip()
    below = text[row.start : row.end]
    if not _SENTENCE_END.search(above):
        return False
    first = below.lstrip().split(maxsplit=1)[0]
    if below[:1].isspace() and not text[previous.start : previous.end][:1].isspace():
        return True
    # The next word would have fitted on the line above: the writer broke here on purpose.
    return len(above) + 1 + len(first) <= 0.9 * width
