"""`sayso measures`: the cards of what is installed, for people and as data."""

import json
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

import sayso.measures.run
from sayso.cli import app
from sayso.measures.measure import MeasureCard

runner = CliRunner()
CARD = MeasureCard("these words are ironic", "counts", "a probability", 0.6, "irony that nobody notices " * 8)


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    irony = SimpleNamespace(name="irony", labels=("irony", "sarcasm"), card=CARD)
    puns = SimpleNamespace(name="puns", labels=("pun",), card=MeasureCard("a pun", "counts", "1", 1.0, "bad puns"))
    monkeypatch.setattr(sayso.measures.run, "measures", lambda: (irony, puns))


def test_all_cards_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = runner.invoke(app, ["measures"])
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[:2] == ["irony", "  labels      irony, sarcasm"]
    assert "  candidate   below 0.6: shown as a passage to read, never counted" in lines
    assert "  candidate   always: shown as a passage to read, never counted" in lines
    assert "puns" in lines
    assert max(map(len, lines)) <= 80


def test_one_card_as_json() -> None:
    result = runner.invoke(app, ["measures", "puns", "--json"])
    (line,) = result.output.splitlines()
    assert json.loads(line) == {
        "schema": "sayso-measure/1",
        "measure": "puns",
        "labels": ["pun"],
        "observes": "a pun",
        "trained": "counts",
        "score": "1",
        "candidate_below": 1.0,
        "limits": "bad puns",
    }


def test_an_unknown_name_is_a_usage_error() -> None:
    result = runner.invoke(app, ["measures", "nothing"])
    assert result.exit_code == 2
    assert "no measure 'nothing': choose among irony, puns" in result.output
