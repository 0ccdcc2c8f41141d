"""False discoveries, the smallest detectable effect, equivalence: against worked examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.compare.decisions import detectable, discoveries, equivalence

# The example of Benjamini & Hochberg (1995, table 1): at .05 the first four of fifteen are told.
PUBLISHED = (0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0)


def test_the_published_example() -> None:
    q = discoveries(PUBLISHED)
    assert sum(each <= 0.05 for each in q) == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)
    assert discoveries(PUBLISHED[::-1]) == q[::-1]


@given(st.lists(st.floats(1e-6, 1.0), max_size=30))
def test_q_is_no_less_than_p_and_keeps_its_order(p_values: list[float]) -> None:
    q = discoveries(p_values)
    assert all(p <= each <= 1.0 or each == pytest.approx(p) for p, each in zip(p_values, q, strict=True))
    ordered = [each for _, each in sorted(zip(p_values, q, strict=True))]
    assert ordered == sorted(ordered)


def test_the_detectable_effect_is_the_textbook_multiple() -> None:
    assert detectable(1.0, 1e6) == pytest.approx(1.959964 + 0.841621, abs=1e-4)
    assert detectable(2.0, 5) == pytest.approx(2 * (2.5705818 + 0.9195438), abs=1e-5)


def test_equivalence_is_two_one_sided_tests() -> None:
    assert equivalence(0.0, 1.0, 1e6, 1.6448536) == pytest.approx(0.05, abs=1e-4)
    assert equivalence(1.0, 1.0, 20, 1.0) == pytest.approx(0.5)  # on the margin: an even chance
    assert equivalence(5.0, 1.0, 20, 1.0) > 0.99
