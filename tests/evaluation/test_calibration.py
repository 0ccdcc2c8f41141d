import numpy as np
import pytest

from sayso.evaluation.calibration import calibration, expected_calibration_error


@pytest.mark.parametrize(
    ("confidence", "right", "error"),
    [([0.5] * 10, [1, 0] * 5, 0.0), ([1.0] * 10, [0] * 10, 1.0), ([0.9] * 10, [1] * 9 + [0], 0.0), ([], [], 0.0)],
)
def test_calibration_error(confidence: list[float], right: list[int], error: float) -> None:
    found = expected_calibration_error(np.array(confidence), np.array(right, float), bins=1)
    assert found == pytest.approx(error, abs=1e-9)


def test_bins_are_equally_filled_and_in_order() -> None:
    cases = [(0.9, True), (0.1, False), (0.9, False), (0.1, False)]
    found = calibration("coins", cases, bins=2)
    assert found is not None
    assert [(part.confidence, part.right, part.cases) for part in found.bins] == [(0.1, 0.0, 2), (0.9, 0.5, 2)]
    assert found.error == pytest.approx((0.1 + 0.4) / 2)
    assert calibration("nothing", []) is None


def test_fewer_cases_than_bins() -> None:
    found = calibration("one", [(0.75, True)])
    assert found is not None
    assert (found.cases, len(found.bins), found.error) == (1, 1, 0.25)
