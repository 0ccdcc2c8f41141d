"""Tuning on a network that is told what to find: no torch needed."""

import numpy as np
import pytest

from sayso.training.calibrate import logistic


def test_logistic_finds_the_odds_of_a_coin() -> None:
    right = np.array([1.0] * 750 + [0.0] * 250)
    (weight,) = logistic(np.ones((1000, 1)), right)
    assert 1 / (1 + np.exp(-weight)) == pytest.approx(0.75, abs=1e-3)


def test_logistic_finds_the_slope() -> None:
    dice = np.random.default_rng(3)
    x = dice.normal(size=20_000)
    right = (dice.random(20_000) < 1 / (1 + np.exp(-(0.5 + 2 * x)))).astype(float)
    weights = logistic(np.stack([np.ones_like(x), x], axis=1), right)
    assert weights == pytest.approx([0.5, 2.0], abs=0.1)


@pytest.mark.parametrize("right", [np.ones(5), np.zeros(5), np.zeros(0)])
def test_logistic_stays_finite_without_contrast(right: np.ndarray) -> None:
    assert np.isfinite(logistic(np.ones((len(right), 2)), right)).all()
