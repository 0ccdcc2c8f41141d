"""The three commands: one line for what went wrong, tables for what went well."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.store.store import Store

runner = CliRunner()


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


def test_export_says_what_it_wrote(store: Store, tmp_path: Path) -> None:
    done = runner.invoke(app, ["export", str(store.path), "--as", "xlsx", "--out", str(tmp_path / "x.xlsx")])
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "no claims in this store yet: sayso claims --all --store DIR makes them",
        f"Wrote {tmp_path / 'x.xlsx'} (9 statements, 4 sources, 4 documents)",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["--as", "docx"], 2, "no format 'docx'"),
        (["--as", "tif", "--bom"], 2, "CSV only"),
    ],
)
def test_what_makes_no_sense_is_one_line(store: Store, tmp_path: Path, arguments: list[str], code: int, line: str) -> None:
    done = runner.invoke(app, ["export", str(store.path), "--out", str(tmp_path / "x"), *arguments])
    assert done.exit_code == code
    assert line in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [["export", "--out", "x"], ["sources"], ["timeline"]])
def test_no_store_is_one_line(tmp_path: Path, command: list[str]) -> None:
    done = runner.invoke(app, [command[0], str(tmp_path / "none"), *command[1:]])
    assert done.exit_code in (1, 2)
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.output


def test_sources(store: Store, tmp_path: Path) -> None:
    done = runner.invoke(app, ["sources", str(store.path)])
    assert done.exit_code == 0
    assert "Mayor Zoë Ångström (person · official)" in done.stdout  # as many times official as politician: the first by the alphabet
    assert "Named sources in stories that both have (2)" in done.stdout
    done = runner.invoke(app, ["sources", str(store.path), "--json", "--by", "country", "--csv", str(tmp_path / "s.csv")])
    assert json.loads(done.stdout)["by"] == "country"
    assert (tmp_path / "s.csv").read_bytes().startswith(b"\xef\xbb\xbfgroup,")
    store.drop("stories")
    assert "sayso stories makes them" in runner.invoke(app, ["sources", str(store.path)]).stderr


def test_timeline(claimed: Store) -> None:
    done = runner.invoke(app, ["timeline", str(claimed.path), "--story", "bridge"])
    assert done.exit_code == 0
    assert "Zoe Angstrom, mayor [claimed]: that the bridge would be shut" in done.stdout
    assert "Who had it first" in done.stdout
    assert json.loads(runner.invoke(app, ["timeline", str(claimed.path), "--json"]).stdout)["undated"][0]["published"] == "some day"
    assert runner.invoke(app, ["timeline", str(claimed.path), "--story", "no"]).exit_code == 2
