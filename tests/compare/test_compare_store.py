"""From a store to a table, a sample to label, typical words; and what the command says."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from sayso.attribution.voices import voices
from sayso.cli import app
from sayso.compare.contrasts import FEW_STORIES, HIGHER, Settings
from sayso.compare.report import Asked, compare
from sayso.document import Document
from sayso.errors import UsageError
from sayso.reading import Finding, Generator, Reading, Source, Summary, Tally
from sayso.spans import Span
from sayso.store.store import Store
from sayso.structure import words

OUTLETS = ("Alder Post", "Harbor Daily", "Quay Times")
MADE = Generator("0.1.0", "hand", ("loaded",))
ROAD = "The council met, and the mayor spoke of the road. "
QUICK = Settings(resamples=300)
runner = CliRunner()


def reading(story: int, outlet: str, loaded: int) -> Reading:
    """An invented article: as many outrages as are counted."""
    text = f"Bridge number {story} was closed on Monday. " + "An outrage. " * loaded + ROAD * 6
    country = "Alderland" if outlet == OUTLETS[0] else "Quayland"
    document = Document(text, outlet=outlet, published=f"2026-0{1 + story % 3}-10", section="City", columns=(("country", country),))
    length, starts = words(text), [at for at in range(len(text)) if text.startswith("outrage", at)]
    findings = tuple(Finding("loaded", "loaded", "outlet", (Span(at, at + 7),), 0.9, 0.9) for at in starts)
    sources = (Source("S1", "Ines Calder", "person", "official", True), Source("S2", "an aide", "person"))
    tallies = (Tally("loaded", "loaded", "own", loaded, 0, length),)
    return Reading(document, (), sources, voices(document, ()), findings, tallies, Summary(length, 1.0, 0.0, 0.0, 2, 1), MADE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve shared stories; the first outlet is the loudest; one more article is a copy, one stands in no story."""
    path = tmp_path_factory.mktemp("compare") / "store"
    generator = np.random.default_rng(1)
    pairs = [(story, k) for story in range(12) for k in range(3)]
    kept = [(story, reading(story, OUTLETS[k], int(generator.poisson(2 if k else 5)))) for story, k in pairs]
    copy, alone = reading(0, "Ferry Courier", 3), reading(99, "Alder Post", 1)
    with Store.make(path, MADE) as store:
        store.add([each for _, each in kept] + [copy, alone])
        ids = [(each.document.id, f"story {story}") for story, each in kept] + [(copy.document.id, "story 0")]
        store.put("stories", ["article", "story"], ids)
        original = kept[0][1].document.id
        carried = [(article, article, None) for article, _ in ids[:-1]] + [(copy.document.id, original, None)]
        store.put("carriers", {"article": "VARCHAR", "text_of": "VARCHAR", "wire": "VARCHAR"}, carried)
    return path


def test_a_true_difference_is_told_with_all_that_it_rests_on(folder: Path) -> None:
    with Store.open(folder) as store:
        report = compare(store, Asked(names=("loaded/own",)), QUICK)
    rows = {row.group: row for row in report.rows}
    assert rows["Alder Post"].said == HIGHER
    assert (rows["Alder Post"].stories, rows["Alder Post"].here.articles, rows["Alder Post"].there.articles) == (12, 12, 24)
    assert rows["Alder Post"].level == pytest.approx((rows["Alder Post"].other_level or 0) + (rows["Alder Post"].value or 0))
    assert report.tests == 3
    assert report.groups == tuple(sorted(OUTLETS))
    assert report.notes == ("1 copies of a text that another article has are left out", "1 articles stand in no story")


def test_each_carrier_counts_where_that_is_asked_for_and_few_stories_say_nothing(folder: Path) -> None:
    with Store.open(folder) as store:
        report = compare(store, Asked(names=("loaded/own",), copies="each"), QUICK)
    row = next(row for row in report.rows if row.group == "Ferry Courier")
    assert (row.said, row.stories, row.p, row.low) == (FEW_STORIES, 1, None, None)
    assert report.tests == 3


GROUPED = [
    ("country", ("Alderland", "Quayland")),
    ("month", ("2026-01", "2026-02", "2026-03")),
    ("section", ("City",)),
]


@pytest.mark.parametrize(("by", "groups"), GROUPED)
def test_any_column_groups(folder: Path, by: str, groups: tuple[str, ...]) -> None:
    with Store.open(folder) as store:
        assert compare(store, Asked(by, ("loaded/own", "own_share", "unnamed_share", "kind:person", "sources")), QUICK).groups == groups


SENSELESS = [
    Asked("planet"),
    Asked(names=("louded/own",)),
    Asked(names=("loaded/theirs",)),
    Asked(names=("kind:robot",)),
    Asked(against="Nobody"),
    Asked(copies="twice"),
]


@pytest.mark.parametrize("asked", SENSELESS)
def test_what_is_not_there_is_named(folder: Path, asked: Asked) -> None:
    with Store.open(folder) as store, pytest.raises(UsageError):
        compare(store, asked, QUICK)


def test_without_stories_the_command_that_finds_them_is_named(tmp_path: Path) -> None:
    with Store.make(tmp_path / "bare", MADE) as store:
        store.add([reading(1, "Alder Post", 1)])
        with pytest.raises(UsageError, match="sayso stories"):
            compare(store)


def test_the_command_draws_a_sample_and_takes_the_error_out(folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "labels.csv"
    done = runner.invoke(app, ["compare", str(folder), "--measure", "loaded/own", "--draw-sample", "11", "--out", str(sheet)])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 33
    assert "found" not in rows[0]
    again = runner.invoke(app, ["compare", str(folder), "--measure", "loaded/own", "--draw-sample", "11", "--out", str(sheet)])
    assert again.exit_code == 2, "labels that somebody wrote are not overwritten"
    assert "name another file" in again.output
    nobody = runner.invoke(app, ["compare", str(folder), "--only", "Nobody"])
    assert (nobody.exit_code, "'Nobody'" in nobody.output) == (2, True)
    for row in rows:  # the invented truth: nobody was ever loud
        row["label"] = "1"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    done = runner.invoke(app, ["compare", str(folder), "--measure", "loaded/own", "--labels", str(sheet), "--resamples", "200", "--json"])
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert (report["schema"], report["tests"], report["settings"]["seed"], report["settings"]["resamples"]) == (
        "sayso-compare/1",
        3,
        20160208,
        200,
    )
    row = next(row for row in report["contrasts"] if row["group"] == "Alder Post")
    assert row["corrected"].startswith("33 labels")
    assert abs(float(row["value"])) < 4.0  # the measure said +10 or so


def test_the_tables_are_words_and_a_sheet(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    told = runner.invoke(app, ["compare", str(folder), "--measure", "loaded/own", "--resamples", "200", "--margin", "loaded/own=50"]).stdout
    assert "3 tests were made" in told
    assert "1 stories" not in told
    assert not any(word in told.lower() for word in ("balanced", "no difference", "biased"))
    spoken = runner.invoke(app, ["compare", str(folder), "--words", "own", "--resamples", "200", "--top", "3"]).stdout
    assert "outrage" in spoken
    assert "prior of 1,000 words" in spoken
    out = tmp_path / "table.csv"
    assert runner.invoke(app, ["compare", str(folder), "--resamples", "200", "--csv", str(out)]).exit_code == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert {row["seed"] for row in rows} == {"20160208"}
    assert runner.invoke(app, ["compare", str(folder), "--margin", "loaded/own"]).exit_code == 2
