"""The file of corrections: whatever is killed, full, cut short or written by two at once, no correction that was kept is lost."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.corrections.correction import CONFIRM, Correction
from sayso.corrections.log import FILE, LONGEST, Log
from sayso.corrections.record import dumps, loads
from sayso.errors import StoreError
from sayso.reader import Reader
from sayso.reading import Generator, Reading
from sayso.store.store import Store

Says = Callable[..., Correction]

# Adds corrections one at a time, saying which one is kept.
WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from sayso.corrections.log import Log
from sayso.corrections.record import loads
log, first = Log(sys.argv[1]), loads(Path(sys.argv[2]).read_bytes())
print("ready", flush=True)
for number in range(int(sys.argv[3]), int(sys.argv[4])):
    log.add(replace(first, id=f"{number:032x}"))
    print(number, flush=True)
"""


@pytest.fixture
def several(reading: Reading, says: Says) -> list[Correction]:
    return [says(reading, number, CONFIRM, number) for number in (1, 2, 3)]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    (tmp_path / "made").mkdir()
    return Log(tmp_path / "made" / FILE)


def writer(log: Log, pattern: Path, first: int, last: int) -> "subprocess.Popen[str]":
    arguments = [sys.executable, "-c", WRITER, str(log.path), str(pattern), str(first), str(last)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def pattern(tmp_path: Path, several: list[Correction]) -> Path:
    path = tmp_path / "pattern.json"
    path.write_text(dumps(several[0]), encoding="ascii")
    return path


def test_what_is_added_is_there(log: Log, several: list[Correction]) -> None:
    assert (log.all(), len(log), log.articles(), log.of("x"), log.get("0" * 32)) == ((), 0, (), (), None)
    assert log.add(*several) == 3
    assert log.add(several[0]) == 0
    article = several[0].article
    for again in (log, Log(log.path), Log(log.path.parent)):
        assert again.all() == again.of(article) == tuple(several)
        assert again.articles() == (article,)
        assert again.get(several[1].id) == several[1]


def test_another_reader_sees_what_comes(log: Log, several: list[Correction]) -> None:
    other = Log(log.path)
    assert other.all() == ()
    log.add(several[0])
    assert other.all() == (several[0],)
    log.add(*several)
    assert other.of(several[0].article) == tuple(several)
    log.path.unlink()
    assert other.all() == ()
    log.add(several[2])
    assert other.all() == (several[2],)


@pytest.mark.parametrize("cut", [1, 20, -30, -2])
def test_a_line_that_was_cut_short_costs_no_other(log: Log, several: list[Correction], cut: int) -> None:
    log.add(several[0])
    torn = dumps(several[1]).encode("ascii")[:cut]
    with log.path.open("ab") as file:
        file.write(torn)
    told: list[str] = []
    again = Log(log.path, told.append)
    assert again.all() == (several[0],)
    again.add(several[2])
    assert again.all() == Log(log.path, told.append).all() == (several[0], several[2])
    assert len(told) == 2
    assert ":2: passed over" in told[0]


@pytest.mark.parametrize("line", [b"{}", b"[]", b"\xff\xfe", b'{"schema":"sayso-corrections/2"}', b"[" * 100_000, b"1" * (LONGEST + 1)])
def test_lines_that_are_no_corrections_are_passed_over(log: Log, several: list[Correction], line: bytes) -> None:
    log.add(several[0])
    with log.path.open("ab") as file:
        file.write(line + b"\n\n" + dumps(several[1]).replace('":', '": ').encode("ascii") + b"\n")
    told: list[str] = []
    assert Log(log.path, told.append).all() == (several[0], several[1])
    assert len(told) == 1


def test_a_full_disk_leaves_the_file_as_it_was(log: Log, several: list[Correction], monkeypatch: pytest.MonkeyPatch) -> None:
    log.add(several[0])
    before = log.path.read_bytes()
    write = os.write

    def half(handle: int, data: bytes) -> int:
        if data.startswith(b'{"schema"'):
            return write(handle, data[:40])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(StoreError, match="no room left"):
        log.add(several[1], several[2])
    monkeypatch.undo()
    assert log.path.read_bytes() == before
    assert log.add(*several) == 2
    assert log.all() == tuple(several)


def test_a_file_that_may_not_be_written(log: Log, several: list[Correction]) -> None:
    log.path.mkdir()
    with pytest.raises(StoreError) as error:
        Log(log.path / "x" / "y").add(several[0])
    assert "\n" not in str(error.value)


def test_a_writer_killed_at_any_moment(log: Log, several: list[Correction], pattern: Path) -> None:
    chance = random.Random(3)
    log.add(several[0])
    kept: set[int] = set()
    for turn in range(4):
        process = writer(log, pattern, 1000 * turn + 1, 1000 * turn + 1000)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.08))
        process.send_signal(signal.SIGKILL)
        kept |= {int(line) for line in process.communicate()[0].split()}
    found = Log(log.path).all()
    assert several[0] in found
    assert {f"{number:032x}" for number in kept} <= {each.id for each in found}
    assert log.add(several[1]) == 1


def test_two_writers_at_once(log: Log, pattern: Path) -> None:
    processes = [writer(log, pattern, first, first + 40) for first in (1, 21)]  # half of them are the same
    for process in processes:
        out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        assert out.startswith("ready")
    assert len(log.path.read_bytes().splitlines()) == len(log) == 60
    assert [loads(line).id for line in log.path.read_bytes().splitlines()] == [each.id for each in log.all()]


def test_reading_articles_anew_leaves_them_alone(tmp_path: Path, reading: Reading, several: list[Correction], rules: Reader) -> None:
    (first,) = rules.pipe([reading.document])
    with Store.make(tmp_path / "store", rules.generator) as store:
        store.add([first])
    log = Log(tmp_path / "store")
    log.add(*several)
    before = (tmp_path / "store" / FILE).read_bytes()
    other = Generator("9", "other", ())
    with Store.reread(tmp_path / "store", other) as again:
        again.add([Reading(reading.document, generator=other)])
        again.switch()
    with Store.make(tmp_path / "store", other) as store:
        assert len(store) == 1
    assert log.path.read_bytes() == before
    assert Log(tmp_path / "store").of(reading.document.id) == tuple(several)


def test_a_hundred_thousand(log: Log, several: list[Correction]) -> None:
    line = dumps(several[0])
    here, mine = several[0].id, several[0].article
    lines = (line.replace(here, f"{n:032x}").replace(mine, f"{n % 5000:016x}") for n in range(100_000))
    log.path.write_text("".join(f"{each}\n" for each in lines), encoding="ascii")
    started = time.perf_counter()
    assert len(log.articles()) == 5000
    loaded = time.perf_counter() - started
    started = time.perf_counter()
    for number in range(100):
        assert len(log.of(f"{number:016x}")) == 20
    assert time.perf_counter() - started < 5  # a tenth of that on a laptop at rest
    assert loaded < 10  # it takes one second on a laptop
