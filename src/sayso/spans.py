"""Spans of text: always `0 <= start < end`, in Unicode code points, end exclusive.

A *span list* (type `Spans`) is sorted and disjoint (spans may touch); several spans in one list mean
discontinuous text such as `"A," she said, "B"`. All functions are pure and return sorted tuples.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from sayso.errors import SpanError


class Span(NamedTuple):
    """A stretch of text `[start, end)` in code points."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of code points."""
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point (touching is not overlapping)."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """The same stretch, so many code points further on."""
        return Span(self.start + by, self.end + by)


Spans = tuple[Span, ...]


def span_list(pairs: Iterable[tuple[int, int] | list[int]]) -> Spans:
    """Check and sort pairs of numbers into a span list.

    Raises:
        SpanError: if a span is empty, negative, or two spans overlap.

    """
    spans = tuple(sorted(Span(int(start), int(end)) for start, end in pairs))
    for span in spans:
        if not 0 <= span.start < span.end:
            raise SpanError(f"span [{span.start}, {span.end}) is empty or negative: give 0 <= start < end")
    for left, right in pairwise(spans):
        if left.overlaps(right):
            raise SpanError(f"spans {tuple(left)} and {tuple(right)} overlap: a span list is disjoint")
    return spans


def merge(spans: Iterable[Span]) -> Spans:
    """Union of spans: overlapping and touching ones become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def subtract(spans: Iterable[Span], holes: Iterable[Span]) -> Spans:
    """What is left of the union of `spans` once the union of `holes` is cut out."""
    rest: list[Span] = []
    cuts = merge(holes)
    at = 0
    for span in merge(spans):
        start = span.start
        while at < len(cuts) and cuts[at].end <= start:
            at += 1
        while at < len(cuts) and cuts[at].start < span.end:
            if cuts[at].start > start:
                rest.append(Span(start, cuts[at].start))
            start = cuts[at].end
            if start >= span.end:  # this hole may reach into the next span
                break
            at += 1
        if start < span.end:
            rest.append(Span(start, span.end))
    return tuple(rest)


def intersect(left: Iterable[Span], right: Iterable[Span]) -> Spans:
    """What both span lists cover."""
    a, b = merge(left), merge(right)
    i = j = 0
    shared: list[Span] = []
    while i < len(a) and j < len(b):
        start, end = max(a[i].start, b[j].start), min(a[i].end, b[j].end)
        if start < end:
            shared.append(Span(start, end))
        if a[i].end < b[j].end:
            i += 1
        else:
            j += 1
    return tuple(shared)


def overlap(left: Iterable[Span], right: Iterable[Span]) -> int:
    """Number of code points that both span lists cover."""
    return sum(span.length for span in intersect(left, right))


def covered(spans: Iterable[Span]) -> int:
    """Number of code points that a span list covers."""
    return sum(span.length for span in merge(spans))


def iou(left: Iterable[Span], right: Iterable[Span]) -> float:
    """Intersection over union of the covered code points, in [0, 1]; 0 if both are empty."""
    a, b = merge(left), merge(right)
    shared = overlap(a, b)
    union = covered(a) + covered(b) - shared
    return shared / union if union else 0.0


def trim(text: str, span: Span) -> Span | None:
    """The span without white space at its ends; None if nothing else is in it."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def hull(spans: Iterable[Span]) -> Span | None:
    """The smallest span that holds all of them; None if there is none."""
    found = tuple(spans)
    if not found:
        return None
    return Span(min(span.start for span in found), max(span.end for span in found))
