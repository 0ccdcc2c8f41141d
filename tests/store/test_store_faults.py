"""Killed writers, full disks, two writers at once, damaged files: every article is wholly in or not at all."""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sayso.errors import StoreError
from sayso.reading import Generator, Reading, Rejection
from sayso.schema import dumps
from sayso.store import disk, shards
from sayso.store.adding import Added
from sayso.store.lock import locked
from sayso.store.store import Store

Ordered = Callable[[Sequence[Reading]], list[Reading]]

# Reads readings (one line of JSON each) and adds them one at a time from a place on, saying how far it is.
WRITER = """
import sys
from pathlib import Path
from sayso.reading import Rejection
from sayso.schema import loads
from sayso.store.store import Store
readings = [loads(line) for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()]
with Store.make(sys.argv[1], readings[0].generator) as store:
    print("ready", flush=True)
    for at in range(int(sys.argv[3]), len(readings), 2):
        store.add(readings[at : at + 3], [Rejection(f"{at}.txt", "intake", "no text")])
        print(at, flush=True)
"""

HOLDER = """
import sys, time
from pathlib import Path
from sayso.store.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def writer(store: Path, lines: Path, first: int = 0) -> "subprocess.Popen[str]":
    arguments = [sys.executable, "-c", WRITER, str(store), str(lines), str(first)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def lines(tmp_path: Path, readings: list[Reading]) -> Path:
    path = tmp_path / "readings.jsonl"
    path.write_text("\n".join(map(dumps, readings)), encoding="utf-8")
    return path


def whole(store: Store, readings: list[Reading]) -> None:
    """Whatever is in the store is there once, wholly, and by every way to ask the same."""
    given = {reading.document.id: reading for reading in readings}
    found = list(store.readings())
    assert all(given[reading.document.id] == reading for reading in found)
    assert len(found) == len(store.known()) == len(store) == len({reading.document.id for reading in found})
    assert store.sql("SELECT count(*), count(DISTINCT id) FROM articles").rows == [(len(found), len(found))]
    refused = list(store.rejections())
    assert len(refused) == len(set(refused))


def tried(path: Path, readings: list[Reading], generator: Generator) -> str:
    """Make a store and add; what went wrong, in one line."""
    try:
        with Store.make(path, generator) as store:
            store.add(readings)
    except StoreError as error:
        return " ".join(str(error).splitlines())
    return ""


def test_a_writer_killed_at_any_moment(tmp_path: Path, readings: list[Reading], generator: Generator, lines: Path) -> None:
    chance = random.Random(5)
    path = tmp_path / "store"
    told = 0
    for _ in range(4):
        process = writer(path, lines)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.12))
        process.send_signal(signal.SIGKILL)
        told = max([told, *(int(line) + 1 for line in process.communicate()[0].split())])
        store = Store.open(path)
        whole(store, readings)
        assert len(store) >= told  # what was said to be in is in
    with Store.make(path, generator) as store:
        store.add(readings)
        whole(store, readings)
        assert len(store) == len(readings)
        assert len(list((path / "generation-1" / "aside").iterdir())) == 1  # the dead writers' folders are swept, this one's is not


def test_two_writers_at_once(tmp_path: Path, readings: list[Reading], generator: Generator, lines: Path) -> None:
    path = tmp_path / "store"
    processes = [writer(path, lines, first) for first in (0, 1)]
    for process in processes:
        out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        assert out.startswith("ready")
    store = Store.open(path)
    whole(store, readings)
    assert len(store) == len(readings)
    assert len(list(store.rejections())) == len(readings)


def test_what_came_in_while_a_batch_was_written_is_left_out(
    store: Store, readings: list[Reading], generator: Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Store.make(store.path, generator)
    write = shards.write_shard

    def interrupted(aside: Path, articles: Sequence[str], rejects: Sequence[str]) -> Path:
        monkeypatch.setattr("sayso.store.adding.write_shard", write)
        assert other.add(readings[2:6], [Rejection("a", "intake", "b")]) == Added(4, 0)
        return write(aside, articles, rejects)

    monkeypatch.setattr("sayso.store.adding.write_shard", interrupted)
    assert store.add(readings[:4], [Rejection("a", "intake", "b")]) == Added(2, 2)
    whole(store, readings)
    assert len(store) == 6
    monkeypatch.setattr("sayso.store.adding.write_shard", interrupted)
    other = Store.make(store.path, generator)
    assert not any(path.name != "alive" for path in (store.path / "generation-1" / "aside").glob("*/*"))
    other.close()


@pytest.mark.parametrize("bytes_", [0, 3000, 9000])
def test_a_full_disk(bytes_: int, store: Store, readings: list[Reading]) -> None:
    """Files may not grow beyond so many bytes; the system says so at the first write that does not fit."""
    resource = pytest.importorskip("resource")
    store.add(readings[:2])
    before, limit = list(store.readings()), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, limit[1]))
    try:
        with pytest.raises(StoreError, match="no room left on this disk"):
            store.add(readings)
        with pytest.raises(StoreError, match="no room left on this disk"):
            store.put("stories", ["article"], [[str(number)] for number in range(4000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert list(store.readings()) == before
    assert not store.has("stories")
    assert [path.name for path in (store.path / "generation-1" / "aside").glob("*/*")] == ["alive"]
    assert store.add(readings) == Added(len(readings) - 2, 2)


@pytest.mark.parametrize(("call", "number"), [("fsync", errno.ENOSPC), ("replace", errno.EIO), ("mkdir", errno.EDQUOT)])
def test_a_disk_that_fails_at_any_call(
    call: str, number: int, tmp_path: Path, readings: list[Reading], generator: Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nth call of the system fails, for every n until nothing fails any more."""
    left = [0]

    def failing(real: Callable[..., object]) -> Callable[..., object]:
        def tried(*arguments: object, **options: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                raise OSError(number, os.strerror(number))
            return real(*arguments, **options)

        return tried

    for at in range(1, 40):
        path = tmp_path / f"store-{at}"
        with monkeypatch.context() as patch:
            owner = os if call == "fsync" else Path
            patch.setattr(owner, call, failing(getattr(owner, call)))
            left[0] = at
            said = tried(path, readings[:2], generator)
            if left[0] > 0:
                return
        assert not said or "no room left" in said or os.strerror(errno.EIO) in said
        with Store.make(path, generator) as store:
            whole(store, readings)
            assert len(store) in (0, 2)
        shutil.rmtree(path)
    pytest.fail("calls never end")


@pytest.mark.parametrize("file", ["articles.parquet", "rejects.parquet"])
@pytest.mark.parametrize("keep", [0, 4, 100, -8, -1])
def test_a_truncated_file_is_named(file: str, keep: int, store: Store, readings: list[Reading]) -> None:
    store.add(readings[:2], [Rejection("a", "intake", "why")])
    path = next(store.path.rglob(file))
    os.truncate(path, keep if keep >= 0 else path.stat().st_size + keep)
    fresh = Store.open(store.path)
    read = (lambda: list(fresh.readings())) if file == "articles.parquet" else (lambda: list(fresh.rejections()))
    for use in (read, lambda: fresh.add(readings[2:4], [Rejection("b", "intake", "why")]), lambda: fresh.sql("FROM articles, rejects")):
        with pytest.raises(StoreError, match=rf"{file} is damaged or not ours .*move the folder {path.parent.name} elsewhere"):
            use()
    shutil.rmtree(path.parent)
    fresh.close()
    assert store.add(readings[:2]) == Added(2, 0)


def test_a_file_damaged_inside_is_named(store: Store, readings: list[Reading]) -> None:
    store.add(readings[:4])
    path = next(store.path.rglob("articles.parquet"))
    raw = bytearray(path.read_bytes())
    raw[4:400] = bytes(396)
    path.write_bytes(raw)
    with pytest.raises(StoreError, match=r"articles\.parquet is damaged or not ours"):
        Store.open(store.path).sql("SELECT * FROM articles")


def test_foreign_files_are_named(store: Store, readings: list[Reading]) -> None:
    store.add(readings[:2])
    home = store.path / "generation-1" / "shards"
    (home / ".DS_Store").write_text("a file manager's")
    assert len(Store.open(store.path)) == 2
    (home / "holiday").mkdir()
    with pytest.raises(StoreError, match=r"holiday is no part of the store: move it elsewhere"):
        Store.open(store.path).known()
    (home / "holiday").rmdir()
    store.put("other", ["origin"], [["a"]])
    shutil.copyfile(store.path / "generation-1" / "derived" / "other.parquet", next(home.rglob("articles.parquet")))
    with pytest.raises(StoreError, match=r"articles\.parquet is damaged or not ours \(it has other columns\)"):
        Store.open(store.path).sql("SELECT id FROM articles")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": "sayso-store"}',
        '{"format": "x"}',
        "[" * 100_000,
        '{"format": "sayso-store", "current": {"generation": "../..", "layout": 1, "generator": {}}}',
    ],
)
def test_a_damaged_manifest_is_named(text: str, store: Store, generator: Generator) -> None:
    (store.path / "store.json").write_text(text)
    with pytest.raises(StoreError, match=r"store\.json is damaged or was not written by Sayso"):
        Store.open(store.path)
    with pytest.raises(StoreError, match=r"store\.json is damaged or was not written by Sayso"):
        Store.make(store.path, generator)


def test_power_lost_before_the_name_was_given(store: Store, readings: list[Reading], generator: Generator, ordered: Ordered) -> None:
    store.add(readings[:3])
    dead = store.path / "generation-1" / "aside" / "123-dead"
    dead.mkdir()
    shutil.copytree(next((store.path / "generation-1" / "shards").iterdir()), dead / ("f" * 32))
    (dead / "half.jsonl").write_bytes(b'{"id":"a')
    (store.path / ".store.json.new").write_text('{"for')
    live = store.path / "generation-1" / "aside"
    assert len(list(live.iterdir())) == 2
    other = Store.make(store.path, generator)
    assert not dead.exists()
    assert len(list(live.iterdir())) == 2  # this writer's and the first one's, which lives
    assert store.add(readings[3:5]) == other.add(readings[5:7]) == Added(2, 0)
    assert ordered(list(store.readings())) == ordered(readings[:7])
    other.close()


def test_a_store_half_made_is_made(tmp_path: Path, generator: Generator) -> None:
    (tmp_path / "generation-1" / "shards").mkdir(parents=True)
    (tmp_path / "lock").touch()
    assert len(Store.make(tmp_path, generator)) == 0


def test_a_lock_shuts_out_everybody_and_dies_with_its_holder(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path / "lock")], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    waiter = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path / "lock")], stdout=subprocess.PIPE, text=True)
    time.sleep(0.3)
    holder.kill()
    holder.communicate()
    assert waiter.stdout is not None
    assert waiter.stdout.readline() == "held\n"
    waiter.kill()
    waiter.communicate()
    with locked(tmp_path / "lock"):
        pass


def test_small_files_are_replaced_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(handle: int) -> None:
        raise OSError(errno.EIO, "gone")

    path = tmp_path / "store.json"
    disk.replace_text(path, "old")
    monkeypatch.setattr(os, "fsync", gone)
    with pytest.raises(OSError, match="gone"):
        disk.replace_text(path, "new")
    assert path.read_text() == "old"
