"""Overlapping spans laid flat: the text cut at every border, each piece knowing all attributions and findings that cover it.

Always true here: the pieces are in order, none is empty, and joined they give back the text; so each can be wrapped once and escaped on
its own, no tag is ever nested wrongly, and overlap costs nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.quotations import quotations
from sayso.reading import Attribution, Reading
from sayso.render.layers import marked
from sayso.spans import Span, Spans, merge
from sayso.structure import paragraphs

CONTENT, SOURCE, CUE, QUOTED, FINDING = range(5)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with everything that covers it; numbers are places in `reading.attributions`, from 0, or in `reading.findings`.

    Attributes:
        content: attributions whose content holds it, outermost first.
        source: attributions whose source holds it.
        cue: attributions whose cue holds it.
        opens: attributions of which a content span begins here, outermost first.
        closes: attributions of which a content span ends here, innermost first.
        quoted: whether it stands between quotation marks (the marks included).
        findings: findings whose marked words hold it, in order of the reading.
        begins: findings of which a marked span begins here.
        ends: findings of which a marked span ends here.

    """

    span: Span
    content: tuple[int, ...] = ()
    source: tuple[int, ...] = ()
    cue: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()
    quoted: bool = False
    findings: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    @property
    def depth(self) -> int:
        """How many contents hold it; 0 is the outlet's own voice."""
        return len(self.content)


def pieces(reading: Reading, blocks: Sequence[Span] | None = None, cuts: Sequence[int] = ()) -> tuple[Piece, ...]:
    """The whole text of the reading in pieces.

    Args:
        reading: what to lay flat.
        blocks: its paragraphs, if already known; pieces never cross their borders.
        cuts: more offsets of the text at which a piece ends and one begins.

    """
    text = reading.document.text
    blocks = paragraphs(text) if blocks is None else blocks
    ranks = _ranks(reading.attributions)
    starts: dict[int, list[tuple[int, int]]] = defaultdict(list)
    ends: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def lay(layer: int, index: int, spans: Spans) -> None:
        for span in spans:
            starts[span.start].append((layer, index))
            ends[span.end].append((layer, index))

    for index, attribution in enumerate(reading.attributions):
        lay(CONTENT, index, attribution.content)
        lay(SOURCE, index, attribution.source)
        lay(CUE, index, attribution.cue)
    lay(QUOTED, 0, quotations(text, blocks))
    for index, finding in enumerate(reading.findings):
        lay(FINDING, index, merge(marked(finding)))

    borders = {0, len(text), *starts, *ends}
    borders.update(border for block in blocks for border in block)
    borders.update(cuts)
    active: tuple[set[int], ...] = (set(), set(), set(), set(), set())
    found: list[Piece] = []
    for start, end in pairwise(sorted(borders)):
        for layer, index in ends.get(start, ()):
            active[layer].discard(index)
        for layer, index in starts.get(start, ()):
            active[layer].add(index)
        found.append(
            Piece(
                span=Span(start, end),
                content=tuple(sorted(active[CONTENT], key=ranks.__getitem__)),
                source=tuple(sorted(active[SOURCE])),
                cue=tuple(sorted(active[CUE])),
                opens=_at(starts.get(start, ()), ranks),
                closes=_at(ends.get(end, ()), ranks)[::-1],
                quoted=bool(active[QUOTED]),
                findings=tuple(sorted(active[FINDING])),
                begins=_findings(starts.get(start, ())),
                ends=_findings(ends.get(end, ())),
            )
        )
    return tuple(found)


def by_paragraph(reading: Reading, cuts: Sequence[int] = ()) -> tuple[tuple[Piece, ...], ...]:
    """The pieces of each paragraph, cut where it is wanted; the white space between paragraphs is left out."""
    blocks = paragraphs(reading.document.text)
    laid = pieces(reading, blocks, cuts)
    beginnings = [block.start for block in blocks]
    grouped: list[list[Piece]] = [[] for _ in blocks]
    for piece in laid:
        place = bisect_right(beginnings, piece.span.start) - 1
        if place >= 0 and blocks[place].holds(piece.span):
            grouped[place].append(piece)
    return tuple(tuple(group) for group in grouped)


def form(reading: Reading, piece: Piece) -> str:
    """How the words of a piece are given: empty for the outlet's own, else `direct`, `indirect`, or `partial` (quoted words inside a
    content that is not quoted as a whole).
    """
    if not piece.content:
        return ""
    innermost = reading.attributions[piece.content[-1]].form
    if innermost == "direct":
        return "direct"
    return "partial" if innermost == "mixed" and piece.quoted else "indirect"


def _at(events: Sequence[tuple[int, int]], ranks: Sequence[tuple[int, int, int]]) -> tuple[int, ...]:
    return tuple(sorted((index for layer, index in events if layer == CONTENT), key=ranks.__getitem__))


def _findings(events: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(sorted(index for layer, index in events if layer == FINDING))


def _ranks(attributions: Sequence[Attribution]) -> list[tuple[int, int, int]]:
    """Sort keys that put enclosing attributions before those inside them: depth, then length, then place."""
    by_id = {attribution.id: attribution for attribution in attributions}
    ranks: list[tuple[int, int, int]] = []
    for place, attribution in enumerate(attributions):
        depth, seen, outer = 0, {attribution.id}, attribution.within
        while outer in by_id and outer not in seen:
            seen.add(outer)
            depth += 1
            outer = by_id[outer].within
        length = attribution.content[-1].end - attribution.content[0].start
        ranks.append((depth, -length, place))
    return ranks
