"""The permutation test: exact where it can be, never 0, and right about chance."""

from itertools import product

import numpy as np
import pytest

from sayso.compare.cells import Floats
from sayso.compare.permutation import p_values


def paired(differences: list[float]) -> Floats:
    return np.array(differences)[:, None]


@pytest.mark.parametrize("differences", [[1.0, 2.0, 3.0, 4.0, 5.0], [1.0, -2.0, 3.0, 4.0, 5.0, 0.5], [1.0, 1.0, -1.0, 1.0, 1.0]])
def test_few_stories_are_gone_through_exactly(differences: list[float]) -> None:
    seen = abs(sum(differences))
    signs = [abs(sum(s * d for s, d in zip(each, differences, strict=True))) for each in product((1, -1), repeat=len(differences))]
    p, smallest = p_values(paired(differences), 2000, 1)
    assert p[0] == pytest.approx(np.mean([value >= seen - 1e-9 for value in signs]))
    assert smallest == 2 / 2 ** len(differences)


def test_five_stories_cannot_reach_five_percent() -> None:
    assert p_values(paired([9.0] * 5), 2000, 1)[0][0] == pytest.approx(2 / 32)


def test_p_is_never_zero_and_the_seed_decides() -> None:
    found = paired(list(np.linspace(5.0, 9.0, 40)))
    assert p_values(found, 500, 1)[0][0] == 1 / 501
    mixed = paired([3.0, -1.0, 2.0, -2.0, 4.0, 1.0, -3.0, 2.5, 0.5, 1.5, -0.5, 3.5])
    assert p_values(mixed, 500, 1) == p_values(mixed, 500, 1)
    assert p_values(mixed, 500, 1)[0][0] == pytest.approx(p_values(mixed, 4096, 1)[0][0], abs=0.06)


def test_where_nothing_was_found_nothing_is_far_off() -> None:
    assert p_values(paired([0.0] * 8), 2000, 1)[0][0] == 1.0
