"""`sayso corrections`: lists, exports, brings in; and what `sayso evaluate` makes of it."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.corrections.correction import Correction, Place, Who, made_by
from sayso.corrections.log import Log
from sayso.corrections.record import dumps, loads
from sayso.document import Document
from sayso.evaluation.corpora import read_gold
from sayso.reader import Reader
from sayso.store.store import Store

TEXT = "Mara Voss said that the dam holds. Lena Ott warned that it leaks.\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    reader = Reader(rules=True)
    with Store.make(tmp_path / "news", reader.generator) as store:
        store.add(reader.pipe([Document(TEXT, outlet="The Alder Post")]))
    return tmp_path / "news"


def made(store: Path, second: int, kind: str, **more: object) -> Correction:
    with Store.open(store) as opened:
        (reading,) = opened.readings()
    was = reading.attributions[0]
    place = None if kind == "checked" else Place(was.content, was.cue)
    when = f"2026-03-04T09:15:{second:02}Z"
    return Correction(f"{second:032x}", reading.document.id, "Ada", when, kind, place, generator=made_by(reading.generator), **more)  # type: ignore[arg-type]


def run(*arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    return done.exit_code, done.stdout, done.stderr


def test_nothing_yet(store: Path) -> None:
    assert run("corrections", store) == (0, "Nobody has corrected anything here yet.\n", "")
    code, _, told = run("evaluate", store, "--protocol", "corrections")
    assert (code, told.count("\n")) == (2, 1)
    assert "nobody has corrected" in told
    assert run("corrections", store / "none")[0] == 1


def test_listed_exported_and_brought_in(store: Path, tmp_path: Path) -> None:
    label = made(store, 1, "label", field="attitude", value="belief", before="assertion", note="=cmd()\x1b[31m")
    speaker = made(store, 2, "speaker", value=Who("Lena Ott", "person"))
    file = tmp_path / "colleague.jsonl"
    file.write_text(f"{dumps(label)}\nnonsense\n\n{dumps(speaker)}\n{dumps(label)}\n", encoding="utf-8")
    code, out, told = run("corrections", store, "--from", file)
    assert (code, out) == (0, "")
    assert "2 corrections came in, 0 were there already" in told
    assert "colleague.jsonl:2: passed over" in told
    assert "0 corrections came in, 2 were there already" in run("corrections", store, "--from", file)[2]
    listed = run("corrections", store)[1]
    assert "Ada: what the speaker does: believes" in listed
    assert "\x1b" not in listed
    assert run("corrections", store, "--who", "Ben")[1] == "Nobody has corrected anything here yet.\n"
    assert [loads(line) for line in run("corrections", store, "--json", "--who", "ada")[1].splitlines()] == [label, speaker]
    sheet = tmp_path / "sheet.csv"
    assert run("corrections", store, "--csv", sheet)[0] == 0
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    assert [(row["field"], row["state"]) for row in rows] == [("attitude", "counts"), ("", "counts")]
    assert rows[0]["note"].startswith("'=cmd()")


@pytest.mark.parametrize("text", ["", "{}\n", "\xff"])
def test_a_file_without_corrections(store: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(text.encode("latin-1"))
    code, _, told = run("corrections", store, "--from", file)
    assert code == 1
    assert "no correction in it" in told.splitlines()[-1]
    assert run("corrections", store, "--from", tmp_path / "none")[0] == 1
    assert run("corrections", store, "--csv", tmp_path / "no" / "x.csv")[0] == 2
    assert run("corrections", store, "--csv", file, "--gold", file)[0] == 2


def test_gold_is_what_was_checked_wholly(store: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    Log(store).add(made(store, 1, "label", field="attitude", value="belief"))
    assert "0 articles" in run("corrections", store, "--gold", gold)[2]
    assert gold.read_text(encoding="utf-8") == ""
    Log(store).add(made(store, 2, "checked"))
    assert run("corrections", store, "--gold", gold)[0] == 0
    (reading,) = read_gold(gold)
    assert reading.attributions[0].attitude == "belief"
    assert run("corrections", store, "--gold", gold, "--who", "Ben")[0] == 0
    assert gold.read_text(encoding="utf-8") == ""
    run("corrections", store, "--gold", gold)
    code, out, _ = run("evaluate", gold, "--rules-only", "--json")
    assert (code, json.loads(out)["articles"]) == (0, 1)
    assert "agreement with people so far" in run("evaluate", store, "--protocol", "corrections")[1]
    assert json.loads(run("evaluate", store, "--protocol", "corrections", "--json")[1])["checked_articles"] == 1
    assert "corrections" in run("evaluate", store, "--protocol", "?")[2]
