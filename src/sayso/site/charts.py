"""Dots with their intervals on one scale, as numbers that a template draws: where each dot stands, and what it says in words.

Always true here: all dots of a chart share one scale, which shows 0; a dot that rests on too few is drawn without an interval, hollow, and
says so in words; an interval that leaves the scale ends in an arrow; whatever is drawn stands in words beside it as well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

MARGIN = 4.0  # per cent of a strip left free at each end, so that a dot there is whole
DIFFERENCE, LEVEL = "difference", "level"
_STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True, slots=True)
class Point:
    """What is to be drawn in one row.

    Attributes:
        name: of the row, safe to be shown.
        value: where the dot stands, in the unit of the chart; None where there is none.
        low: of its interval; None where none may be shown.
        high: the same.
        n: what it rests on, such as `34 stories`.
        said: what may be said of it, in words.
        few: whether it rests on too few to say anything.
        told: whether a difference is told: its words stand beside the dot then.
        outlet: whose page the row leads to, by its name as it was given; empty for none.

    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: str
    said: str = ""
    few: bool = False
    told: bool = False
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """One row as it is drawn; places in per cent of the width of its strip, so that dots are as large on a narrow screen as on a wide one.

    Attributes:
        point: what it shows.
        x: the middle of the dot; None where nothing is drawn.
        left: where the line of its interval begins, and `right` where it ends; None for no line.
        before: whether the interval goes on to the left of the scale, and `beyond` to the right.
        label: all of it in words.

    """

    point: Point
    x: float | None
    left: float | None
    right: float | None
    before: bool
    beyond: bool
    label: str

    @property
    def interval(self) -> str:
        """The bounds in words; empty where there are none."""
        low, high = self.point.low, self.point.high
        return "" if low is None or high is None else f"{number(low)} to {number(high)}"

    @property
    def value(self) -> str:
        """The value in words; a dash where there is none."""
        return "–" if self.point.value is None else number(self.point.value)


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows on one scale.

    Attributes:
        title: what is measured.
        unit: of the scale.
        about: how to read it.
        ticks: what stands below the left end, the middle and the right end.
        zero: where 0 stands.
        dots: the rows, in the order given.

    """

    title: str
    unit: str
    about: str
    ticks: tuple[str, str, str]
    zero: float
    dots: tuple[Dot, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing may be said of any row."""
        return all(dot.point.few or dot.x is None for dot in self.dots)


def chart(title: str, unit: str, points: Sequence[Point], kind: str = DIFFERENCE, about: str = "") -> Chart:
    """A chart of these rows.

    Args:
        title: what is measured.
        unit: of the values.
        points: the rows; their order is kept.
        kind: `DIFFERENCE` for a scale with 0 in the middle, `LEVEL` for one that begins with 0.
        about: how to read it.

    """
    top = limit(points)
    bottom = -top if kind == DIFFERENCE else 0.0
    ticks = (number(bottom), number((bottom + top) / 2), number(top, signed=kind == DIFFERENCE))
    dots = tuple(_dot(point, bottom, top, unit, kind) for point in points)
    return Chart(title, unit, about, ticks, place(0.0, bottom, top), dots)


def limit(points: Sequence[Point]) -> float:
    """The end of the scale: a round number that holds every dot of which something may be said, and most of their intervals."""
    shown = [point for point in points if point.value is not None and not point.few]
    values = [abs(point.value) for point in shown if point.value is not None]
    bounds = [max(abs(point.low), abs(point.high)) for point in shown if point.low is not None and point.high is not None]
    if not values or not max(values + bounds) > 0.0:
        return 1.0
    # One interval that is far wider than the others would press all of them together: it ends in an arrow instead.
    most = min(max(bounds), max(3.0 * max(values), 2.0 * median(bounds))) if bounds else 0.0
    return rounded_up(max(*values, most) if most else max(values))


def rounded_up(value: float) -> float:
    """The next of a few round numbers (1, 1.5, 2, …) times a power of ten, at least the value; above 0."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _STEPS if step * power >= value * (1.0 - 1e-9))


def place(value: float, bottom: float, top: float) -> float:
    """Where a value stands on the strip, in per cent; what lies outside the scale stands at its end."""
    share = (min(max(value, bottom), top) - bottom) / (top - bottom)
    return round(MARGIN + share * (100.0 - 2.0 * MARGIN), 2)


def number(value: float, *, signed: bool = False) -> str:
    """A number in three digits at most, with a true minus."""
    size = abs(value)
    shown = f"{size:,.0f}" if size >= 100 else f"{size:.1f}" if size >= 10 else f"{size:.2f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    sign = "" if shown == "0" else "−" if value < 0 else "+" if signed else ""
    return sign + shown


def _dot(point: Point, bottom: float, top: float, unit: str, kind: str) -> Dot:
    label = _label(point, unit, kind)
    if point.value is None:
        return Dot(point, None, None, None, before=False, beyond=False, label=label)
    x = place(point.value, bottom, top)
    if point.low is None or point.high is None or point.few:
        return Dot(point, x, None, None, before=point.value < bottom, beyond=point.value > top, label=label)
    low, high = point.low, point.high
    return Dot(point, x, place(low, bottom, top), place(high, bottom, top), before=low < bottom, beyond=high > top, label=label)


def _label(point: Point, unit: str, kind: str) -> str:
    if point.value is None:
        told = "no value"
    elif kind == DIFFERENCE:
        told = f"{number(abs(point.value))} {unit} {'more' if point.value > 0 else 'less' if point.value < 0 else 'of a difference'}"
    else:
        told = f"{number(point.value)} {unit}"
    interval = "" if point.low is None or point.high is None or point.few else f", interval {number(point.low)} to {number(point.high)}"
    said = f", {point.said}" if point.said else ""
    return f"{told}{interval}, {point.n}{said}"
