"""Few systems stand side by side, several one below the other."""

from sayso.evaluation.choices import report
from sayso.evaluation.metrics import Metric, f1, share
from sayso.evaluation.report import Report
from sayso.evaluation.table import table

METRICS = (Metric("found", "words", "all"), Metric("right", "voice", "all", share=True), Metric("empty", "nothing", "all"))


def made(systems: int) -> Report:
    counts = {f"system {number}": [f1("found", 1, 2 + number, 2) | share("right", 1, 4)] for number in range(systems)}
    return report(("loaded", "words"), ["a"], (2, "words"), counts, METRICS, "outlets", resamples=2)


def test_two_systems_stand_side_by_side() -> None:
    lines = table(made(2)).splitlines()
    assert [line.split("│")[0].strip() for line in lines[5:]] == ["─ all ────────────────────────────────", "words", "voice", "nothing"]
    assert lines[6].count("│") == 3


def test_several_systems_stand_one_below_the_other_under_each_figure_that_somebody_has() -> None:
    lines = table(made(3)).splitlines()
    assert [line.split("│")[0].strip(" ─") for line in lines[4:]] == [
        "all: words", "system 0", "system 1", "system 2", "all: voice", "system 0", "system 1", "system 2",
    ]  # fmt: skip
    assert lines[5].split() == ["system", "0", "│", "50.0", "50.0", "50.0", "[50.0,", "50.0]"]
    assert lines[6].split()[3:6] == ["33.3", "50.0", "40.0"]
    assert "-10.0" in lines[6]
    assert max(map(len, lines)) < 100
