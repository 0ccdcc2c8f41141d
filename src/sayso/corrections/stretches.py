"""Words that somebody typed, found in the text: one stretch a line, whole or as its first and last words with `…` between them.

Always true here: what is found holds these words as they stand, but for white space and the kind of quotation marks; of several places
the one nearest to the old place is taken; where nothing tells them apart, nothing is guessed.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sayso.errors import UsageError
from sayso.spans import Span, Spans, hull, merge, overlap

ENDS = 5  # words that stand for each end of a long stretch
SHORT = 14  # words of a stretch that is written out
LONGEST = 20_000  # characters that somebody may type into one field
_DOTS = re.compile(r"\s*(?:…|\.\.\.|\[…\])\s*")
_QUOTES = {"“": '[“”"„«»]', "”": '[“”"„«»]', '"': '[“”"„«»]', "‘": "[‘’']", "’": "[‘’']", "'": "[‘’']"}


def told(text: str, spans: Spans) -> str:
    """A place as lines that `located` understands; what could be taken for something else is written out."""
    return "\n".join(_told(text, span) for span in spans)


def located(text: str, lines: str, near: Spans, name: str) -> Spans:
    """Where the words of these lines stand.

    Args:
        text: of the article.
        lines: as somebody typed them; blank lines are passed over.
        near: the place that is corrected, or another one close by; of several places with these words the nearest is meant.
        name: of the role, for messages.

    Raises:
        UsageError: the words do not stand in the text, or stand there several times and nothing is near.

    """
    if len(lines) > LONGEST:
        raise UsageError(f"the words of the {name} are longer than {LONGEST:,} characters: give the first and the last ones with … between")
    centers = hull(near)
    found = [_stretch(text, line.strip(), centers, name) for line in lines.splitlines() if line.strip()]
    for number, span in enumerate(found):
        if overlap(found[:number], (span,)):
            raise UsageError(f"two lines of the {name} stand in the same place: give each stretch once")
    return merge(found)


def given(offsets: str, size: int) -> Spans:
    """Places written as `12-40,50-60`.

    Raises:
        UsageError: they are not written like that, or lie outside the text.

    """
    spans: list[Span] = []
    for part in offsets.split(",") if offsets else ():
        match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", part)
        if not match or not int(match[1]) < int(match[2]) <= size:
            raise UsageError("the form names a place that is not in the text: load the page again")
        spans.append(Span(int(match[1]), int(match[2])))
    if any(one.end > other.start for one, other in pairwise(spans)):
        raise UsageError("the form names a place that is not in the text: load the page again")
    return tuple(spans)


def offsets(spans: Spans) -> str:
    """Places as `given` reads them."""
    return ",".join(f"{span.start}-{span.end}" for span in spans)


def same_words(text: str, spans: Spans, lines: str) -> bool:
    """Whether these places hold just what the lines say, written out or shortened."""
    return [" ".join(line.split()) for line in lines.splitlines() if line.strip()] == told(text, spans).split("\n")


def _told(text: str, span: Span) -> str:
    words = text[span.start : span.end].split()
    if len(words) <= SHORT:
        return " ".join(words)
    return f"{' '.join(words[:ENDS])} … {' '.join(words[-ENDS:])}"


def _stretch(text: str, line: str, near: Span | None, name: str) -> Span:
    whole = _places(text, line)
    if whole:
        return _nearest(whole, near, line, name)
    ends = [part for part in _DOTS.split(line) if part]
    if len(ends) != 2:
        raise UsageError(f"the words “{_short(line)}” of the {name} do not stand in the text: copy them from it")
    first, last = ends
    starts = _places(text, first)
    if not starts:
        raise UsageError(f"the words “{_short(first)}” of the {name} do not stand in the text: copy them from it")
    start = _nearest(starts, near and Span(near.start, near.start + 1), first, name)
    after = [span for span in _places(text, last) if span.start >= start.end]
    if not after:
        raise UsageError(f"the words “{_short(last)}” of the {name} do not stand after “{_short(first)}”: copy them from the text")
    end = _nearest(after, Span(near.end - 1, near.end), last, name) if near and near.end > start.end else after[0]
    return Span(start.start, end.end)


def _places(text: str, words: str) -> list[Span]:
    """Every place of these words, whatever white space or quotation marks."""
    pattern = r"\s+".join("".join(_QUOTES.get(mark, re.escape(mark)) for mark in word) for word in words.split())
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return [Span(*match.span(1)) for match in re.finditer(f"(?={before}({pattern}){after})", text)]


def _nearest(places: list[Span], near: Span | None, words: str, name: str) -> Span:
    if len(places) == 1:
        return places[0]
    if near is None:
        raise UsageError(f"the words “{_short(words)}” of the {name} stand in the text {len(places)} times: give more of them")
    ranked = sorted(places, key=lambda span: _distance(span, near))
    if _distance(ranked[0], near) == _distance(ranked[1], near):
        raise UsageError(f"the words “{_short(words)}” of the {name} stand at two places just as near: give more of them")
    return ranked[0]


def _distance(span: Span, near: Span) -> tuple[int, int]:
    """How far one place is from another: the gap between them first, then how far their middles lie apart."""
    gap = max(0, near.start - span.end, span.start - near.end)
    return gap, abs(span.start + span.end - near.start - near.end)


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= 60 else f"{plain[:60]}…"
