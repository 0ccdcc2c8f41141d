"""The statistics on invented corpora whose truth is known; `benchmarks/simulations.py` prints the full table.

Bounds are those that are aimed at (93–97 % coverage, at most 5 % false positives), widened by three standard errors of so few corpora.
"""

import importlib
import math
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
CORPORA = 150


@pytest.fixture
def simulations(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("simulations")


@pytest.mark.parametrize(
    ("stories", "outlets", "effect"), [(6, 6, 0.0), (12, 6, 0.0), (20, 2, 0.0), (60, 6, 0.0), (20, 6, 1.0), (60, 6, 1.0)]
)
def test_intervals_cover_and_the_test_keeps_its_level(simulations: Any, stories: int, outlets: int, effect: float) -> None:
    found = simulations.outcome(simulations.World(stories, outlets, effect=effect), CORPORA, resamples=200)
    assert found.said >= CORPORA / 2
    slack = 3.0 * math.sqrt(0.05 * 0.95 / found.said)
    assert 0.93 - slack <= found.covered <= 0.97 + slack
    if not effect:
        assert found.rejected <= 0.05 + slack


def test_whole_tables_tell_no_false_difference(simulations: Any) -> None:
    corpora = 60
    false = simulations.false_tables(simulations.World(20), corpora, resamples=200)
    assert false <= 0.05 + 3.0 * math.sqrt(0.05 * 0.95 / corpora)


def test_power_grows_with_stories_and_effect(simulations: Any) -> None:
    powers = [
        simulations.outcome(simulations.World(stories, effect=effect), 60, 200).rejected
        for stories, effect in ((10, 0.5), (20, 1.0), (60, 1.5))
    ]
    assert powers == sorted(powers)
    assert powers[-1] > 0.9
    assert powers[0] < 0.5


def test_a_test_without_stories_would_be_caught(simulations: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """These bounds can fail: an interval of half the width is seen."""
    module = importlib.import_module("sayso.compare.contrasts")
    honest = module.estimates

    def narrow(*arguments: Any) -> Any:
        made = honest(*arguments)
        return type(made)(made.value, made.error, made.low / 2.0, made.high / 2.0)

    monkeypatch.setattr(module, "estimates", narrow)
    assert simulations.outcome(simulations.World(20), CORPORA, 200).covered < 0.85
