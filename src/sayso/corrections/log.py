"""Where corrections are kept: one file of JSON lines that only ever grows, beside the generations of a store.

Always true here: `add` returns once the line is on the disk, or raises and the file is as it was; a line that a crash cut short is passed
over with a notice and costs no other; readings that are made anew never touch the file. Two corrections of one id are one.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import RLock

from sayso.corrections.correction import Correction
from sayso.corrections.record import SCHEMA, dumps, loads
from sayso.errors import ContractError, StoreError
from sayso.store.disk import flush, speaking
from sayso.store.lock import locked

FILE = "corrections.jsonl"
LONGEST = 200_000  # bytes of one line
_HEAD = re.compile(rb'\{"schema":"%s","id":"([0-9a-f]{32})","article":("(?:[^"\\]|\\.)*")' % SCHEMA.encode("ascii"))
"""How a line begins that `dumps` has written: enough to know whose it is."""
_Line = tuple[int, bytes]
_log: Callable[[str], None] = logging.getLogger(__name__).warning


class Log:
    """The corrections in one file; threads and processes may share it.

    Args:
        path: the file, which need not be there yet; a folder stands for the file of that store.
        notice: takes a line for each line of the file that cannot be read.

    """

    def __init__(self, path: str | Path, notice: Callable[[str], None] = _log) -> None:
        given = Path(path)
        self.path = given / FILE if given.is_dir() else given
        self._notice = notice
        self._turn = RLock()
        self._forget()

    def _forget(self) -> None:
        self._read_to = 0  # bytes
        self._lines = 0
        self._file: tuple[int, int] | None = None  # device and inode
        self._by_id: dict[str, Correction | _Line] = {}  # lines are made into corrections when somebody asks for them
        self._by_article: dict[str, list[str]] = {}

    def add(self, *corrections: Correction) -> int:
        """Keep these corrections, and return how many were not kept yet; all or none of them are on the disk afterwards.

        Raises:
            StoreError: the disk is full or does not let it; the file is as it was.

        """
        with self._turn, speaking(self.path), locked(self.path.with_name(f".{self.path.name}.lock")):
            self._refresh()
            new = {correction.id: correction for correction in reversed(corrections) if self._made(correction.id) is None}
            lines = [dumps(correction).encode("ascii") + b"\n" for correction in reversed(new.values())]
            if any(len(line) > LONGEST for line in lines):
                raise StoreError(f"{self.path}: a correction is longer than {LONGEST:,} bytes: name fewer stretches of text")
            if lines:
                _append(self.path, b"".join(lines))
                self._refresh()
        return len(lines)

    def all(self) -> tuple[Correction, ...]:
        """Every correction, in the order of the file."""
        with self._turn:
            self._refresh()
            return self._several(list(self._by_id))

    def of(self, article: str) -> tuple[Correction, ...]:
        """The corrections of an article, in the order of the file."""
        with self._turn:
            self._refresh()
            return self._several(self._by_article.get(article, []))

    def articles(self) -> tuple[str, ...]:
        """Ids of the articles with corrections, in the order in which the first ones came."""
        with self._turn:
            self._refresh()
            return tuple(self._by_article)

    def get(self, correction_id: str) -> Correction | None:
        """The correction with that id, if there is one."""
        with self._turn:
            self._refresh()
            return self._made(correction_id)

    def __len__(self) -> int:
        return len(self.all())

    def _several(self, ids: Iterable[str]) -> tuple[Correction, ...]:
        return tuple(made for each in ids if (made := self._made(each)) is not None)

    def _made(self, correction_id: str) -> Correction | None:
        """The correction with that id; a line that is none is told of once."""
        found = self._by_id.get(correction_id)
        if found is None or isinstance(found, Correction):
            return found
        number, line = found
        try:
            made = loads(line)
        except ContractError as error:
            self._pass_over(number, str(error))
            del self._by_id[correction_id]
            return None
        self._by_id[correction_id] = made
        return made

    def _pass_over(self, number: int, why: str) -> None:
        self._notice(f"{self.path}:{number}: passed over: {why}")

    def _refresh(self) -> None:
        """Read what the file has grown by; a file in its place is read from the beginning."""
        with speaking(self.path):
            try:
                file = self.path.open("rb")
            except FileNotFoundError:
                self._forget()
                return
            with file:
                found = os.fstat(file.fileno())
                if self._file != (found.st_dev, found.st_ino) or found.st_size < self._read_to:
                    self._forget()
                    self._file = (found.st_dev, found.st_ino)
                if found.st_size == self._read_to:
                    return
                file.seek(self._read_to)
                grown = file.read(found.st_size - self._read_to)
        whole = grown.rfind(b"\n") + 1  # what follows is being written, or was cut short by a crash
        self._read_to += whole
        self._take(grown[:whole].split(b"\n")[:-1])

    def _take(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self._lines += 1
            if not line.strip():
                continue
            head = _HEAD.match(line) if len(line) <= LONGEST else None
            entry: Correction | _Line
            if head:
                name, article, entry = head[1].decode("ascii"), _plain(head[2]), (self._lines, line)
            else:  # not as we write it
                made = self._whole(line)
                if made is None:
                    continue
                name, article, entry = made.id, made.article, made
            if self._made(name) is None:
                self._by_id[name] = entry
                self._by_article.setdefault(article, []).append(name)

    def _whole(self, line: bytes) -> Correction | None:
        """The correction in the line that was read last; None, and a notice, if there is none."""
        try:
            if len(line) > LONGEST:
                raise ContractError(f"longer than {LONGEST:,} bytes")
            return loads(line)
        except ContractError as error:
            self._pass_over(self._lines, str(error))
            return None


def _append(path: Path, lines: bytes) -> None:
    """Write lines at the end of a file and wait until they are on the disk; the caller holds the lock."""
    new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        size = os.fstat(handle).st_size
        if size:
            os.lseek(handle, size - 1, os.SEEK_SET)
            if os.read(handle, 1) != b"\n":  # a crash cut the last line short: it stays a line of its own
                lines = b"\n" + lines
        try:
            at = 0
            while at < len(lines):
                at += os.write(handle, lines[at:])
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)
    if new:
        flush(path.parent)


def _plain(quoted: bytes) -> str:
    """A text that JSON has in quotation marks; one that JSON cannot read belongs to no article."""
    try:
        return str(json.loads(quoted))
    except ValueError:
        return ""
