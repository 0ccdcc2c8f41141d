"""Krippendorff's alpha against the worked examples of Krippendorff (2011), and its properties."""

from collections.abc import Hashable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.codebooks.alpha import alpha, alpha_of, coincidences

MEG, OWEN = "0100000010", "1110010000"
BEN, GERRY = "aabbdcccedda", "babbbcccaddd".replace("ccca", "ccce")
FOUR = ("123321412...", "1233224125.3", ".333234225" + "1.", "123324412" + "51.")


def units(*coders: str) -> list[list[Hashable | None]]:
    return [[None if value == "." else value for value in unit] for unit in zip(*coders, strict=True)]


@pytest.mark.parametrize(
    ("coders", "expected"),
    [((MEG, OWEN), 0.095), ((BEN, GERRY), 0.692), (FOUR, 0.743)],
    ids=["binary, two coders", "nominal, two coders", "nominal, four coders, missing values"],
)
def test_published_examples(coders: tuple[str, ...], expected: float) -> None:
    assert alpha(units(*coders)) == pytest.approx(expected, abs=0.0005)


def test_nothing_to_agree_on() -> None:
    assert alpha([]) is None
    assert alpha(units("aaa", "aaa")) is None
    assert alpha([["a", None], [None, "b"]]) is None


@given(st.lists(st.lists(st.sampled_from("abc."), min_size=2, max_size=4), min_size=1, max_size=20))
def test_it_never_exceeds_one_and_adds_up_over_units(rows: list[list[str]]) -> None:
    values = [[None if value == "." else value for value in row] for row in rows]
    found = alpha(values)
    assert found is None or found <= 1.0 + 1e-9
    total = sum((coincidences(unit, "abc") for unit in values), np.zeros((3, 3)))
    whole = float(alpha_of(total))
    assert found is None or whole == pytest.approx(found)


def test_perfect_agreement_is_one_and_opposition_is_below_zero() -> None:
    assert alpha(units("abab", "abab")) == 1.0
    assert (alpha(units("abab", "baba")) or 0) < 0
