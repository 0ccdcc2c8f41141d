"""Best paths and their log probabilities, against every path there is."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sayso.attribution.paths import FORBIDDEN, best_span, best_spans
from sayso.encoder.heads import BEGIN, END, INSIDE

Scores = NDArray[np.float32]
Choice = tuple[tuple[int, int], ...]
NUMBER = st.integers(-400, 400).map(lambda n: n / 100)


@st.composite
def tables(draw: st.DrawFn) -> Scores:
    rows, count = draw(st.integers(1, 3)), draw(st.integers(1, 7))
    values = draw(st.lists(NUMBER, min_size=rows * count * 3, max_size=rows * count * 3))
    scores = np.array(values, np.float32).reshape(rows, count, 3)
    for at in draw(st.sets(st.integers(0, count - 1), max_size=2)):
        scores[:, at, INSIDE] = FORBIDDEN
    return scores


def choices(row: Scores, most: int) -> dict[Choice, float]:
    """Every set of at most `most` spans that do not touch, with its score."""
    found: dict[Choice, float] = {}
    for states in itertools.product((0, 1), repeat=len(row)):
        runs, at = [], 0
        for inside, group in itertools.groupby(states):
            size = len(list(group))
            if inside:
                runs.append((at, at + size - 1))
            at += size
        if len(runs) <= most:
            found[tuple(runs)] = float(sum(row[a, BEGIN] + row[b, END] + row[a : b + 1, INSIDE].astype(float).sum() for a, b in runs))
    return found


def assert_best(row: Scores, chosen: Choice, log_probability: float, most: int) -> None:
    scored = choices(row, most)
    best = max(scored.values())
    assert scored[chosen] == pytest.approx(best, abs=1e-3)
    total = best + math.log(sum(math.exp(score - best) for score in scored.values()))
    assert log_probability == pytest.approx(best - total, abs=2e-3)


@settings(max_examples=40)
@given(tables())
def test_sets_of_spans(scores: Scores) -> None:
    before = scores.copy()
    found, sure = best_spans(scores)
    assert np.array_equal(scores, before), "the scores are not touched"
    for row, spans, log_probability in zip(scores, found, sure, strict=True):
        assert all(one[1] + 1 < other[0] for one, other in itertools.pairwise(spans)), "spans never touch"
        assert_best(row, tuple(spans), float(log_probability), len(row))


@settings(max_examples=40)
@given(tables())
def test_single_spans(scores: Scores) -> None:
    found, sure = best_span(scores)
    for row, span, log_probability in zip(scores, found, sure, strict=True):
        scored = choices(row, 1)
        none = scored.pop(())
        total = math.log(sum(math.exp(score) for score in (none, *scored.values())))
        there = sum(math.exp(score) for score in scored.values())
        assert span is not None if there > 1.001 else span is None if there < 0.999 else True
        chosen = scored[(span,)] if span else none
        assert span is None or chosen == pytest.approx(max(scored.values()), abs=1e-3)
        assert log_probability == pytest.approx(chosen - total, abs=2e-3)


@settings(max_examples=30)
@given(tables())
def test_forbidden_pieces_are_in_no_span(scores: Scores) -> None:
    closed = scores[..., INSIDE] == FORBIDDEN
    for row, spans in enumerate(best_spans(scores)[0]):
        assert not any(closed[row, a : b + 1].any() for a, b in spans)
    for row, span in enumerate(best_span(scores)[0]):
        assert span is None or not closed[row, span[0] : span[1] + 1].any()


def test_a_cue_in_the_middle_of_a_full_window_costs_no_precision() -> None:
    scores = np.full((1, 256, 3), -2.0, np.float32)
    scores[0, [0, *range(100, 112), *range(200, 256)], INSIDE] = FORBIDDEN
    scores[0, 150:153, INSIDE] = 1.0
    scores[0, 150, BEGIN], scores[0, 152, END] = -1.0, -1.9995  # 0.0005 better than no span at all
    found, sure = best_span(scores)
    assert found == [(150, 152)]
    others, sure_of_set = best_spans(scores)
    assert others == [[(150, 152)]]
    assert sure[0] < math.log(0.5) + 1e-3
    assert sure_of_set[0] <= sure[0] + 1e-3


@pytest.mark.parametrize("shape", [(0, 5, 3), (2, 0, 3), (0, 0, 3)])
def test_nothing_to_choose_from(shape: tuple[int, int, int]) -> None:
    scores = np.zeros(shape, np.float32)
    assert best_span(scores)[0] == [None] * shape[0]
    assert best_spans(scores)[0] == [[]] * shape[0]
    assert best_span(scores)[1].shape == best_spans(scores)[1].shape == (shape[0],)


def test_no_score_above_zero_no_spans() -> None:
    assert best_spans(np.zeros((2, 4, 3), np.float32))[0] == [[], []]


def test_whether_there_is_a_span_is_decided_by_all_spans_together() -> None:
    scores = np.full((1, 4, 3), -8.0, np.float32)
    assert best_span(scores)[0] == [None]
    scores[0, 3, INSIDE], scores[0, 3, END] = 2.0, 2.0
    scores[0, 2, INSIDE] = 1.0
    scores[0, 2, BEGIN] = scores[0, 3, BEGIN] = -4.3  # two begins, each less likely than no span, together more likely
    assert best_span(scores[:, 3:])[0] == [None]
    assert best_span(scores)[0] == [(2, 3)]


def test_a_span_that_has_to_be_is_found_if_one_is_legal() -> None:
    scores = np.full((1, 3, 3), -8.0, np.float32)
    scores[0, 1] = -1.0
    found, sure = best_span(scores, float("inf"))
    assert found == [(1, 1)]
    assert -4.0 < float(sure[0]) < -1.0
    scores[..., INSIDE] = -1e4
    assert best_span(scores, float("inf"))[0] == [None]
