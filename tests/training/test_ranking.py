from __future__ import annotations

import pytest

pytest.importorskip("sklearn")

from sayso.linear import Clue
from sayso.training.ranking import RIGHT, Choice, fit


def choices(count: int) -> list[Choice]:
    """The candidate that is near is right; where none is, nobody."""
    near, far = (Clue("near"), Clue("candidate")), (Clue("far"), Clue("candidate"))
    rows = []
    for number in range(count):
        offered = ((far, near), (near, far), (far, far))[number % 3]
        rows.append(Choice(offered, frozenset(at for at, clues in enumerate(offered) if clues is near), f"article {number % 10}"))
    return rows


def test_it_learns_whom_to_choose_and_when_nobody() -> None:
    model, right = fit(choices(60))
    assert right == 1.0
    assert model.probabilities([Clue("near"), Clue("candidate")])[RIGHT] > 0.8
    assert model.probabilities([Clue("far"), Clue("candidate")])[RIGHT] < 0.3


def test_the_same_choices_give_the_same_weights() -> None:
    assert fit(choices(30)) == fit(choices(30))


def test_clues_seen_too_rarely_weigh_nothing() -> None:
    rare = Choice(((Clue("odd"), Clue("near"), Clue("candidate")),), frozenset({0}), "article 0")
    assert "odd" not in fit([*choices(30), rare])[0].weights
