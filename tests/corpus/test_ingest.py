"""From files to a store: dying workers, interruptions, the same again; one small pool for each test, since starting one costs seconds."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sayso import cli
from sayso.corpus import pool
from sayso.corpus.job import ingest, reread
from sayso.corpus.pace import Progress
from sayso.corpus.pool import Machine
from sayso.corpus.work import Recipe, Worker
from sayso.errors import CorpusError, StoreError
from sayso.store.store import Store
from sayso.testing import TouchyReader, TouchyRecipe


def test_a_document_that_kills_workers_is_left_out_and_costs_nobody_else(
    tmp_path: Path, rows: Callable[..., Any], written: Callable[..., str]
) -> None:
    items = rows(12)
    for place, word in ((3, "poison"), (5, "faulty")):
        items[place]["text"] += f" This is {word}, said the harbor master."
    items[9]["text"] = (
        "Der Hafen bleibt bis Juni geschlossen, und die Fähre fährt nicht mehr, wie der Hafenmeister am Montag mitteilte. " * 3
    )
    source = written([*items, {"text": ""}])
    found = ingest([source], tmp_path / "store", TouchyRecipe(), Machine(2), shard=6)
    assert (found.read, found.rejected, found.stored) == (9, 4, 9)
    with Store.open(tmp_path / "store") as store:
        assert {reading.document.url for reading in store.readings()} == {
            item["url"] for at, item in enumerate(items) if at not in (3, 5, 9)
        }
        why = {(each.stage, each.reason.partition(" (")[0]) for each in store.rejections()}
        reasons = " ".join(each.reason for each in store.rejections())
        assert store.generator == TouchyReader.generator
    assert {stage for stage, _ in why} == {"intake", "language", "reading"}
    assert "reading it ended the process 2 times" in reasons
    assert "IndexError: no such thing" in reasons


def test_a_document_that_takes_too_long_is_left_out(tmp_path: Path, written: Callable[..., str]) -> None:
    source = written([{"text": "This is endless."}])
    found = ingest([source], tmp_path / "store", TouchyRecipe(patience=0.5), Machine(1))
    assert (found.read, found.rejected) == (0, 1)
    with Store.open(tmp_path / "store") as store:
        assert "took too long" in next(store.rejections()).reason


def test_an_interrupted_job_keeps_what_it_read_and_goes_on(tmp_path: Path, table: str) -> None:
    def stop(progress: Progress) -> None:
        if progress.read >= 16:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([table], tmp_path / "store", TouchyRecipe(), Machine(1), tell=stop)
    with Store.open(tmp_path / "store") as store:
        before = store.known()
    assert 16 <= len(before) < 40
    assert threading.active_count() < 10
    found = ingest([table], tmp_path / "store", TouchyRecipe(), Machine(1))
    assert (found.read, found.already, found.stored) == (40 - len(before), len(before) + 1, 40 - len(before))


def test_workers_do_not_change_the_store(tmp_path: Path, table: str, files: Callable[[Path], dict[str, bytes]]) -> None:
    for workers in (1, 2):
        ingest([table], tmp_path / f"store{workers}", TouchyRecipe(), Machine(workers), shard=15)
    one, two = files(tmp_path / "store1"), files(tmp_path / "store2")
    assert len(one) == 6
    assert one == two


def test_workers_that_cannot_start_end_the_job(tmp_path: Path, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(pool._Hand):
        def __init__(self, recipe: Recipe) -> None:
            super().__init__(Stillborn())

    monkeypatch.setattr(pool, "_Hand", Broken)
    with pytest.raises(CorpusError, match="workers end before they can read"):
        ingest([table], tmp_path / "store", TouchyRecipe(), Machine(1))


class Stillborn(TouchyRecipe):
    """A recipe that nobody can read by."""

    def reader(self, threads: int | None = 1) -> Any:
        raise SystemExit(3)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli.app, list(arguments))


def test_the_commands_from_a_folder_to_an_answer(tmp_path: Path, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place = str(tmp_path / "store")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "empty.txt").write_text(" ", encoding="utf-8")
    done = run("ingest", table, str(tmp_path / "more"), "--store", place, "--rules", "--workers", "1", "--measures", "none")
    assert done.exit_code == 0, done.output
    assert "40 articles read and stored" in done.output
    assert "text = text" in done.output
    monkeypatch.setenv("SAYSO_STORE", place)
    assert "empty.txt" in run("rejects").output
    assert '"stage":"intake"' in run("rejects", "--json").output
    sql = "SELECT outlet, count(*) AS articles FROM articles GROUP BY 1 ORDER BY 1"
    assert run("query", sql, "--json").output.splitlines()[1] == '{"outlet":"The Alder Post","articles":20}'
    assert run("query", sql, "--csv").output.splitlines() == ["outlet,articles", "Quay Radio,20", "The Alder Post,20"]
    assert "Quay Radio" in run("query", sql).output
    assert run("query", "DROP TABLE articles").exit_code == 1
    monkeypatch.setenv("COLUMNS", "80")
    listed = run("query", "SELECT * FROM articles LIMIT 1").output.splitlines()
    assert "1 row" in listed
    assert any(line.startswith("outlet: ") for line in listed)  # seventeen columns do not stand side by side
    assert "…" in run("query", "SELECT repeat('x', 300)").output  # what is cut says so
    # The same reader has nothing to read anew; another one reads all of it, and then it is refused to the first.
    assert run("reread", "--rules", "--measures", "none").exit_code == 1
    found = reread(place, TouchyRecipe(), Machine(1))
    assert found.stored == 40
    with Store.open(place) as store:
        assert (len(store), store.generator) == (40, TouchyReader.generator)
    refused = run("ingest", table, "--store", place, "--rules")
    assert refused.exit_code == 1
    assert "sayso reread" in refused.output


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--engine", "cloud"), "there is no engine 'cloud'"),
        (("--address", "auto"), "--address is for --engine ray"),
    ],
)
def test_calls_that_make_no_sense(tmp_path: Path, table: str, arguments: tuple[str, ...], why: str) -> None:
    done = run("ingest", table, "--store", str(tmp_path / "store"), *arguments)
    assert done.exit_code == 2
    assert why in done.output


def test_a_full_disk_is_told_once_and_workers_end(tmp_path: Path, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise StoreError("no room left on this disk")

    monkeypatch.setattr(Store, "add_rows", full)
    with pytest.raises(StoreError, match="no room left"):
        ingest([table], tmp_path / "store", TouchyRecipe(), Machine(1))


def test_a_worker_gives_every_input_a_row_or_a_reason(tmp_path: Path) -> None:
    from sayso.corpus.chunks import Chunk
    from sayso.document import Document
    from sayso.reading import Rejection

    items = (Document("The quay is closed."), Rejection("x.pdf", "intake", "no text"), Document("It is faulty.", origin="y.txt"))
    found = Worker(TouchyRecipe()).read(Chunk(0, 0, items))
    assert [id_ for id_, _ in found.articles] == [items[0].id]
    assert [each.origin for each in found.rejections] == ["x.pdf", "y.txt"]
    assert found.left_out == (items[2].id,)


def test_ctrl_c_says_how_to_go_on(tmp_path: Path, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, tell: Any, **__: Any) -> None:
        tell(Progress(read=32, stored=32))
        raise KeyboardInterrupt

    monkeypatch.setattr("sayso.corpus.job.ingest", interrupted)
    monkeypatch.setattr("sys.argv", ["sayso", "ingest", "my folder", "--store", "there"])
    done = run("ingest", table, "--store", str(tmp_path / "store"))
    assert done.exit_code == 130
    assert "32 articles of this run are in" in done.output
    assert "sayso ingest 'my folder' --store there" in done.output
