"""What may be said of a row."""

import pytest

from sayso.compare.contrasts import HIGHER, LOWER, OPEN, WITHIN, Amount, Contrast, Settings, told

SIDE = Amount(10, 20.0, 3000.0)


def row(p: float | None, low: float, high: float, equivalent: float | None = None) -> Contrast:
    value = (low + high) / 2
    return Contrast("m", "u", "words", "a", "rest", 10, SIDE, SIDE, value=value, low=low, high=high, p=p, equivalent=equivalent)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (row(0.001, 1.0, 3.0), HIGHER),
        (row(0.001, -3.0, -1.0), LOWER),
        (row(0.001, -0.1, 3.0), OPEN),
        (row(0.2, -1.0, 3.0), OPEN),
        (row(0.9, -0.1, 0.1), OPEN),
        (row(0.9, -0.1, 0.1, 0.01), WITHIN),
        (row(0.9, -1.0, 1.0, 0.3), OPEN),
    ],
)
def test_what_is_said_needs_both_test_and_interval(made: Contrast, said: str) -> None:
    assert told([made])[0].said == said


def test_many_tests_ask_for_more_and_rows_without_one_do_not_count() -> None:
    alone = row(0.04, 0.1, 3.0)
    assert told([alone, row(None, 0.0, 0.0)])[0].said == HIGHER
    assert told([alone, row(0.5, -1.0, 1.0)])[0].said == OPEN
    assert told([alone], Settings(rate=0.01))[0].said == OPEN
