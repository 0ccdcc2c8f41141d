"""Fitting: what can be learned is learned, nothing leaks, the report says how it was done, the file gives the same back."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sayso.codebooks.book import Codebook
from sayso.codebooks.coded import Coded
from sayso.codebooks.features import texts_of
from sayso.codebooks.fit import fit, folded_by, groups_of
from sayso.codebooks.fitted import Fitted, load, save
from sayso.codebooks.ridge import folds, ridge
from sayso.codebooks.vectors import Vectors
from sayso.errors import CodebookError

Make = Callable[..., Vectors]
Examples = Callable[..., list[Coded]]
TRY = ["The dog came in soaked.", "The pond froze.", "A vote on the budget."]


def codes(fitted: Fitted, texts: list[str], vectors: Vectors | None) -> list[list[str]]:
    found = fitted.codes(fitted.probabilities(texts_of(texts, fitted.ranker, vectors)))
    return [[label for label, given in zip(fitted.book.labels, row, strict=True) if given] for row in found]


@pytest.mark.parametrize("several", [False, True], ids=["one frame a text", "several"])
def test_what_vectors_tell_is_learned(weather: Codebook, several: bool, meanings: Make, coded: Examples) -> None:
    fitted = fit(weather, coded(several), meanings())
    assert codes(fitted, TRY, meanings()) == [["wet"], ["cold"], []]
    assert fitted.report["several_frames"] is several
    figures = fitted.report["figures"]
    assert figures["fitted"]["macro_f1"]["value"] > 0.95
    assert figures["fitted"]["alpha"]["value"] > 0.9
    assert figures["most frequent"]["alpha"]["value"] < 0.1
    assert figures["fitted"]["other_coded"] == pytest.approx(sum(not item.frames for item in coded(several)) / 60)


def test_by_words_only(weather: Codebook, meanings: Make, coded: Examples) -> None:
    fitted = fit(weather, coded(), None)
    assert codes(fitted, ["soaked", "mittens"], None) == [["wet"], ["cold"]]
    assert fitted.fingerprint is None
    with pytest.raises(CodebookError, match="fitted with words only, here are the vectors of meanings-1"):
        fitted.check(meanings())


def test_labels_drawn_by_chance_are_not_learned(weather: Codebook, meanings: Make, coded: Examples) -> None:
    dice = random.Random(3)
    noise = [replace(item, frames=dice.choice([("wet",), ("cold",), ()])) for item in coded()]
    figures = fit(weather, noise, meanings()).report["figures"]["fitted"]
    assert figures["alpha"]["value"] < 0.25
    assert figures["alpha"]["low"] < 0.05


def test_an_outlet_that_gives_itself_away_does_not_help(weather: Codebook) -> None:
    """Each outlet has one frame and its own motto: by outlet nothing can be told, however well it could be by text."""
    labels: list[tuple[str, ...]] = [("wet",), ("cold",)]
    mottos = ["all the notes", "first with fog", "voice of the vale", "since the flood", "under the hill", "by the quay"]
    rows = [Coded(f"Note {n} {mottos[n % 6]}.", labels[n % 6 % 2], f"Paper {n % 6}") for n in range(60)]
    by_outlet = fit(weather, rows, None).report
    by_text = fit(weather, [replace(row, group=None) for row in rows], None).report
    assert by_text["figures"]["fitted"]["accuracy"]["value"] > 0.95
    assert by_outlet["figures"]["fitted"]["accuracy"]["value"] < 0.7
    assert by_outlet["folds_by"] == "outlet"
    assert "no outlets are given" in by_text["folds_by"]


def test_the_file_gives_the_same_back(weather: Codebook, tmp_path: Path, meanings: Make, coded: Examples) -> None:
    fitted = fit(weather, coded(True), meanings())
    save(fitted, tmp_path / "weather.json")
    again = load(tmp_path / "weather.json")
    texts = texts_of(TRY, fitted.ranker, meanings())
    assert np.array_equal(again.probabilities(texts), fitted.probabilities(texts))
    assert again.book == weather
    assert again.report == json.loads(json.dumps(fitted.report))
    again.check(meanings())
    for others in (meanings("meanings-2"), None):
        with pytest.raises(CodebookError, match=r"fitted with the vectors of meanings-1, here are .*: fit it again"):
            again.check(others)


def altered(data: dict[str, Any], change: str) -> str:
    match change:
        case "cut":
            return json.dumps(data)[:-40]
        case "format":
            return json.dumps({**data, "format": "other"})
        case "list":
            return "[]"
        case "weights":
            return json.dumps({**data, "weights": data["weights"][1:]})
        case "text":
            return json.dumps({**data, "intercept": ["a", "b", "c"]})
        case "infinite":
            return json.dumps({**data, "intercept": [1e400] * len(data["intercept"])})
        case "book":
            return json.dumps({**data, "codebook": {}})
        case _:
            return json.dumps({key: value for key, value in data.items() if key != "decision"})


@pytest.mark.parametrize("change", ["cut", "format", "list", "weights", "text", "infinite", "book", "decision"])
def test_a_file_that_was_altered_is_refused(weather: Codebook, tmp_path: Path, change: str, coded: Examples) -> None:
    path = tmp_path / "weather.json"
    save(fit(weather, coded()[:30], None), path)
    path.write_text(altered(json.loads(path.read_text(encoding="utf-8")), change), encoding="utf-8")
    with pytest.raises(CodebookError) as error:
        load(path)
    assert "\n" not in str(error.value)


def test_too_little_to_fit(weather: Codebook, coded: Examples) -> None:
    with pytest.raises(CodebookError, match="5 coded examples: fitting takes 10 to 20,000"):
        fit(weather, coded()[:5], None)
    with pytest.raises(CodebookError, match="all examples have the same code"):
        fit(weather, [replace(item, frames=("wet",)) for item in coded()], None)


def test_a_frame_that_was_never_coded_is_never_given(weather: Codebook, meanings: Make, coded: Examples) -> None:
    rows = [replace(item, frames=tuple(frame for frame in item.frames if frame == "wet")) for item in coded()]
    fitted = fit(weather, rows, meanings())
    assert fitted.report["never_coded"] == ["cold"]
    assert codes(fitted, ["The pond froze to ice."], meanings()) == [[]]


def test_repeated_texts_stand_in_one_fold() -> None:
    rows = [Coded("Same words.", ("wet",)), Coded("same words.", ("cold",)), Coded("Others.", ())]
    assert len(set(groups_of(rows))) == 2
    assert "no outlets" in folded_by(rows)
    groups = [str(number % 7) for number in range(50)]
    fold = folds(groups, 5, 1)
    assert all(len({fold[row] for row in range(50) if groups[row] == group}) == 1 for group in set(groups))
    assert set(fold) == set(range(5))


@pytest.mark.parametrize("shape", [(30, 4), (8, 20)], ids=["tall", "wide"])
def test_ridge_is_the_normal_equation(shape: tuple[int, int]) -> None:
    dice = np.random.default_rng(1)
    rows, targets = dice.normal(size=shape), dice.normal(size=(shape[0], 2))
    ((weights, intercept),) = ridge(rows, targets, [0.7])
    x, y = rows - rows.mean(axis=0), targets - targets.mean(axis=0)
    assert np.allclose(weights, np.linalg.solve(x.T @ x + 0.7 * np.eye(shape[1]), x.T @ y))
    assert np.allclose((rows @ weights + intercept).mean(axis=0), targets.mean(axis=0))
