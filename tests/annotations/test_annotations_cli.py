"""`sayso annotations`: out and in again by the command line, and what it says when a text is not there."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.evaluation.corpora import read_gold

Rows = list[dict[str, Any]]
runner = CliRunner()


def write(path: Path, rows: Rows) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def read(path: Path) -> Rows:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def call(*arguments: object) -> Any:
    return runner.invoke(app, ["annotations", *map(str, arguments)])


@pytest.fixture
def apart(tmp_path: Path, twice: Rows) -> Path:
    """The rows without their texts, as `split` wrote them."""
    done = call("split", write(tmp_path / "rows.jsonl", twice), "--out", tmp_path / "deep" / "apart")
    assert done.exit_code == 0, done.output
    return tmp_path / "deep" / "apart"


def test_out_and_in_again(tmp_path: Path, apart: Path, twice: Rows, collection: Path) -> None:
    done = call("join", apart, "--texts", collection, "--out", tmp_path / "joined")
    assert done.exit_code == 0, done.output
    assert "2 of 2 texts found" in done.output
    first = {**twice[0], "second": {key: twice[2][key] for key in ("attributions", "own_voice_evaluations", "loaded")}}
    assert read(tmp_path / "joined" / "train.jsonl") == [first]
    assert read(tmp_path / "joined" / "dev.jsonl") == [twice[1]]
    gold = read_gold(tmp_path / "joined", "all")
    assert [len(reading.attributions) for reading in gold] == [2, 1, 1]
    again = call("split", tmp_path / "joined", "--out", tmp_path / "again")
    assert again.exit_code == 0
    assert all((tmp_path / "again" / path.name).read_bytes() == path.read_bytes() for path in apart.iterdir())


def test_what_is_written_is_compact_and_holds_no_text(apart: Path, twice: Rows) -> None:
    whole = "".join(path.read_text(encoding="utf-8") for path in apart.iterdir())
    assert '": ' not in whole
    assert '"text"' not in whole
    assert not any(row["text"][:25] in whole for row in twice)


def test_a_missing_text_costs_a_line_and_nothing_is_written(tmp_path: Path, apart: Path, twice: Rows) -> None:
    # What stands after the annotated stretch does not matter.
    (tmp_path / "Kq9.txt").write_text(twice[1]["text"] + " More.", encoding="utf-8")
    done = call("join", apart, "--texts", tmp_path / "Kq9.txt", "--out", tmp_path / "joined")
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        "ferries/harbor_times_1: not found in the texts",
        "1 of 2 texts found, 1 missing, 0 other than annotated; nothing was written (--partial writes what is found)",
    ]
    assert not (tmp_path / "joined").exists()


def test_partial_writes_what_is_found(tmp_path: Path, apart: Path, twice: Rows) -> None:
    (tmp_path / "Kq9.txt").write_text(twice[1]["text"], encoding="utf-8")
    (tmp_path / "harbor_times_1.txt").write_text("Other words.", encoding="utf-8")
    texts = ("--texts", tmp_path / "Kq9.txt", "--texts", tmp_path / "harbor_times_1.txt")
    done = call("join", apart, *texts, "--out", tmp_path / "joined", "--partial")
    assert done.exit_code == 0
    assert "ferries/harbor_times_1: found, but its text is not the one that was annotated" in done.output
    assert read(tmp_path / "joined" / "dev.jsonl") == [twice[1]]
    assert read(tmp_path / "joined" / "train.jsonl") == []


def test_count_and_agreement_are_tables(tmp_path: Path, apart: Path, collection: Path) -> None:
    counted = call("count", apart)
    assert "| attributions | 1 | 2 | 3 |" in counted.stdout
    call("join", apart, "--texts", collection, "--out", tmp_path / "joined")
    told = call("agreement", tmp_path / "joined")
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("1 articles, annotated twice; 1 attributions")
    assert "| `outlet_stance`, accuracy |  | 0.0 | 0.0–0.0 |" in told.stdout
    assert "| `attitude`, accuracy |  | 100.0 | 100.0–100.0 |" in told.stdout
    assert "| `loaded`, characters, F1 |  | 66.7 |  |" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("join", "apart", "--texts", "nowhere", "--out", "joined"), 1, "no such file or folder"),
        (("join", "apart", "apart", "--texts", ".", "--out", "joined"), 1, "texts found"),
        (("join", "apart/dev.jsonl", "other/dev.jsonl", "--texts", ".", "--out", "joined"), 2, "comes twice"),
        (("count", "empty"), 2, "no .jsonl file there"),
        (("count", "rows.jsonl"), 1, "rows.jsonl:1"),
        (("agreement", "one.jsonl"), 2, "nothing here was annotated twice"),
        (("split", "apart", "--out", "joined"), 1, "dev.jsonl:1"),
        (("split", "rows.jsonl", "--out", "rows.jsonl"), 2, "cannot make the folder"),
    ],
)
def test_faults_cost_one_line(
    tmp_path: Path, apart: Path, twice: Rows, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "apart").symlink_to(apart, target_is_directory=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "dev.jsonl").write_bytes((apart / "dev.jsonl").read_bytes())
    (tmp_path / "empty").mkdir()
    write(tmp_path / "one.jsonl", twice[:1])
    done = call(*arguments)
    assert (done.exit_code, done.exception is None or isinstance(done.exception, SystemExit)) == (code, True), done.output
    assert said in done.output
    assert not (tmp_path / "joined").exists()
