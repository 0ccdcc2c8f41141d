"""Scores to probabilities, by what the card says."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sayso.encoder.bundle import Bundle
from sayso.encoder.calibration import Calibration, Platt, calibration, shares
from sayso.errors import BundleError


def bundle(tone: Any) -> Bundle:
    return Bundle(Path("nowhere"), {"name": "x", "tone": tone}, "", {})


def test_nothing_said_changes_nothing() -> None:
    assert calibration(Bundle(Path(), {"name": "x"}, "", {})) == Calibration()
    assert Platt().probability(np.array([0.0, 40.0, -1e9])).tolist() == pytest.approx([0.5, 1.0, 0.0])


def test_what_the_card_says_comes_back() -> None:
    given = Calibration(loaded=Platt(0.7, -0.2), stance=1.4)
    assert calibration(bundle({"calibration": given.as_dict()})) == given


@pytest.mark.parametrize(
    "wrong",
    [
        {"loaded": {"slope": "steep", "shift": 0}},
        {"loaded": {"slope": 1}},
        {"stance": 0.0},
        {"stance": "warm"},
        {"mood": 1.0},
        [1, 2],
    ],
)
def test_nonsense_is_one_clear_error(wrong: Any) -> None:
    with pytest.raises(BundleError, match="calibrations that make no sense"):
        calibration(bundle({"calibration": wrong}))


def test_a_higher_temperature_is_less_sure() -> None:
    scores = np.array([[2.0, 0.0, -1.0]])
    cold, warm = shares(scores, 0.5), shares(scores, 3.0)
    assert cold.sum() == pytest.approx(1.0)
    assert cold.argmax() == warm.argmax() == 0
    assert cold.max() > warm.max()
