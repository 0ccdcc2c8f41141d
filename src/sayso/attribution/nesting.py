"""Which attribution stands inside which: a draft is within the smallest content of another draft that holds its cue.

Always true here: `within` never points at the draft itself and never forms a circle. Time grows with the number of drafts and the depth
of their nesting, not with its square.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.attribution.draft import Draft
from sayso.spans import Span, covered, hull


def with_nesting(drafts: Sequence[Draft]) -> list[Draft]:
    """The same drafts in the same order, with `within` set."""
    pieces = sorted((span, number) for number, draft in enumerate(drafts) for span in draft.content)
    anchors = sorted((_anchor(draft), number) for number, draft in enumerate(drafts))
    holder: dict[int, int] = {}
    open_pieces: list[tuple[Span, int]] = []
    at = 0
    for anchor, number in anchors:
        while at < len(pieces) and pieces[at][0].start <= anchor.start:
            open_pieces.append(pieces[at])
            at += 1
        open_pieces = [piece for piece in open_pieces if piece[0].end > anchor.start]
        holding = [other for span, other in open_pieces if other != number and span.holds(anchor)]
        holding = [other for other in holding if not _inside(other, number, holder)]
        if holding:
            holder[number] = min(holding, key=lambda other: (covered(drafts[other].content), other))
    return [replace(draft, within=holder.get(number)) for number, draft in enumerate(drafts)]


def _anchor(draft: Draft) -> Span:
    return hull(draft.cue) or draft.content[0]


def _inside(number: int, outer: int, holder: dict[int, int]) -> bool:
    """Whether `number` already stands, directly or not, within `outer`."""
    at: int | None = number
    while at is not None:
        if at == outer:
            return True
        at = holder.get(at)
    return False
