"""The arithmetic of meanings: how far word pieces cover each other, and statements matched with a scorer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims.meaning import Floats, coverages
from sayso.encoder.claims import COVERAGES

LESS, MORE, MEAN, MIDDLE = range(len(COVERAGES))


def rows(*values: tuple[float, ...]) -> Floats:
    return np.array(values, dtype=np.float32)


def test_the_same_pieces_cover_each_other_wholly() -> None:
    one, other = rows((1, 0, 0), (0, 1, 0)), rows((0, 0, 1), (0, 0.5, 1))
    found = coverages([one, one, other], [np.ones(2, dtype=np.float32)] * 3)
    assert found[0, 1] == pytest.approx(np.ones(4), abs=1e-5)
    assert (found[0, 2] < 0.9).all()


def test_a_part_is_covered_by_the_whole_and_does_not_cover_it() -> None:
    whole, part, other = rows((1, 0), (0, 1), (-1, 0)), rows((1, 0)), rows((0, -1))
    found = coverages([whole, part, other], [np.ones(len(each), dtype=np.float32) for each in (whole, part, other)])
    assert found[0, 1, MORE] == pytest.approx(1, abs=1e-5)
    assert found[0, 1, LESS] < found[0, 1, MEAN] < found[0, 1, MORE]


def test_nothing_to_compare() -> None:
    assert coverages([], []).shape == (0, 0, 4)
    empty = np.zeros((0, 3), dtype=np.float32)
    assert not coverages([empty, empty], [np.zeros(0, dtype=np.float32)] * 2).any()
    some = coverages([empty, rows((1, 0, 0))], [np.zeros(0, dtype=np.float32), np.ones(1, dtype=np.float32)])
    assert np.isfinite(some).all()


@given(st.integers(0, 10_000), st.lists(st.integers(1, 5), min_size=2, max_size=6))
def test_coverages_are_symmetric_bounded_and_go_with_the_statements(seed: int, sizes: list[int]) -> None:
    random = np.random.default_rng(seed)
    states = [random.normal(size=(size, 4)).astype(np.float32) for size in sizes]
    weights = [random.random(size).astype(np.float32) + 0.1 for size in sizes]
    found = coverages(states, weights)
    assert np.allclose(found, found.transpose(1, 0, 2), atol=1e-5)
    assert (np.abs(found) <= 1 + 1e-4).all()
    order = random.permutation(len(sizes))
    other = coverages([states[at] for at in order], [weights[at] for at in order])
    assert np.allclose(other, found[np.ix_(order, order)], atol=1e-4)
