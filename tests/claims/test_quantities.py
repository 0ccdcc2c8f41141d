"""Numbers in words and digits as values, with what they count."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims.quantities import quantities
from sayso.measures.gist import stem
from sayso.spans import Span


@pytest.mark.parametrize(
    ("text", "value", "kind", "counted"),
    [
        ("Twelve people were hurt", 12, "count", "people"),
        ("12 people were hurt", 12, "count", "people"),
        ("a dozen people were hurt", 12, "count", "people"),
        ("twenty-one boats sank", 21, "count", "boats"),
        ("1,250 boats sank", 1250, "count", "boats"),
        ("3.5 million boats sank", 3_500_000, "count", "boats"),
        ("it cost $40 million", 40_000_000, "money", ""),
        ("it cost 40 euros", 40, "money", "euros"),
        ("by 7 percent", 7, "percent", ""),
        ("by 7% in May", 7, "percent", ""),
        ("in 1998 it sank", 1998, "year", None),
        ("the 3rd boat", 3, "ordinal", "boat"),
        ("at 3 a.m. it sank", 3, None, None),
        ("at 14:30 it sank", 14, "clock", None),
    ],
)
def test_a_number_is_read(text: str, value: float, kind: str | None, counted: str | None) -> None:
    (found,) = quantities(text, Span(0, len(text)))[:1]
    assert math.isclose(found.value, value)
    assert kind is None or found.kind == kind
    assert counted is None or kind in ("percent", "money") or found.counted == stem(counted)
    assert text[found.span.start : found.span.end].strip()


@pytest.mark.parametrize("text", ["The NH175 road", "no number here", "", "9" * 40])
def test_no_number(text: str) -> None:
    assert quantities(text, Span(0, len(text))) == ()


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("12 people", "twelve people", True),
        ("12 people", "11 people", False),
        ("about 100 people", "110 people", True),
        ("about 100 people", "150 people", False),
        ("1,000 people", "1,004 people", True),
    ],
)
def test_near_numbers_can_both_be_true(one: str, other: str, near: bool) -> None:
    (first,), (second,) = (quantities(text, Span(0, len(text))) for text in (one, other))
    assert first.near(second) is second.near(first) is near


@given(st.text(alphabet=st.sampled_from("0123456789 ,.-$%:abdeinotwh\n"), max_size=60))
def test_quantities_stand_in_order_inside_the_text(text: str) -> None:
    found = quantities(text, Span(0, len(text)))
    assert [each.span for each in found] == sorted(each.span for each in found)
    assert all(0 <= each.span.start < each.span.end <= len(text) and math.isfinite(each.value) for each in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@given(st.integers(0, 999_999))
def test_a_number_with_and_without_commas_is_one(number: int) -> None:
    texts = (f"{number} boats", f"{number:,} boats")
    (one,), (other,) = (quantities(text, Span(0, len(text))) for text in texts)
    assert one.value == other.value == number
