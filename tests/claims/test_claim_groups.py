"""Average linkage: a partition, the same however statements are numbered, with pairs that must stay apart kept apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims.groups import Flags, Floats, Groups, groups


def matrix(*rows: tuple[float, ...]) -> Floats:
    """A symmetric matrix from its upper triangle, row by row."""
    size = len(rows) + 1
    found = np.eye(size, dtype=np.float32)
    for at, row in enumerate(rows):
        found[at, at + 1 :] = found[at + 1 :, at] = row
    return found


@pytest.mark.parametrize(
    ("probabilities", "least", "expected"),
    [
        (np.zeros((0, 0), dtype=np.float32), 0.5, ()),
        (np.eye(1, dtype=np.float32), 0.5, ((0,),)),
        (matrix((0.9,)), 0.5, ((0, 1),)),
        (matrix((0.4,)), 0.5, ((0,), (1,))),
        (matrix((0.5,)), 0.5, ((0, 1),)),
        # 1 is near to both, 0 and 2 are far from each other: the mean of 0.7 and 0.1 is too little
        (matrix((0.9, 0.1), (0.7,)), 0.5, ((0, 1), (2,))),
        (matrix((0.9, 0.4), (0.7,)), 0.5, ((0, 1, 2),)),
        (matrix((0.1, 0.9, 0.1), (0.1, 0.9), (0.1,)), 0.5, ((0, 2), (1, 3))),
    ],
)
def test_groups(probabilities: Floats, least: float, expected: Groups) -> None:
    assert groups(probabilities, least) == expected


@st.composite
def cases(draw: st.DrawFn) -> tuple[Floats, Flags]:
    size = draw(st.integers(0, 9))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    values = random.random((size, size)).astype(np.float32)
    flags = random.random((size, size)) < 0.2
    return np.triu(values, 1) + np.triu(values, 1).T, np.triu(flags, 1) | np.triu(flags, 1).T


@given(cases(), st.floats(0.05, 1.0))
def test_groups_are_a_partition_and_keep_apart(case: tuple[Floats, Flags], least: float) -> None:
    probabilities, apart = case
    before = probabilities.copy()
    found = groups(probabilities, least, apart)
    assert sorted(at for group in found for at in group) == list(range(len(probabilities)))
    assert list(found) == sorted(found)
    assert not any(apart[one, other] for group in found for one in group for other in group)
    assert np.array_equal(probabilities, before)


@given(cases(), st.floats(0.05, 1.0), st.randoms(use_true_random=False))
def test_other_numbers_for_the_statements_are_the_same_groups(case: tuple[Floats, Flags], least: float, random: object) -> None:
    probabilities, apart = case
    order = list(range(len(probabilities)))
    random.shuffle(order)  # type: ignore[attr-defined]
    found = groups(probabilities[np.ix_(order, order)], least, apart[np.ix_(order, order)])
    assert sorted(tuple(sorted(order[at] for at in group)) for group in found) == list(groups(probabilities, least, apart))
