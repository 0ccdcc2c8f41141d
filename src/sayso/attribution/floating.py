"""Quotations that no cue handed over: a running quotation's next paragraphs, and quotations that stand alone.

Always true here: no draft loses content; only quoted text is added to one. A paragraph that opens with a mark after one that left its own
mark open goes on with the same quotation; a lone quotation belongs to the attribution right before it, and is a draft of its own, without
source and cue, only where there is none. It counts only where it reads as somebody's words (at least `WORDS` words, so that titles and
scare quotes stay the outlet's).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from heapq import heappop, heappush

from sayso.attribution.draft import Draft
from sayso.quotations import STRAIGHT, quotations
from sayso.spans import Span, Spans, covered, merge, overlap
from sayso.structure import paragraphs, words

WORDS = 5
HEADING = 60  # characters; a shorter paragraph without a full stop is a heading, which does not end a running quotation
SLACK = 2  # characters that a content may miss at either end of a paragraph's quotation
FLOATING_CONFIDENCE = 0.4  # a quotation with no cue beside it: that it is somebody's words is likely, whose is not known


def with_floating_quotations(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with running quotations continued and lone quotations added to the attribution before, in order of position."""
    blocks = paragraphs(text)
    marked = quotations(text, blocks)
    kept = _continued(text, blocks, marked, drafts)
    return _with_lone(text, blocks, marked, kept)


def _continued(text: str, blocks: Sequence[Span], marked: Spans, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with those that a paragraph leaves open continued in the next ones."""
    added: dict[int, list[Span]] = {}
    cues = sorted(span for draft in drafts for span in draft.cue)
    firsts = {span.start: span for span in marked}
    holders = _Holders(drafts)
    running: int | None = None
    mark = ""
    for block in blocks:
        if running is not None and text[block.start] == mark:
            piece = firsts.get(block.start, block)
            if _has_own_cue(cues, block, piece) or any(block.holds(cue) for cue in drafts[running].cue):
                running = None
            else:
                added.setdefault(running, []).append(piece)
                running = running if _left_open(text, block)[0] else None
        elif running is not None and (block.length > HEADING or text[block.end - 1] in '.!?”"'):
            running = None
        if running is None:
            mark, place = _left_open(text, block)
            running = holders.largest(place + SLACK, block.end - SLACK) if mark else None
    return [replace(draft, content=merge((*draft.content, *added.get(number, ())))) for number, draft in enumerate(drafts)]


class _Holders:
    """Whose content holds a place, asked for places in order. Of several the largest is the outermost."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.waiting = sorted((span, -covered(draft.content), number) for number, draft in enumerate(drafts) for span in draft.content)
        self.at = 0
        self.open: list[tuple[int, int, int]] = []  # size (negative), number, end

    def largest(self, start: int, end: int) -> int | None:
        """The draft with the largest content of which one piece reaches from `start` or before to `end`."""
        while self.at < len(self.waiting) and self.waiting[self.at][0].start <= start:
            span, size, number = self.waiting[self.at]
            heappush(self.open, (size, number, span.end))
            self.at += 1
        while self.open and self.open[0][2] < end:
            heappop(self.open)
        return self.open[0][1] if self.open else None


def _left_open(text: str, block: Span) -> tuple[str, int]:
    """The opening mark that a paragraph does not close, and its place; no mark if it closes all."""
    for mark, closers in (("“", "”"), ("«", "»"), ("„", "“”")):
        place = text.rfind(mark, *block)
        closed = place >= 0 and any(text.find(closer, place + 1, block.end) >= 0 for closer in closers)
        if place >= 0 and not closed and not text.count(STRAIGHT, place, block.end) % 2:
            return mark, place
    if text.count(STRAIGHT, *block) % 2:
        place = text.rfind(STRAIGHT, *block)
        if place == block.start or text[place - 1].isspace():
            return STRAIGHT, place
    return "", block.start


def _has_own_cue(cues: Sequence[Span], block: Span, piece: Span) -> bool:
    """Whether a cue stands in the paragraph outside its opening quotation: then that cue hands it over."""
    number = bisect_left(cues, (piece.end, 0))
    return number < len(cues) and cues[number].end <= block.end


def _with_lone(text: str, blocks: Sequence[Span], marked: Spans, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with each quotation that no content holds given to the attribution right before it, or to none."""
    starts = [block.start for block in blocks]
    held = merge(span for draft in drafts for span in draft.content)
    held_starts = [span.start for span in held]
    ends = sorted((_end(draft), covered(draft.content), number) for number, draft in enumerate(drafts) if draft.cue)
    added: dict[int, list[Span]] = {}
    alone: list[Draft] = []
    reach: dict[int, int] = {}  # where a draft ends that was given more
    last: int | None = None
    for quotation in marked:
        near = held[max(0, bisect_left(held_starts, quotation.start) - 1) : bisect_right(held_starts, quotation.end)]
        number = bisect_right(starts, quotation.start) - 1
        if overlap([quotation], near) > 0 or not _somebodys_words(text, quotation, blocks[number]):
            continue
        at = bisect_left(ends, (quotation.start + 1, -1, -1)) - 1
        before = ends[at][2] if at >= 0 else None
        if last is not None and (before is None or reach[last] >= ends[at][0]):
            before = last
        low = blocks[number].start
        if number and quotation.start == low:
            low = blocks[number - 1].start
        if before is not None and max(reach.get(before, 0), _end(drafts[before])) > low:
            added.setdefault(before, []).append(quotation)
            reach[before] = quotation.end
            last = before
        else:
            alone.append(Draft(content=(quotation,), confidence=FLOATING_CONFIDENCE))
    grown = [replace(draft, content=merge((*draft.content, *added.get(number, ())))) for number, draft in enumerate(drafts)]
    return sorted((*grown, *alone), key=lambda draft: (draft.cue or draft.content, draft.content))


def _end(draft: Draft) -> int:
    return max(span.end for span in (*draft.cue, *draft.content))


def _somebodys_words(text: str, quotation: Span, block: Span) -> bool:
    """A lone quotation of some length that is a sentence of its own, not a title, a slogan or a word in passing."""
    inside = text[quotation.start + 1 : quotation.end]
    if words(inside) < WORDS:
        return False
    before = text[block.start : quotation.start].rstrip()
    starts_sentence = not before or before[-1] in '.!?:”"»'
    ends_sentence = re.search(r"[.!?,…][”“\"»’']*$", inside.rstrip()) is not None
    return starts_sentence and ends_sentence
