"""Span arithmetic, against sets of characters."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SaysoError, SpanError
from sayso.spans import Span, covered, hull, iou, merge, overlap, span_list, subtract, trim

SPANS = st.lists(st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 15)), max_size=12)


def characters(spans: list[Span] | tuple[Span, ...]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def assert_is_span_list(spans: tuple[Span, ...]) -> None:
    assert span_list(spans) == spans


@pytest.mark.parametrize("pairs", [[(3, 3)], [(4, 2)], [(-1, 2)], [(0, 4), (3, 6)], [(0, 9), (2, 3)], [(1, 2), (1, 2)]])
def test_spans_that_cannot_exist(pairs: list[tuple[int, int]]) -> None:
    with pytest.raises(SpanError) as caught:
        span_list(pairs)
    assert isinstance(caught.value, SaysoError)
    assert "\n" not in str(caught.value)


def test_span_list_sorts_and_lets_spans_touch() -> None:
    assert span_list([(5, 7), [0, 5]]) == (Span(0, 5), Span(5, 7))
    assert span_list([]) == ()


@pytest.mark.parametrize(
    ("left", "right", "holds", "overlaps"),
    [((0, 5), (1, 4), True, True), ((0, 5), (0, 5), True, True), ((0, 5), (5, 6), False, False), ((0, 5), (4, 6), False, True)],
)
def test_two_spans(left: tuple[int, int], right: tuple[int, int], holds: bool, overlaps: bool) -> None:
    one, other = Span(*left), Span(*right)
    assert (one.holds(other), one.overlaps(other), other.overlaps(one)) == (holds, overlaps, overlaps)
    assert one.length == left[1] - left[0]


@given(SPANS, SPANS)
def test_arithmetic_is_that_of_sets(left: list[Span], right: list[Span]) -> None:
    a, b = characters(left), characters(right)
    assert characters(merge(left)) == a
    assert characters(subtract(left, right)) == a - b
    assert overlap(left, right) == len(a & b)
    assert covered(left) == len(a)
    assert iou(left, right) == (len(a & b) / len(a | b) if a | b else 0.0)
    for made in (merge(left), subtract(left, right)):
        assert_is_span_list(made)
        assert all(one.end < other.start for one, other in pairwise(made)), "parts that touch are one part"


@given(SPANS)
def test_hull_is_the_smallest_span_around(spans: list[Span]) -> None:
    found = hull(iter(spans))
    assert (found is None) == (not spans)
    if found:
        assert (found.start, found.end) == (min(characters(spans)), max(characters(spans)) + 1)


@given(st.text(" a\n\u00a0\u2003“é", max_size=20), st.data())
def test_trim_takes_white_space_only_and_all_of_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = trim(text, Span(start, end))
    inside = text[start:end].strip()
    assert (found is None) == (not inside)
    if found:
        assert text[found.start : found.end] == inside
        assert start <= found.start < found.end <= end


def test_subtracting_many_holes_from_many_spans_is_linear() -> None:
    spans = [Span(at, at + 3) for at in range(0, 80_000, 4)]
    holes = [Span(at + 1, at + 2) for at in range(0, 80_000, 4)]
    assert len(subtract(spans, holes)) == 2 * len(spans)
