import math

import numpy as np

from sayso.evaluation.bootstrap import draws, interval, scores, table
from sayso.evaluation.metrics import Metric, f1, share

METRICS = [Metric("exact.cue", "cue", "spans"), Metric("voice.words", "words", "voice", share=True)]
ARTICLES = [
    f1("exact.cue", 3, 4, 5) | share("voice.words", 90, 100),
    f1("exact.cue", 0, 1, 2) | share("voice.words", 10, 50),
    f1("exact.cue", 6, 6, 6),
]


def test_scores_of_all_resamples_equal_scores_of_each() -> None:
    matrix, place = table(ARTICLES, METRICS)
    drawn = draws(len(ARTICLES), resamples=20, seed=3)
    together = scores(drawn @ matrix, place, METRICS)
    for row, found in zip(drawn, together, strict=True):
        chosen = [article for article, times in zip(ARTICLES, row, strict=True) for _ in range(int(times))]
        assert len(chosen) == len(ARTICLES)
        alone, same_place = table(chosen, METRICS)
        np.testing.assert_allclose(scores(alone.sum(axis=0), same_place, METRICS), found)


def test_counts_add_up_to_micro_averages() -> None:
    matrix, place = table(ARTICLES, METRICS)
    (cue, words) = scores(matrix.sum(axis=0), place, METRICS)
    np.testing.assert_allclose(cue, [9 / 11, 9 / 13, 2 * 9 / 24])
    np.testing.assert_allclose(words, [100 / 150] * 3)


def test_the_seed_fixes_the_draws() -> None:
    assert (draws(10) == draws(10)).all()
    assert (draws(10) != draws(10, seed=1)).any()
    assert draws(10).shape == (1000, 10)


def test_interval() -> None:
    low, high = interval(np.arange(1001) / 1000)
    np.testing.assert_allclose((low, high), (0.025, 0.975))
    assert interval(np.array([np.nan, 0.5])) == (0.5, 0.5)
    assert all(math.isnan(end) for end in interval(np.array([np.nan])))


def test_the_interval_of_a_mean_has_the_width_that_theory_gives() -> None:
    shares = np.random.default_rng(1).random(400)
    metrics = [METRICS[1]]
    matrix, place = table([share("voice.words", float(part), 1) for part in shares], metrics)
    low, high = interval(scores(draws(400, resamples=4000) @ matrix, place, metrics)[:, 0, 2])
    expected = 2 * 1.96 * shares.std() / math.sqrt(400)
    assert abs((high - low) - expected) < 0.1 * expected
