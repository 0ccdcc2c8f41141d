"""Quotations that no cue handed over: a running quotation's next paragraphs, and quotations that stand alone.

Always true here: no draft loses content; only text inside quotation marks that no content covers is added, and only where it reads as
somebody's words (at least `WORDS` words, so that titles and scare quotes stay the outlet's).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.attribution.draft import Draft
from sayso.quotations import OPENERS, quotations
from sayso.spans import Span, covered, merge, overlap
from sayso.structure import paragraphs, words

WORDS = 5
FLOATING_CONFIDENCE = 0.4  # a quotation with no cue beside it: that it is somebody's words is likely, whose is not known


def with_floating_quotations(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with running quotations continued and lone quotations added as drafts without cue, in order of position."""
    blocks = paragraphs(text)
    starts = [block.start for block in blocks]
    held = merge(span for draft in drafts for span in draft.content)
    held_starts = [span.start for span in held]
    kept = list(drafts)
    # Where several contents end with the same quotation, the largest is the outermost: it runs on.
    by_size = sorted(range(len(kept)), key=lambda number: covered(kept[number].content))
    by_end = {kept[number].content[-1].end: number for number in by_size}
    added: list[Draft] = []
    running: int | None = None
    last = -1
    for quotation in quotations(text, blocks):
        block = bisect_right(starts, quotation.start) - 1
        if block > last + 1:
            running = None
        last = block
        near = held[max(0, bisect_left(held_starts, quotation.start) - 1) : bisect_right(held_starts, quotation.end)]
        if overlap([quotation], near) > 0:
            running = by_end.get(quotation.end) if _runs_on(text, quotation, blocks[block]) else None
            continue
        if running is not None and quotation.start == blocks[block].start:
            kept[running] = replace(kept[running], content=merge((*kept[running].content, quotation)))
            running = running if _runs_on(text, quotation, blocks[block]) else None
            continue
        running = None
        if _somebodys_words(text, quotation, blocks[block]):
            added.append(Draft(content=(quotation,), confidence=FLOATING_CONFIDENCE))
    return sorted((*kept, *added), key=lambda draft: (draft.cue or draft.content, draft.content))


def _runs_on(text: str, quotation: Span, block: Span) -> bool:
    """Whether a quotation reaches the end of its paragraph without a closing mark."""
    first = text[quotation.start]
    closers = OPENERS.get(first, "'" if first == "`" else first)
    return quotation.end == block.end and (quotation.length == 1 or text[quotation.end - 1] not in closers)


def _somebodys_words(text: str, quotation: Span, block: Span) -> bool:
    """A lone quotation of some length that is a sentence of its own, not a title, a slogan or a word in passing."""
    inside = text[quotation.start + 1 : quotation.end]
    if words(inside) < WORDS:
        return False
    before = text[block.start : quotation.start].rstrip()
    starts_sentence = not before or before[-1] in '.!?:”"»'
    ends_sentence = re.search(r"[.!?,…][”“\"»’']*$", inside.rstrip()) is not None
    return starts_sentence and ends_sentence
