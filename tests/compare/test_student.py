"""Student's t against values of published tables."""

import pytest

from sayso.compare.student import at_most, quantile, two_sided
from sayso.errors import UsageError

# Fisher & Yates, two-sided 5 %, 1 %, and one-sided 20 %.
TABLE = [
    (0.975, 1, 12.7062047364),
    (0.975, 5, 2.5705818366),
    (0.975, 30, 2.0422724563),
    (0.995, 10, 3.1692726726),
    (0.8, 4, 0.9409645773),
    (0.975, 1e6, 1.9599663),
]


@pytest.mark.parametrize(("probability", "freedom", "value"), TABLE)
def test_quantiles_are_those_of_the_tables(probability: float, freedom: float, value: float) -> None:
    assert quantile(probability, freedom) == pytest.approx(value, rel=1e-6)
    assert at_most(value, freedom) == pytest.approx(probability, rel=1e-7)
    assert quantile(1.0 - probability, freedom) == pytest.approx(-value, rel=1e-6)


def test_one_degree_of_freedom_is_cauchy() -> None:
    assert at_most(1.0, 1.0) == pytest.approx(0.75, abs=1e-12)
    assert two_sided(-1.0, 1.0) == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize("call", [lambda: quantile(1.0, 3.0), lambda: quantile(0.5, 0.0), lambda: at_most(1.0, -1.0)])
def test_what_makes_no_sense_is_refused(call: object) -> None:
    with pytest.raises(UsageError):
        call()  # type: ignore[operator]
