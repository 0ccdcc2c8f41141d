"""Dots and intervals: where they stand, what they say, and that all of it stands in words as well."""

import math
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.site.charts import DIFFERENCE, LEVEL, MARGIN, Point, chart, limit, number, place, rounded_up
from sayso.site.contrasts import Panel
from sayso.site.frame import in_files, show
from sayso.site.outlets import OutletsPage

MIDDLE = 50.0
VALUES = st.floats(-1e6, 1e6, allow_nan=False)


def point(
    value: float | None, low: float | None = None, high: float | None = None, *, few: bool = False, name: str = "Alder Post"
) -> Point:
    return Point(name, value, low, high, "9 stories", "too few stories" if few else "not told apart", few, outlet=name)


POINTS = st.builds(
    lambda value, less, more, few: point(value, value - less, value + more, few=few),
    VALUES, st.floats(0, 1e5), st.floats(0, 1e5), st.booleans(),
)  # fmt: skip


@given(st.lists(POINTS, min_size=1, max_size=8), st.sampled_from([DIFFERENCE, LEVEL]))
def test_everything_stands_on_the_strip_and_in_order(points: list[Point], kind: str) -> None:
    made = chart("Loaded words", "per 1,000 words", points, kind)
    for dot in made.dots:
        assert dot.x is not None
        assert MARGIN <= dot.x <= 100 - MARGIN
        assert (dot.left is None) == (dot.right is None) == dot.point.few
        if dot.left is not None and dot.right is not None:
            assert MARGIN <= dot.left <= dot.x <= dot.right <= 100 - MARGIN
    assert made.zero == (MIDDLE if kind == DIFFERENCE else MARGIN)


@given(st.lists(POINTS, min_size=1, max_size=8))
def test_no_dot_of_which_something_may_be_said_leaves_the_scale(points: list[Point]) -> None:
    assert limit(points) >= max([abs(one.value or 0.0) for one in points if not one.few], default=0.0) * (1 - 1e-9)


@given(POINTS, POINTS)
def test_more_stands_to_the_right(one: Point, other: Point) -> None:
    first, second = chart("t", "u", [one, other]).dots
    if (one.value or 0.0) < (other.value or 0.0):
        assert (first.x or 0.0) <= (second.x or 0.0)


@given(st.floats(1e-9, 1e9))
def test_a_scale_ends_with_a_round_number_not_far_away(value: float) -> None:
    end = rounded_up(value)
    assert value * (1 - 1e-9) <= end <= value * 2
    assert math.isclose(end, float(f"{end:.1e}"))


def test_a_wide_interval_ends_in_an_arrow_and_presses_nobody() -> None:
    points = [point(1.0, 0.5, 1.5), point(-1.0, -1.5, -0.5), point(0.0, -900.0, 900.0)]
    made = chart("t", "u", points)
    assert limit(points) == 3.0
    assert [(dot.before, dot.beyond) for dot in made.dots] == [(False, False), (False, False), (True, True)]
    assert made.ticks == ("−3", "0", "+3")


def test_what_rests_on_too_few_has_no_interval_and_no_say_in_the_scale() -> None:
    made = chart("t", "u", [point(1.0, 0.0, 2.0), point(500.0, 0.0, 900.0, few=True)])
    assert made.ticks[2] == "+2"
    assert made.dots[1].left is None
    assert made.dots[1].beyond
    assert "too few stories" in made.dots[1].label
    assert "interval" not in made.dots[1].label


@pytest.mark.parametrize("points", [[], [point(None)], [point(0.0, 0.0, 0.0)], [point(4.0, few=True)]])
def test_nothing_to_show_is_no_error(points: list[Point]) -> None:
    made = chart("t", "u", points)
    assert made.ticks == ("−1", "0", "+1")
    assert made.empty == (not any(one.value == 0.0 for one in points))


@pytest.mark.parametrize(
    ("value", "signed", "shown"),
    [(0, True, "0"), (-0.001, False, "0"), (1234.5, False, "1,234"), (-12.34, False, "−12.3"), (0.5, True, "+0.5"), (100, False, "100")],
)  # fmt: skip
def test_numbers(value: float, signed: bool, shown: str) -> None:
    assert number(value, signed=signed) == shown


@pytest.mark.parametrize(
    ("one", "kind", "label"),
    [
        (point(2.0, 1.0, 3.0), DIFFERENCE, "2 per 1,000 words more, interval 1 to 3, 9 stories, not told apart"),
        (point(-2.0, -3.0, -1.0), DIFFERENCE, "2 per 1,000 words less, interval −3 to −1, 9 stories, not told apart"),
        (point(2.0, few=True), LEVEL, "2 per 1,000 words, 9 stories, too few stories"),
        (point(None), DIFFERENCE, "no value, 9 stories, not told apart"),
    ],
)
def test_labels_say_all_of_it(one: Point, kind: str, label: str) -> None:
    assert chart("t", "per 1,000 words", [one], kind).dots[0].label == label


def test_a_place_is_a_share_of_the_strip() -> None:
    assert [place(value, -2.0, 2.0) for value in (-9, -2, 0, 2)] == [MARGIN, MARGIN, MIDDLE, 100 - MARGIN]


HOSTILE = '"><script>alert(1)</script>'


def drawn(points: list[Point]) -> str:
    """The chart as the page of outlets draws it."""
    made = chart("Hedges", "per 1,000 words", points)
    page = OutletsPage(0, None, 0, "", (), "", (), (Panel("t", "", (made,)),), (), (), ())
    html = show(in_files("s", "m").titled("Outlets", "outlets"), "outlets.html.jinja", page)
    return html[html.index("<figure") : html.index("</figure>") + len("</figure>")]


def test_what_is_drawn_is_attributes_only_labeled_and_in_a_table() -> None:
    points = [point(1.0, -9.0, 2.0), point(0.5, few=True), point(None, name=HOSTILE)]
    html = drawn(points)
    figure = ElementTree.fromstring(html.replace("<br>", " "))
    strips = figure.findall(".//svg[@role='img']")
    assert [strip.get("aria-label") for strip in strips] == [dot.label for dot in chart("", "per 1,000 words", points).dots]
    assert not [each for each in figure.iter() if each.get("style")]
    rows = ["|".join(" ".join(cell.itertext()) for cell in row) for row in figure.findall(".//tbody/tr")]
    assert rows[0] == "Alder Post|1|−9 to 2|9 stories|not told apart"
    assert rows[1] == "Alder Post|0.5|none shown|9 stories|too few stories"
    assert len(rows) == len(points)
    assert [strip.find("circle") is not None for strip in strips] == [True, True, False]
    assert "<script" not in html
