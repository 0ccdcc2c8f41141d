"""Read anew by another generator, brought up to a new layout: beside the old generation, which counts until the new one is whole."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from sayso.errors import StoreError
from sayso.reading import Generator, Reading, Rejection
from sayso.store import layout, migrate
from sayso.store.adding import Added
from sayso.store.migrate import Step
from sayso.store.shards import commit
from sayso.store.store import Store

Ordered = Callable[[Sequence[Reading]], list[Reading]]


def anew(readings: Sequence[Reading], generator: Generator) -> list[Reading]:
    return [replace(reading, generator=generator) for reading in readings]


@pytest.fixture
def newer(generator: Generator) -> Generator:
    return replace(generator, bundle="sayso-0123456789ab")


def test_read_anew(store: Store, readings: list[Reading], newer: Generator, ordered: Ordered) -> None:
    store.add(readings, [Rejection("a", "intake", "why"), Rejection("b", "reading", "why")])
    store.put("stories", ["article", "story"], [(readings[0].document.id, 1)])
    again = anew(readings, newer)

    begun = Store.reread(store.path, newer)
    assert begun.known() == set()
    begun.add(again[:5])
    assert len(Store.open(store.path)) == len(readings)  # the old one counts
    with pytest.raises(StoreError, match=f"{len(readings) - 5} of {len(readings)} articles are still to be read anew"):
        begun.switch()
    begun.close()

    resumed = Store.reread(store.path, newer)
    assert resumed.known() == {reading.document.id for reading in again[:5]}
    assert resumed.add(again) == Added(len(readings) - 5, 5)
    resumed.switch()
    resumed.switch()
    opened = Store.open(store.path)
    assert opened.generator == newer
    assert ordered(list(opened.readings())) == ordered(again)
    assert list(opened.rejections()) == [Rejection("a", "intake", "why")]
    assert not opened.has("stories")
    assert [path.name for path in store.path.glob("generation-*")] == ["generation-2"]

    for use in (lambda: store.add(readings), lambda: list(store.readings()), lambda: store.sql("SELECT 1"), lambda: store.known()):
        with pytest.raises(StoreError, match="read anew meanwhile"):
            use()
    assert resumed.add(again) == Added(0, len(readings))


def test_articles_are_lost_only_if_they_are_named(store: Store, readings: list[Reading], newer: Generator) -> None:
    store.add(readings[:3])
    begun = Store.reread(store.path, newer)
    begun.add(anew(readings[:2], newer))
    begun.switch(without=[readings[2].document.id])
    assert len(Store.open(store.path)) == 2


def test_what_comes_in_while_reading_anew_is_not_lost(store: Store, readings: list[Reading], newer: Generator) -> None:
    store.add(readings[:2])
    begun = Store.reread(store.path, newer)
    begun.add(anew(readings[:2], newer))
    store.add(readings[2:3])
    with pytest.raises(StoreError, match="1 of 3 articles are still to be read anew"):
        begun.switch()


def test_one_generator_at_a_time_reads_anew(store: Store, readings: list[Reading], newer: Generator) -> None:
    store.add(readings[:2])
    given_up = Store.reread(store.path, newer)
    given_up.add(anew(readings[:2], newer))
    other = Store.reread(store.path, replace(newer, version="9"))
    assert other.known() == set()
    with pytest.raises(StoreError, match="read anew meanwhile"):
        given_up.add(anew(readings[2:], newer))
    with pytest.raises(StoreError, match="nothing to read anew"):
        Store.reread(store.path, store.generator)


def test_an_old_generation_left_behind_is_swept(store: Store, readings: list[Reading], generator: Generator) -> None:
    store.add(readings[:2])
    (store.path / "generation-7" / "shards").mkdir(parents=True)
    Store.make(store.path, generator).close()
    assert [path.name for path in store.path.glob("generation-*")] == ["generation-1"]


@pytest.fixture
def old(store: Store, readings: list[Reading], monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store of an invented layout 0: no sections, and rejections told `file` and `why` without a stage."""
    store.add(readings[:4], [Rejection("a", "intake", "it's empty")])
    store.add(readings[4:])
    store.put("stories", ["article", "story"], [(readings[0].document.id, 1)])
    for file in store.path.rglob("shards/*/*.parquet"):
        select = "* EXCLUDE (section)" if file.name == "articles.parquet" else "origin AS file, reason AS why"
        duckdb.sql(f"COPY (SELECT {select} FROM read_parquet('{file}')) TO '{file}.old' (FORMAT parquet)")
        Path(f"{file}.old").replace(file)
    manifest = json.loads((store.path / "store.json").read_text())
    manifest["current"]["layout"] = 0
    (store.path / "store.json").write_text(json.dumps(manifest))
    monkeypatch.setitem(migrate.STEPS, 0, STEP)
    store.close()
    return store


ORDER = "id, outlet, url, title, published, authors, NULL::VARCHAR AS section, * EXCLUDE (id, outlet, url, title, published, authors)"
STEP = Step(f"SELECT {ORDER} FROM old", "SELECT file AS origin, 'intake' AS stage, why AS reason FROM old")


def test_an_older_layout_is_brought_up_to_date(old: Store, readings: list[Reading], ordered: Ordered) -> None:
    opened = Store.open(old.path)
    expected = [replace(reading, document=replace(reading.document, section=None)) for reading in readings]
    assert ordered(list(opened.readings())) == ordered(expected)
    assert list(opened.rejections()) == [Rejection("a", "intake", "it's empty")]
    assert opened.sql("SELECT story FROM stories").rows == [(1,)]
    assert opened.add(readings) == Added(0, len(readings))
    assert [path.name for path in old.path.glob("generation-*")] == ["generation-2"]
    assert json.loads((old.path / "store.json").read_text())["current"]["layout"] == layout.LAYOUT


def test_an_interrupted_migration_goes_on(old: Store, readings: list[Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def once(made: Path, shards: Path) -> None:
        if len(done) == 1:
            done.append("interrupted")
            raise KeyboardInterrupt
        done.append(made.name)
        commit(made, shards)

    monkeypatch.setattr("sayso.store.migrate.commit", once)
    with pytest.raises(KeyboardInterrupt):
        Store.open(old.path)
    assert len(list((old.path / "generation-1" / "shards").iterdir())) == 2
    assert len(Store.open(old.path)) == len(readings)
    assert len(set(done)) == len(done) == 3  # each shard once


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (None, "layout 0, which this version cannot bring up to date"),
        (Step(), "it has other columns"),
        (Step("SELECT x FROM old"), "x"),
    ],
)
def test_a_migration_that_fails_leaves_the_store_as_it_was(
    step: Step | None, message: str, old: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {path: path.read_bytes() for path in (old.path / "generation-1").rglob("*.parquet")}
    monkeypatch.delitem(migrate.STEPS, 0)
    if step is not None:
        monkeypatch.setitem(migrate.STEPS, 0, step)
    with pytest.raises(StoreError, match=message):
        Store.open(old.path)
    assert files == {path: path.read_bytes() for path in (old.path / "generation-1").rglob("*.parquet")}
    monkeypatch.setitem(migrate.STEPS, 0, STEP)
    assert len(Store.open(old.path)) > 0


def test_a_newer_layout_is_refused(store: Store) -> None:
    path = store.path / "store.json"
    path.write_text(path.read_text().replace('"layout": 1', '"layout": 2'))
    with pytest.raises(StoreError, match="newer version of Sayso"):
        Store.open(store.path)
