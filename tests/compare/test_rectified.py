"""Prediction-powered contrasts: the published estimator of a mean as a special case, and the known error taken out."""

import numpy as np
import pytest

from sayso.compare.rectified import Sample, rectified


def test_a_mean_is_the_published_estimator() -> None:
    """PPI++ for a mean: λ f̄ + mean(y − λ f), λ = cov(f, y) / ((1 + n/N) var(f)), variance λ² var(f)/N + var(y − λ f)/n."""
    generator = np.random.default_rng(1)
    whole, labels = 4000, 200
    predicted = generator.normal(3.0, 1.0, whole)
    known = predicted[:labels]
    true = 0.5 * known + generator.normal(0.0, 0.4, labels)
    spread = predicted.var(ddof=1)
    sample = Sample(whole, known / whole, true / whole)
    made = rectified(predicted.mean(), float(np.sqrt(spread / whole)), whole, [sample])
    weight = np.cov(known, true)[0, 1] / (spread * labels / whole + known.var(ddof=1))
    assert made.weight == pytest.approx(weight)
    assert made.value == pytest.approx(weight * predicted.mean() + (true - weight * known).mean())
    assert made.error**2 == pytest.approx(weight**2 * spread / whole + (true - weight * known).var(ddof=1) / labels)
    plain = rectified(predicted.mean(), float(np.sqrt(spread / whole)), whole, [sample], weight=1.0)
    assert plain.value == pytest.approx(predicted.mean() + (true - known).mean())
    assert made.error < plain.error


def test_a_perfect_measure_is_kept_and_a_blind_one_dropped() -> None:
    found = np.random.default_rng(2).normal(size=50)
    perfect = rectified(1.0, 0.01, 1000, [Sample(5000, found / 5000, found / 5000)], weight=1.0)
    assert perfect.value == pytest.approx(1.0)
    assert perfect.error == pytest.approx(0.01)
    noise = np.random.default_rng(3).normal(size=50)
    blind = rectified(1.0, 0.5, 1000, [Sample(500, found / 500, (noise - found * np.cov(noise, found)[0, 1] / found.var(ddof=1)) / 500)])
    assert blind.weight == pytest.approx(0.0, abs=1e-9)
    assert blind.freedom == pytest.approx(49.0)


def test_intervals_hold_the_truth_where_the_measure_errs_differently_in_each_group() -> None:
    """Two groups told alike; the measure finds half too much in one: uncorrected it is always wrong, corrected 95 % are right."""
    generator = np.random.default_rng(4)
    held = plain = 0
    rounds, whole, labels = 400, 600, 60
    for _ in range(rounds):
        truths = generator.poisson(4.0, (2, whole)).astype(float)
        found = generator.binomial(truths.astype(int), 0.8) + generator.poisson([[2.8], [0.8]], (2, whole))
        signs = np.array([1.0, -1.0])
        error = float(np.sqrt((found.var(axis=1, ddof=1) / whole).sum()))
        value = float(signs @ found.mean(axis=1))
        picked = [generator.permutation(whole)[:labels] for _ in range(2)]
        samples = [Sample(whole, signs[k] * found[k][rows] / whole, signs[k] * truths[k][rows] / whole) for k, rows in enumerate(picked)]
        made = rectified(value, error, whole, samples)
        held += abs(made.value) <= 1.98 * made.error
        plain += abs(value) <= 1.98 * error
    assert plain == 0
    assert 0.92 <= held / rounds <= 0.98  # 95 % ± 3 standard errors
