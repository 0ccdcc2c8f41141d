"""Rates: the exact Poisson interval against published values, and what must hold for any."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.measures.rates import at_most, poisson_interval, rates
from sayso.reading import Tally

# Exact 95% limits of a Poisson count, to three places (Garwood 1936, as tabled in Ulm 1990 and in textbooks of epidemiology).
TABLE = [
    (0, 0.000, 3.689),
    (1, 0.025, 5.572),
    (2, 0.242, 7.225),
    (3, 0.619, 8.767),
    (4, 1.090, 10.242),
    (5, 1.623, 11.668),
    (10, 4.795, 18.390),
    (20, 12.217, 30.888),
    (50, 37.111, 65.919),
    (100, 81.364, 121.627),
]


@pytest.mark.parametrize(("count", "low", "high"), TABLE)
def test_published_values(count: int, low: float, high: float) -> None:
    assert poisson_interval(count) == pytest.approx((low, high), abs=6e-4)


def test_of_nothing_the_upper_end_is_known_in_closed_form() -> None:
    for level in (0.5, 0.9, 0.95, 0.99):
        assert poisson_interval(0, level) == pytest.approx((0.0, -math.log((1 - level) / 2)), rel=1e-9)


@given(st.integers(0, 3_000), st.floats(0.5, 0.999))
def test_both_ends_have_half_of_what_is_left(count: int, level: float) -> None:
    low, high = poisson_interval(count, level)
    assert low <= count <= high
    assert at_most(count, high) == pytest.approx((1 - level) / 2, rel=1e-5)
    if count:
        assert 1 - at_most(count - 1, low) == pytest.approx((1 - level) / 2, rel=1e-5)


@given(st.integers(0, 40), st.floats(0.01, 60))
def test_the_distribution_is_poissons(count: int, mean: float) -> None:
    plain = sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(count + 1))
    assert at_most(count, mean) == pytest.approx(plain, rel=1e-9)


@given(st.integers(0, 50), st.integers(1, 5_000), st.integers(2, 9))
def test_repeating_everything_keeps_the_rate_and_narrows_the_interval(count: int, words: int, times: int) -> None:
    once = rates(Tally("loaded", "loaded", "own", count, 3, words))
    often = rates(Tally("loaded", "loaded", "own", count * times, 0, words * times))
    assert once is not None
    assert often is not None
    assert often.per_thousand == pytest.approx(once.per_thousand)
    assert often.high - often.low < once.high - once.low


def test_a_rate_is_per_thousand_words_and_leaves_candidates_out() -> None:
    found = rates(Tally("loaded", "loaded", "own", 2, 7, 400))
    assert found is not None
    assert (found.per_thousand, found.low, found.high) == pytest.approx((5.0, 0.6055, 18.062), abs=2e-3)


def test_without_words_there_is_no_rate() -> None:
    assert rates(Tally("loaded", "loaded", "own", 0, 0, 0)) is None


@pytest.mark.parametrize(("count", "level"), [(-1, 0.95), (1, 0.0), (1, 1.0)])
def test_calls_without_sense_are_refused(count: int, level: float) -> None:
    with pytest.raises(UsageError):
        poisson_interval(count, level)
