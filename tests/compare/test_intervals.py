"""Intervals by stories drawn again: laws, and the error against its closed form."""

import numpy as np
import pytest

from sayso.compare.intervals import draws, estimates


def test_the_error_is_that_of_a_mean_where_all_stories_weigh_alike() -> None:
    values = np.random.default_rng(1).normal(2.0, 3.0, (25, 2))
    made = estimates(values, np.ones(25), 400, 1)
    assert made.value == pytest.approx(values.mean(axis=0))
    assert made.error == pytest.approx(values.std(axis=0, ddof=1) / 5.0)
    assert (made.low > 1.7 * made.error).all()
    assert (made.high < 3.0 * made.error).all()


def test_rows_of_draws_add_up_and_the_seed_decides() -> None:
    drawn = np.concatenate(list(draws(7, 100, 3)))
    assert drawn.shape == (100, 7)
    assert (drawn.sum(axis=1) == 7).all()
    assert (drawn == np.concatenate(list(draws(7, 100, 3)))).all()
    assert not (drawn == np.concatenate(list(draws(7, 100, 4)))).all()


def test_memory_is_bounded_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = np.concatenate(list(draws(10, 50, 3)))
    monkeypatch.setattr("sayso.compare.intervals.MEMORY", 70)
    parts = list(draws(10, 50, 3))
    assert len(parts) == 8
    assert np.concatenate(parts).shape == whole.shape


def test_stories_that_all_agree_give_no_interval() -> None:
    made = estimates(np.full((8, 1), 2.0), np.ones(8), 200, 1)
    assert made.value[0] == 2.0
    assert np.isinf(made.low[0])


def test_a_measure_has_the_same_interval_whatever_stands_beside_it() -> None:
    values = np.random.default_rng(2).normal(size=(12, 3))
    alone, beside = estimates(values[:, :1], np.ones(12), 300, 5), estimates(values, np.ones(12), 300, 5)
    assert alone.low[0] == pytest.approx(beside.low[0])


def test_skewed_differences_reach_further_on_their_long_side() -> None:
    values = np.random.default_rng(3).exponential(1.0, (30, 1)) ** 2
    made = estimates(values, np.ones(30), 2000, 1)
    assert made.high[0] > made.low[0]
