"""`sayso codebook`: from a definition to codes on the command line, and one line where something is wrong."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.codebooks.coded import Coded

runner = CliRunner()


def call(*arguments: object) -> Any:
    return runner.invoke(app, ["codebook", *map(str, arguments)])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "weather.toml"
    frames = '[[frames]]\nlabel = "wet"\ndefinition = "Rain."\nwords = ["rain*"]\n[[frames]]\nlabel = "cold"\ndefinition = "Frost."\n'
    path.write_text(f'name = "weather"\nabout = "Notes."\nsource = "Us."\nunit = "sentence"\n{frames}', encoding="utf-8")
    return path


@pytest.fixture
def examples(tmp_path: Path, coded: Callable[[], list[Coded]]) -> Path:
    path = tmp_path / "coded.jsonl"
    rows = [{"text": item.text, "frames": item.frames, "outlet": item.group} for item in coded()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    told = "The walkers were soaked on the way, and it rained on. “Our pond froze in a night,” said Ines Calder, the warden.\n"
    path.write_text(told, encoding="utf-8")
    return path


def test_list_and_check() -> None:
    listed = call("list")
    assert "policy-dimensions" in listed.output
    assert "15 dimensions emphasized" in listed.output
    checked = call("check", "generic-frames")
    assert checked.exit_code == 0
    assert "Semetko" in checked.output
    assert "human-interest" in checked.output


def test_fit_says_how_far_it_agrees_and_apply_codes(tmp_path: Path, book: Path, examples: Path, note: Path) -> None:
    out = tmp_path / "weather.json"
    fitted = call("fit", book, examples, "--out", out, "--words-only")
    assert fitted.exit_code == 0, fitted.output
    for told in (
        "60 coded texts of 6 outlets",
        "cross-validated by outlet",
        "macro-F1",
        "Krippendorff's alpha",
        "most frequent",
        "(other)",
    ):
        assert told in fitted.output
    applied = call("apply", out, note, "--rules")
    assert applied.exit_code == 0, applied.output
    assert "fitted to 60 examples" in applied.output
    done = call("apply", out, note, "--rules", "--json")
    found = json.loads(done.stdout)
    assert [coding["frames"] for coding in found["codings"]] == [["wet"], ["cold"]]
    assert [coding["speaker"] for coding in found["codings"]] == ["outlet", "S1"]


def test_a_codebook_that_was_not_fitted_only_ranks(book: Path, note: Path) -> None:
    done = call("apply", book, note, "--rules", "--words-only")
    assert done.exit_code == 0, done.output
    assert "nothing has been coded" in done.output
    assert json.loads(call("apply", book, note, "--rules", "--words-only", "--json").stdout)["codings"] == []


def test_the_report_as_json(tmp_path: Path, book: Path, examples: Path) -> None:
    done = call("fit", book, examples, "--out", tmp_path / "w.json", "--words-only", "--json")
    report = json.loads(done.stdout.splitlines()[0])
    assert report["figures"].keys() == {"fitted", "words only", "most frequent"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("check", "no-such-book"), "no codebook 'no-such-book' comes with sayso"),
        (("check", "none.toml"), "none.toml: No such file"),
        (("apply", "none.json", "x.txt"), "none.json: No such file"),
        (("fit", "generic-frames", "none.csv", "--out", "x.json", "--words-only"), "none.csv: No such file"),
    ],
)
def test_what_is_wrong_is_one_line(arguments: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = call(*arguments)
    assert done.exit_code == 1
    assert told in done.output
    assert len(done.output.strip().splitlines()) == 1
