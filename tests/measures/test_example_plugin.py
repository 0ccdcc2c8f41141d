"""The example of a measure that is not ours works as it stands: found by its entry point, checked and counted like the built-in ones."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from sayso.measures import measure as registry
from sayso.measures.heard import Heard
from sayso.measures.measure import Measure, measures
from sayso.measures.run import measured
from sayso.reading import Reading
from sayso.spans import Span

EXAMPLE = Path(__file__).parents[2] / "examples" / "sayso-measure-anonymity"
UNNAMED = "“They are a gang,” said a senior official."
NAMED = "“They are a gang,” said Mara Voss."
OWN = "They are a gang. A senior official said that it rained."
SOBER = "“They are late,” said a senior official."


@pytest.fixture(scope="module")
def points() -> Sequence[EntryPoint]:
    project: dict[str, Any] = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [EntryPoint(name, value, registry.GROUP) for name, value in project["entry-points"][registry.GROUP].items()]


@pytest.fixture
def anonymity(points: Sequence[EntryPoint], monkeypatch: pytest.MonkeyPatch) -> Measure:
    monkeypatch.syspath_prepend(EXAMPLE / "src")
    (point,) = points
    loaded: Measure = point.load()
    return loaded


def hearing(heard: Heard, text: str, word: str, probability: float) -> Heard:
    """The same, but that one word sounds loaded."""

    def sounds(at: Span) -> float:
        return probability if text[at.start : at.end] == word else 0.0

    return replace(heard, sentences=tuple(replace(each, loaded=tuple(map(sounds, each.words))) for each in heard.sentences))


@pytest.mark.parametrize(
    ("text", "probability", "expected"),
    [
        (UNNAMED, 0.9, [("gang", False)]),
        (UNNAMED, 0.3, [("gang", True)]),
        (UNNAMED, 0.1, []),
        (NAMED, 0.9, []),
        (OWN, 0.9, []),
        (SOBER, 0.9, []),
    ],
    ids=["unnamed", "not so sure", "not loaded", "named", "the outlet", "no such word"],
)
def test_loaded_words_of_somebody_without_a_name(
    text: str,
    probability: float,
    expected: list[tuple[str, bool]],
    anonymity: Measure,
    by_rules: Callable[[str], Reading],
    plainly: Callable[[str], Heard],
) -> None:
    reading = measured(by_rules(text), hearing(plainly(text), text, "gang", probability), [anonymity])
    assert [(reading.document[each.evidence], each.candidate) for each in reading.findings] == expected
    for each in reading.findings:
        assert reading.document[each.about] == "a senior official"
    assert [(tally.count, tally.candidates) for tally in reading.tallies] == [(1 - candidate, candidate) for _, candidate in expected]


def test_it_is_found_beside_the_built_in_ones(anonymity: Measure, points: Sequence[EntryPoint], monkeypatch: pytest.MonkeyPatch) -> None:
    built_in = EntryPoint("loaded", "sayso.measures.loaded:measure", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [*points, built_in])
    measures.cache_clear()
    try:
        assert [each.name for each in measures()] == ["loaded", "anonymity"]
    finally:
        measures.cache_clear()


def test_its_card_says_what_it_does(anonymity: Measure) -> None:
    assert isinstance(anonymity, Measure)
    assert all((anonymity.card.observes, anonymity.card.trained, anonymity.card.score, anonymity.card.limits))


def test_its_project_file_asks_for_what_exists(points: Sequence[EntryPoint]) -> None:
    (point,) = points
    assert (EXAMPLE / "src" / f"{point.module}.py").is_file()
    text = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 15
