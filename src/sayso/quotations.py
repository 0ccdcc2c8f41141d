"""Quotations: stretches of text between quotation marks, paired so that no odd mark can spoil the rest.

Always true here: the result is sorted and disjoint; a quotation never leaves its paragraph except where news style says so (a paragraph
that opens a quotation and does not close it, followed by one that opens again, is one running quotation: each paragraph gives its
own span); a mark that finds no partner costs at most its own paragraph. Curly, straight, angle, low and doubled marks are read.
Single marks count only when they cannot be apostrophes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from sayso.spans import Span, Spans

OPENERS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "‘": "’", "‚": "‘’", "「": "」", "『": "』", "〝": "〞"}
STRAIGHT = '"'
_MARK = re.compile("[“”„«»‹›‘’‚\"'「」『』〝〞`´]")


class _Ahead:
    """Where the marks of one paragraph stand, each looked up at most once, so that looking ahead costs no second reading of it."""

    def __init__(self, text: str, paragraph: Span) -> None:
        self.text, self.paragraph = text, paragraph
        self._places: dict[str, list[int]] = {}
        self._ends: dict[str, list[int]] = {}

    def places(self, mark: str) -> list[int]:
        """Every place of one character, in order."""
        if mark not in self._places:
            found, at = [], self.text.find(mark, *self.paragraph)
            while at >= 0:
                found.append(at)
                at = self.text.find(mark, at + 1, self.paragraph.end)
            self._places[mark] = found
        return self._places[mark]

    def ends(self, closer: str) -> list[int]:
        """The places where a single mark can close a quotation: after a word or a stop, and not inside a word."""
        if closer not in self._ends:
            inner = self.text[self.paragraph.start : self.paragraph.end] + " "
            first = self.paragraph.start
            self._ends[closer] = [
                at for at in self.places(closer) if not inner[at - first - 1].isspace() and not inner[at - first + 1].isalnum()
            ]
        return self._ends[closer]


def _next(places: list[int], start: int) -> int | None:
    """The first place from `start` on."""
    number = bisect_left(places, start)
    return places[number] if number < len(places) else None


def _stands(places: list[int], start: int, end: int) -> bool:
    """Whether there is a place in `[start, end)`."""
    found = _next(places, start)
    return found is not None and found < end


def quotations(text: str, paragraphs: Sequence[Span]) -> Spans:
    """Spans of quoted text, marks included, in order.

    Args:
        text: the document's text.
        paragraphs: its paragraphs; a quotation ends with its paragraph at the latest.

    """
    found: list[Span] = []
    for paragraph in paragraphs:
        found.extend(_in_paragraph(text, paragraph))
    return tuple(found)


def _in_paragraph(text: str, paragraph: Span) -> list[Span]:
    found: list[Span] = []
    ahead = _Ahead(text, paragraph)
    start, closers = -1, ""
    done = paragraph.start  # everything before has been read; the second half of a doubled mark is read with the first
    for place in _MARK.finditer(text, *paragraph):
        at, mark = place.start(), place.group()
        if at < done:
            continue
        done = at + 1
        if start < 0:
            ends = _opens(text, at, paragraph, ahead)
            if ends:
                start, closers = at, ends
                if text[at : at + 2] in ("``", "''"):
                    done = at + 2
        elif _closes(text, at, closers, paragraph):
            width = 2 if closers == "''" else 1
            found.append(Span(start, min(at + width, paragraph.end)))
            done = at + width
            start = -1
        elif mark == text[start] and mark in OPENERS and mark not in "‘‚" and mark not in closers:
            # A second opening mark of the same kind before any closing one: the first was never closed.
            start, closers = at, OPENERS[mark]
    if start >= 0 and closers not in ("’", "'") and _worth(text, start, paragraph):
        found.append(Span(start, paragraph.end))
    return found


def _worth(text: str, start: int, paragraph: Span) -> bool:
    """Whether an unclosed mark opens a quotation that runs on: only when it begins its paragraph."""
    return text[start] in '“«„"' and not text[paragraph.start : start].strip()


def _opens(text: str, at: int, paragraph: Span, ahead: _Ahead) -> str:
    """The marks that would close a quotation opened at `at`; empty if none opens there."""
    mark = text[at]
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if text[at : at + 2] == "``":
        return "''"
    if mark == STRAIGHT:
        return STRAIGHT if not after.isspace() or before.isspace() else ""
    if mark == "'":
        return "'" if (before.isspace() or before in '([—–-"“') and after.isalnum() and _single_closes(text, at, "'", ahead) else ""
    if mark in "‘":
        return "’" if after.isalnum() and not before.isalnum() and _single_closes(text, at, "’", ahead) else ""
    return OPENERS.get(mark, "")


def _single_closes(text: str, at: int, closer: str, ahead: _Ahead) -> bool:
    """Whether a single mark has a partner that is no apostrophe, with at least two words between them."""
    end = _next(ahead.ends(closer), at + 2)
    if end is None or not _stands(ahead.places(" "), at + 1, end):
        return False
    after = text[end + 1] if end + 1 < ahead.paragraph.end else " "
    # "dogs' bowl" or "'90s hits": an apostrophe after s, or one word only, is no quotation.
    plural = text[end - 1] == "s" and text[end - 2].isalpha() and after.isspace()
    return not plural or _stands(ahead.places(","), at + 1, end)


def _closes(text: str, at: int, closers: str, paragraph: Span) -> bool:
    if closers == "''":
        return text[at : at + 2] == "''"
    if text[at] not in closers:
        return False
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if closers in ("’", "'"):
        return not after.isalnum() and not text[at - 1].isspace()
    return True
