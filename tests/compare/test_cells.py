"""Cells, scores and coefficients: laws that hold for any corpus."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.compare.cells import Cells, coefficients, joined, side


def corpus(seed: int, articles: int = 40) -> Cells:
    generator = np.random.default_rng(seed)
    story, group = generator.integers(0, 6, articles), generator.integers(0, 4, articles)
    words = generator.integers(0, 500, articles).astype(float)
    return joined(story, group, generator.poisson(words * 0.02)[:, None].astype(float), words, 200.0, 1000.0)[0]


def test_articles_of_one_outlet_in_one_story_are_joined() -> None:
    story, group = np.array([0, 0, 0, 1, -1]), np.array([1, 1, 0, 0, 0])
    cells, place = joined(story, group, np.array([[1.0], [2.0], [0.0], [4.0], [9.0]]), np.array([10.0, 20.0, 0.0, 5.0, 7.0]))
    assert cells.story.tolist() == [0, 1]
    assert cells.group.tolist() == [1, 0]
    assert cells.found[:, 0].tolist() == [3.0, 4.0]
    assert cells.base.tolist() == [30.0, 5.0]
    assert cells.articles.tolist() == [2, 1]
    assert place.tolist() == [0, 0, -1, 1, -1]  # no words: no cell; no story: no cell


@given(st.integers(0, 10_000))
def test_scores_of_a_story_add_up_to_nothing(seed: int) -> None:
    found = side(corpus(seed), 0)
    if found.stories:
        assert np.allclose(np.add.reduceat(found.score[:, 0], found.start), 0.0, atol=1e-9)


@given(st.integers(0, 10_000))
def test_one_pair_is_the_other_turned_round(seed: int) -> None:
    cells = corpus(seed)
    one, other = side(cells, 0, 1), side(cells, 1, 0)
    assert np.allclose(one.score[one.own], -other.score[other.own])
    assert np.allclose(one.weight[one.own], other.weight[other.own])


@given(st.integers(0, 10_000))
def test_the_contrast_is_linear_in_what_was_found(seed: int) -> None:
    found = side(corpus(seed), 0)
    if found.stories:
        contrast = found.score[found.own].sum() / found.weight[found.own].sum()
        assert coefficients(found) @ found.cells.found[:, 0] == pytest.approx(contrast, abs=1e-9)


@pytest.mark.parametrize("words", [0.001, 1.0, 3.0])
def test_a_side_with_hardly_any_words_does_not_explode(words: float) -> None:
    story, group = np.repeat(np.arange(6), 2), np.tile([0, 1], 6)
    base = np.array([words, 300.0] + [300.0] * 10)
    found = np.array([1.0, 2.0] + [2.0] * 10)[:, None]
    seen = side(joined(story, group, found, base, 200.0, 1000.0)[0], 0)
    assert 0.0 < seen.score[seen.own].sum() / seen.weight[seen.own].sum() < 1000.0 / 200.0


def test_equal_articles_differ_by_their_mean_difference() -> None:
    story, group = np.repeat(np.arange(3), 2), np.tile([0, 1], 3)
    cells = joined(story, group, np.array([4.0, 1.0, 6.0, 2.0, 2.0, 3.0])[:, None], np.full(6, 100.0), 200.0, 1000.0)[0]
    found = side(cells, 0)
    assert found.score[found.own].sum() / found.weight[found.own].sum() == pytest.approx((30 + 40 - 10) / 3)
    assert found.level[found.own].sum() / found.weight[found.own].sum() == pytest.approx((40 + 60 + 20) / 3)


def test_nothing_to_hold_it_against_is_no_story() -> None:
    cells = joined(np.array([0, 1]), np.array([0, 0]), np.ones((2, 1)), np.ones(2))[0]
    assert side(cells, 0).stories == 0
