"""Who answers for which words: a partition of the text, and the shares of it.

Always true here: each character belongs to exactly one voice; joined in order of the text, the voices give it back; the innermost
content wins, and where contents cross, the shorter one does; source and cue words belong to the speaker around them, who may be the
outlet.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from heapq import heappop, heappush
from itertools import pairwise

from sayso.document import Document
from sayso.reading import OUTLET, Attribution, Reading, Source, Summary, Voice
from sayso.spans import Span, Spans, covered, merge, subtract
from sayso.structure import word_spans


def voices(document: Document, attributions: Sequence[Attribution]) -> tuple[Voice, ...]:
    """The partition of the text, the outlet's voice first, then the speakers in order of their first word. Empty for an empty text.

    Args:
        document: the document that the spans point into.
        attributions: with `speaker` and `within` set; their contents may overlap or cross in any way.

    """
    size = len(document.text)
    by_speaker: dict[str, list[Span]] = {}
    for speaker, span in _stretches(size, attributions):
        by_speaker.setdefault(speaker, []).append(span)
    order = sorted(by_speaker, key=lambda speaker: (speaker != OUTLET, by_speaker[speaker][0]))
    return tuple(Voice(speaker, merge(by_speaker[speaker])) for speaker in order)


def by_attribution(reading: Reading) -> list[tuple[Span, str]]:
    """The text from left to right by who hands it over: for each stretch the id of the innermost attribution whose content holds it, or
    `outlet`. The partition of `voices`, though two attributions of one speaker are kept apart.
    """
    marked = [replace(each, speaker=each.id) if each.speaker not in ("", OUTLET) else each for each in reading.attributions]
    return sorted((span, part.speaker) for part in voices(reading.document, marked) for span in part.spans)


def _depths(attributions: Sequence[Attribution]) -> list[int]:
    """How many attributions enclose each; a cycle counts as if it began where it is entered."""
    place = {attribution.id: index for index, attribution in enumerate(attributions)}
    depth: dict[int, int] = {}
    for start in range(len(attributions)):
        path: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in depth and at not in path:
            path[at] = None
            at = place.get(attributions[at].within or "")
        level = depth.get(at, -1) if at is not None else -1
        for step in reversed(path):
            level += 1
            depth[step] = level
    return [depth[index] for index in range(len(attributions))]


def _stretches(size: int, attributions: Sequence[Attribution]) -> list[tuple[str, Span]]:
    """The text from left to right, cut wherever the speaker changes: a sweep over the borders of all contents."""
    depth = _depths(attributions)
    pieces: list[tuple[int, int, int]] = []
    rank: list[tuple[int, int, int]] = []
    for index, attribution in enumerate(attributions):
        rank.append((-depth[index], covered(attribution.content), -index))
        pieces.extend((span.start, min(span.end, size), index) for span in attribution.content if span.start < size)
    pieces.sort()
    borders = sorted({0, size, *(piece[0] for piece in pieces), *(piece[1] for piece in pieces)})
    active: list[tuple[tuple[int, int, int], int, int]] = []
    found: list[tuple[str, Span]] = []
    upcoming = 0
    for start, end in pairwise(borders):
        while upcoming < len(pieces) and pieces[upcoming][0] <= start:
            _, stop, index = pieces[upcoming]
            heappush(active, (rank[index], stop, index))
            upcoming += 1
        while active and active[0][1] <= start:
            heappop(active)
        speaker = (attributions[active[0][2]].speaker or OUTLET) if active else OUTLET
        found.append((speaker, Span(start, end)))
    return found


def summary(document: Document, attributions: Sequence[Attribution], sources: Sequence[Source], quotations: Spans) -> Summary:
    """Words, and whose they are: the outlet's own, quoted (attributed and in quotation marks), reported (attributed, no marks).

    A word counts where its first character stands. The shares add up to 1, or are all 0 in a text without words. `sources` counts the
    named and unnamed sources that speak, without the one that stands for nobody.
    """
    contents = merge(span for attribution in attributions for span in attribution.content)
    starts = [word.start for word in word_spans(document.text)]
    reported = _count(starts, subtract(contents, quotations))
    quoted = _count(starts, contents) - reported
    total = len(starts)
    speaking = {attribution.speaker for attribution in attributions}
    known = [source for source in sources if source.id in speaking and not (source.name == "unknown" and not source.mentions)]
    if not total:
        return Summary(0, 0.0, 0.0, 0.0, len(known), sum(source.named for source in known))
    return Summary(
        total, (total - quoted - reported) / total, quoted / total, reported / total, len(known), sum(source.named for source in known)
    )


def _count(starts: Sequence[int], spans: Spans) -> int:
    """How many of the sorted places stand inside the spans."""
    return sum(bisect_left(starts, span.end) - bisect_left(starts, span.start) for span in spans)
