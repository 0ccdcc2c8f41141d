"""The page on measures says of each what the code does: its labels, and from which confidence on a finding counts."""

import re
from pathlib import Path

import pytest

from sayso.measures import editorial, frame, loaded, roles, stance
from sayso.measures.measure import Measure, measures

PAGE = (Path(__file__).parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    found = re.search(rf"^## `{name}`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/measures.md has no section on {name}"
    return found[1]


NUMBERS: list[tuple[Measure, list[str]]] = [
    (loaded.measure, [f"below {loaded.FOUND:g}", f"below {loaded.SHOWN:g}"]),
    (editorial.measure, [f"below {editorial.FOUND:g}", f"below {editorial.SHOWN:g}"]),
    (stance.measure, [f"below {stance.FOUND:g}"]),
    (roles.measure, [f"below {roles.SHOWN:g}", "always"]),
]


@pytest.mark.parametrize(("measure", "numbers"), NUMBERS, ids=[measure.name for measure, _ in NUMBERS])
def test_numbers_are_those_of_the_code(measure: Measure, numbers: list[str]) -> None:
    text = section(measure.name)
    for number in numbers:
        assert number in text, f"docs/measures.md, {measure.name}: {number}"


def test_every_installed_measure_has_its_section_with_all_its_labels() -> None:
    assert measures(), "no measure is installed: install the package anew"
    for measure in measures():
        text = section(measure.name)
        for label in measure.labels if measure is not frame.measure else ():
            assert f"`{label}`" in text, f"docs/measures.md, {measure.name}: {label}"
