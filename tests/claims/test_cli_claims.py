"""`sayso claims` as its users meet it: files, stories of a store, all stories; calls that make no sense."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.reading import Reading

runner = CliRunner()
ONE = "The old bridge was closed after the storm on Sunday. Gulls came back early this spring.\n"
TWO = "“The old bridge was closed after the storm,” said Ines Okafor, the harbor master.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "one.txt").write_text(ONE, encoding="utf-8")
    (tmp_path / "two.txt").write_text(TWO, encoding="utf-8")
    return tmp_path


def test_files_are_one_story(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    result = runner.invoke(app, ["claims", "--rules", "one.txt", "two.txt"])
    assert result.exit_code == 0, result.output
    words = " ".join(result.stdout.split())
    assert "quoted: Ines Okafor, par. 1" in words
    assert "2 outlets with an article in this story (2 articles)" in words
    assert "not known for matching by words" in words


def test_files_as_json_and_page(folder: Path) -> None:
    result = runner.invoke(app, ["claims", "--rules", "--everything", "--json", "--html", "m.html", "one.txt", "two.txt", "one.txt"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["settings"] == {"story": None, "matched_by": "words", "everything": True, "copies": "once", "days": None}
    assert len(found["columns"]) == 2
    assert len(found["claims"]) == 2
    source = (folder / "m.html").read_text(encoding="utf-8")
    assert source.count("<article ") == 2
    assert '<section class="claims"' in source


def test_what_cannot_be_read_is_one_line_and_the_others_go_on() -> None:
    result = runner.invoke(app, ["claims", "--rules", "one.txt", "missing.txt", "two.txt"])
    assert result.exit_code == 1
    assert "missing.txt" in result.stderr
    assert "Ines Okafor" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a story"),
        (["s1"], "no file 's1'"),
        (["--all"], "--store DIR"),
        (["one.txt", "--copies", "twice"], "--copies is once or each"),
        (["one.txt", "--days", "3"], "--days goes with a story"),
        (["s1", "s2", "--store", "x"], "one story at a time"),
    ],
)
def test_calls_that_make_no_sense(arguments: list[str], message: str) -> None:
    result = runner.invoke(app, ["claims", "--rules", *arguments])
    assert result.exit_code == 2, result.output
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_story_of_a_store(folder: Path, bridge: tuple[Reading, ...]) -> None:
    pytest.importorskip("duckdb")
    from sayso.store.store import Store

    with Store.make(folder / "store", bridge[0].generator) as store:
        store.add(bridge)
        store.put("stories", {"article": "VARCHAR", "story": "VARCHAR"}, sorted((each.document.id, "s1") for each in bridge))
    call = ["claims", "--rules", "--store", "store"]
    shown = runner.invoke(app, [*call, "s1", "--days", "1"])
    assert shown.exit_code == 0, shown.output
    assert "4 outlets with an article" in " ".join(shown.stdout.split())
    assert "left out: 1 article of the story, published more than 1 day after its first or without a date" in shown.stderr
    with Store.open(folder / "store") as store:
        assert not store.has("claims")  # a window is only shown
    found = json.loads(runner.invoke(app, [*call, "s1", "--json"]).stdout)
    assert found["claims"][0]["cells"] == {
        "Coastal Post": "own", "Harbor Life": "not_found", "Merrin Echo": "attributed", "The Wire": "quoted", "Ministry Herald": "denied",
    }  # fmt: skip
    with Store.open(folder / "store") as store:
        assert len(store.sql("SELECT * FROM claims").rows) == 4
    done = runner.invoke(app, [*call, "--all", "--json"])
    assert json.loads(done.stdout) == {"made": 0, "already": 1, "gone": 0, "matched_by": "words"}
    missing = runner.invoke(app, [*call, "s9"])
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "sayso stories" in missing.stderr
