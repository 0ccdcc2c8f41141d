"""Questions: public names and columns, and nothing reachable but the store."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sayso.errors import StoreError
from sayso.reading import Reading
from sayso.store import asking
from sayso.store.store import Store

COLUMNS = {
    "articles": "id outlet url title published day authors section language words text columns own_share quoted_share reported_share"
    " sources named_sources",
    "sources": "article source name kind standing named resolved role affiliation mentions",
    "attributions": "article attribution speaker form attitude polarity outlet_stance commitment within via chain confidence"
    " speaker_confidence source cue content source_text cue_text content_text",
    "voices": "article speaker start stop",
    "findings": "article measure label speaker target score confidence candidate evidence about evidence_text",
    "tallies": "article measure label voice target holder count candidates words",
    "rejects": "origin stage reason",
}


@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize("filled", [False, True])
def test_columns_are_public(table: str, filled: bool, store: Store, readings: list[Reading]) -> None:
    if filled:
        store.add(readings[:1])
    assert store.sql(f"SELECT * FROM {table}").columns == tuple(COLUMNS[table].split())


def test_tables_say_what_the_readings_say(store: Store, readings: list[Reading]) -> None:
    store.add(readings)
    words = {
        (r.document.id, a.id): (r.document[a.source], r.document[a.cue], r.document[a.content]) for r in readings for a in r.attributions
    }
    found = store.sql("SELECT article, attribution, source_text, cue_text, content_text FROM attributions").rows
    assert {row[:2]: row[2:] for row in found} == words
    voices = {(r.document.id, v.speaker, *span) for r in readings for v in r.voices for span in v.spans}
    assert {*store.sql("SELECT * FROM voices").rows} == voices
    evidence = sorted((r.document.id, f.measure, f.label, r.document[f.evidence]) for r in readings for f in r.findings)
    assert sorted(store.sql("SELECT article, measure, label, evidence_text FROM findings").rows) == evidence
    tallies = sorted((r.document.id, t.measure, t.label, t.voice, t.count, t.words) for r in readings for t in r.tallies)
    assert sorted(store.sql("SELECT article, measure, label, voice, count, words FROM tallies").rows) == tallies
    names = sorted((r.document.id, s.id, s.name, [[*span] for span in s.mentions]) for r in readings for s in r.sources)
    assert sorted(store.sql("SELECT article, source, name, mentions FROM sources").rows) == names
    one = readings[0]
    row = store.sql("SELECT day, words, own_share, sources, \"columns\"['desk'] FROM articles WHERE id = ?", [one.document.id]).rows
    assert row == [(date(2026, 3, 1), one.summary.words, one.summary.outlet_share, one.summary.sources, "roads")]


def test_parameters_by_name_and_lone_surrogates(store: Store, readings: list[Reading]) -> None:
    store.add(readings[:3])
    assert len(store.sql("SELECT id FROM articles WHERE outlet = $outlet", {"outlet": "Coastal Post"}).rows) == 1
    assert store.sql("SELECT id FROM articles WHERE outlet = ?", ["\udc80"]).rows == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("DROP VIEW articles", "one SELECT at a time"),
        ("CREATE TABLE x AS SELECT 1", "one SELECT at a time"),
        ("COPY articles TO 'out.csv'", "one SELECT at a time"),
        ("EXPORT DATABASE 'out'", "one SELECT at a time"),
        ("SET lock_configuration = false", "one SELECT at a time"),
        ("PRAGMA database_list", "one SELECT at a time"),
        ("ATTACH 'other.db'", "one SELECT at a time"),
        ("INSTALL httpfs", "one SELECT at a time"),
        ("LOAD httpfs", "one SELECT at a time"),
        ("CALL enable_logging()", "one SELECT at a time"),
        ("SELECT 1; SELECT 2", "one SELECT at a time"),
        ("SELECT 1; DROP VIEW articles", "one SELECT at a time"),
        ("", "one SELECT at a time"),
        ("SELEC 1", "cannot be read"),
        ("SELECT * FROM read_text('/etc/hostname')", r"read_text\(\) is not for questions"),
        ("SELECT * FROM \"READ_TEXT\"('/etc/hostname')", "is not for questions"),
        ("WITH a AS (SELECT * FROM glob('/*')) SELECT * FROM a", r"glob\(\) is not for questions"),
        ("SELECT (SELECT count(*) FROM read_csv('x.csv'))", r"read_csv\(\) is not for questions"),
        ("SELECT * FROM pandas_scan(12)", r"pandas_scan\(\) is not for questions"),
        ("SELECT * FROM enable_logging(storage = 'file')", "is not for questions"),
        ("SELECT * FROM query('SELECT 1')", r"query\(\) is not for questions"),
        ("SELECT * FROM read_parquet('http://127.0.0.1:9/x.parquet')", "is not for questions"),
        ("SELECT * FROM '/etc/hostname'", "is no table of the store"),
        ("SELECT * FROM secret", "does not exist"),
        ("SELECT nothing FROM articles", "nothing"),
        ("SELECT * FROM stories", "`sayso stories "),
        ("SELECT ?", "."),
        ("SELECT \ud800 FROM articles", "."),
        ("SELECT 'a'::INTEGER", "."),
    ],
)
def test_hostile_questions_end_in_one_line(query: str, message: str, store: Store, readings: list[Reading], tmp_path: Path) -> None:
    store.add(readings[:1])
    secret = [1]
    with pytest.raises(StoreError, match=message) as raised:
        store.sql(query)
    assert "\n" not in str(raised.value)
    assert secret == [1]
    assert store.sql("SELECT count(*) FROM articles").rows == [(1,)]
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_files_of_the_store_are_read_by_its_tables_only(store: Store, readings: list[Reading]) -> None:
    store.add(readings[:1])
    file = next(store.path.rglob("articles.parquet"))
    for source in (f"'{file}'", f"read_parquet('{file}')", f"read_blob('{store.path}/store.json')"):
        with pytest.raises(StoreError, match=r"they read its tables|questions read its tables"):
            store.sql(f"SELECT * FROM {source}")


def test_a_question_has_limits(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="took too long"):
        store.sql("SELECT sum(hash(a.range + b.range)) FROM range(1000000) a, range(1000000) b", seconds=0.2)
    monkeypatch.setattr(asking, "MOST_ROWS", 10)
    assert len(store.sql("SELECT * FROM range(10)").rows) == 10
    with pytest.raises(StoreError, match="more than 10 rows"):
        store.sql("SELECT * FROM range(11)")


def test_a_question_of_an_opened_store_sees_what_came_in_meanwhile(store: Store, readings: list[Reading]) -> None:
    reader = Store.open(store.path)
    assert reader.sql("SELECT count(*) FROM articles").rows == [(0,)]
    store.add(readings[:2])
    store.put("stories", ["article", "story"], [("a", 1)])
    assert reader.sql("SELECT count(*), (SELECT count(*) FROM stories) FROM articles").rows == [(2, 1)]


def test_asking_leaves_nothing_behind(store: Store, readings: list[Reading], tmp_path: Path) -> None:
    store.add(readings[:2])
    code = "import sys; from sayso.store.store import Store; print(Store.open(sys.argv[1]).sql('SELECT count(*) FROM articles').rows)"
    (tmp_path / "here").mkdir()
    env = os.environ | {"HOME": str(tmp_path / "here"), "TMPDIR": str(tmp_path / "here")}
    done = subprocess.run([sys.executable, "-c", code, str(store.path)], capture_output=True, text=True, cwd=tmp_path / "here", env=env)
    assert (done.stdout, done.stderr) == ("[(2,)]\n", "")
    assert not list((tmp_path / "here").iterdir())
