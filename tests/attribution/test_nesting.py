"""Who stands within whom."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.attribution.draft import Draft
from sayso.attribution.nesting import with_nesting
from sayso.spans import Span, covered, hull, merge


def draft(content: list[tuple[int, int]], cue: tuple[int, int] | None = None) -> Draft:
    return Draft(tuple(Span(*pair) for pair in content), cue=(Span(*cue),) if cue else ())


CASES = {
    "nothing": ([], []),
    "alone": ([draft([(10, 20)], (5, 8))], [None]),
    "side by side": ([draft([(10, 20)], (5, 8)), draft([(30, 40)], (25, 28))], [None, None]),
    "one in another": ([draft([(10, 40)], (5, 8)), draft([(30, 40)], (20, 24))], [None, 0]),
    "order does not matter": ([draft([(30, 40)], (20, 24)), draft([(10, 40)], (5, 8))], [1, None]),
    "the smallest one holds": ([draft([(0, 90)], (95, 98)), draft([(10, 60)], (5, 8)), draft([(30, 40)], (20, 24))], [None, 0, 1]),
    "a cue that sticks out is not held": ([draft([(10, 22)], (5, 8)), draft([(30, 40)], (20, 24))], [None, None]),
    "in the second part of a content": ([draft([(0, 10), (20, 40)], (12, 15)), draft([(30, 40)], (22, 25))], [None, 0]),
    "in the gap of a content": ([draft([(0, 10), (30, 40)], (12, 15)), draft([(50, 60)], (20, 25))], [None, None]),
    "no cue: the content decides": ([draft([(0, 50)], (55, 58)), draft([(10, 20)])], [None, 0]),
    "cue in the draft's own content": ([draft([(0, 50)], (10, 14))], [None]),
    "each in the other": ([draft([(20, 40)], (5, 8)), draft([(0, 10)], (25, 28))], [1, None]),
    "the same content twice": ([draft([(20, 40)], (5, 8)), draft([(20, 40)], (45, 48))], [None, None]),
    "the same quotation twice without cue": ([draft([(20, 40)]), draft([(20, 40)])], [1, None]),
}


@pytest.mark.parametrize(("drafts", "within"), CASES.values(), ids=CASES.keys())
def test_nesting(drafts: list[Draft], within: list[int | None]) -> None:
    assert [found.within for found in with_nesting(drafts)] == within


PLACES = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 40), st.integers(1, 25))
DRAFTS = st.lists(
    st.builds(
        lambda content, cue: Draft(merge(content), cue=merge(cue)), st.lists(PLACES, min_size=1, max_size=3), st.lists(PLACES, max_size=2)
    ),
    max_size=8,
)


@settings(max_examples=40)
@given(DRAFTS)
def test_no_circles_and_every_holder_holds(drafts: list[Draft]) -> None:
    found = with_nesting(drafts)
    assert [one.content for one in found] == [one.content for one in drafts]
    for number, one in enumerate(found):
        anchor = hull(one.cue) or one.content[0]
        if one.within is not None:
            assert one.within != number
            assert any(part.holds(anchor) for part in found[one.within].content)
        at, steps = one.within, 0
        while at is not None:
            at, steps = found[at].within, steps + 1
            assert steps <= len(found), "a circle"


@settings(max_examples=40)
@given(DRAFTS)
def test_only_a_circle_keeps_a_draft_from_the_smallest_holder(drafts: list[Draft]) -> None:
    found = with_nesting(drafts)
    for number, one in enumerate(found):
        anchor = hull(one.cue) or one.content[0]
        holders = [n for n, other in enumerate(found) if n != number and any(part.holds(anchor) for part in other.content)]
        smaller = [n for n in holders if one.within is None or covered(found[n].content) < covered(found[one.within].content)]
        for n in smaller:
            line = [n]
            while (outer := found[line[-1]].within) is not None:
                line.append(outer)
            assert number in line


def test_many_drafts_side_by_side_take_linear_time() -> None:
    drafts = [draft([(at + 5, at + 9)], (at, at + 4)) for at in range(0, 50_000, 10)]
    assert all(found.within is None for found in with_nesting(drafts))
