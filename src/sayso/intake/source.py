"""One input that may hold many articles: where it is, how its bytes are read, and how what is wrong with it is told.

Always true here: bytes are streamed, gzip is unpacked while they are read, and neither a zip bomb nor a line without an end costs more than
a fixed amount of memory; nothing is ever unpacked to disk, so no name inside an archive can lead anywhere.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from sayso.document import Document
from sayso.errors import RejectedInput, UnreadableInput
from sayso.intake.text import MAX_BYTES
from sayso.reading import Rejection

STAGE = "intake"
HEAD = 8192  # bytes that are looked at to tell what an input is
MAX_LINE = 2 * MAX_BYTES  # bytes; one article as JSON with every character escaped would be longer, and is not met
MAX_RATIO = 250  # unpacked bytes for each packed one; news in gzip unpacks to 3 to 10 times its size, a bomb to 1,000
LONGEST = 500  # characters of a headline, a name, an address
FREE = 100_000_000  # unpacked bytes that are allowed whatever the ratio

Notice = Callable[[str], None]
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input.

    Attributes:
        origin: what the user named, or the path of a file in a folder that the user named; fit to be written as UTF-8.
        outlet: who published what is in it, where the articles do not say so themselves.
        notice: takes one line for the user, about how the file is read.
        path: where the file is; None for standard input.
        stream: the bytes, where there is no path.

    """

    origin: str
    outlet: str | None
    notice: Notice
    path: Path | None = None
    stream: BinaryIO | None = None

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes, unpacked if they are gzip.

        Raises:
            UnreadableInput: from reading, if they unpack to far more than news can, or are packed twice.

        """
        if self.stream is not None or self.path is None:
            yield self.stream or io.BytesIO()
            return
        size = self.path.stat().st_size
        with self.path.open("rb") as file:
            packed = file.read(2) == GZIP
            file.seek(0)
            if not packed:
                yield file
                return
            with gzip.GzipFile(fileobj=file) as unpacked, io.BufferedReader(Bounded(unpacked, size), 1 << 16) as stream:
                if stream.peek(2)[:2] == GZIP:
                    raise UnreadableInput("it is packed twice (gzip in gzip): unpack it once")
                yield stream

    def say(self, text: str) -> None:
        """Tell the user one line about this input."""
        self.notice(f"{self.origin}: {text}")

    def at(self, number: int) -> str:
        """The origin of one of its articles: line, row, entry or record, from 1."""
        return f"{self.origin}:{number}"

    def attempt(self, number: int, make: Callable[[], Document]) -> Document | Rejection:
        """What `make` makes, or why it cannot."""
        try:
            return make()
        except RejectedInput as error:
            return self.reject(number, str(error))

    def reject(self, number: int, reason: str) -> Rejection:
        """One of its articles cannot be read."""
        return Rejection(self.at(number), STAGE, reason)


class Bounded(io.RawIOBase):
    """A stream of unpacked bytes that breaks off when they grow out of all proportion to the packed ones.

    Args:
        stream: the unpacked bytes, of gzip or of a ZIP package.
        size: how many bytes they are packed in.

    """

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, size: int) -> None:
        self._stream, self._limit, self._seen = stream, max(FREE, MAX_RATIO * size), 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub allows more than any caller passes
        """Read up to as many bytes as the buffer takes.

        Raises:
            UnreadableInput: damaged, broken off, or a zip bomb.

        """
        try:
            data = some(self._stream, len(buffer))
        except (EOFError, OSError, zlib.error):
            raise UnreadableInput("it is packed with gzip or zip, and damaged or broken off: get the whole file again") from None
        self._seen += len(data)
        if self._seen > self._limit:
            raise UnreadableInput(f"it unpacks to more than {MAX_RATIO} times its size, which no news does: it is not read further")
        buffer[: len(data)] = data
        return len(data)


def some(stream: IO[bytes] | gzip.GzipFile, size: int) -> bytes:
    """Up to as many bytes, as many as come at once: what stands before a damage is not lost."""
    reading: Any = stream  # every buffered stream can, but the types of files in general do not say so
    data: bytes = reading.read1(size)
    return data


def beginning(stream: IO[bytes]) -> bytes:
    """The first bytes, at most `HEAD`; fewer where the stream is damaged after them."""
    head = b""
    try:
        while len(head) < HEAD and (piece := some(stream, HEAD - len(head))):
            head += piece
    except UnreadableInput:
        if not head:
            raise
    return head


def lines(stream: BinaryIO, limit: int = MAX_LINE) -> Iterator[tuple[int, bytes | None]]:
    """Number (from 1) and bytes of every line, with its end; None for a line longer than the limit, which is skipped in pieces."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line
            continue
        del line
        while (piece := stream.readline(1 << 20)) and not piece.endswith(b"\n"):
            pass
        yield number, None


def one_line(text: str) -> str:
    """Without line breaks and doubled blanks, at most `LONGEST` characters."""
    return " ".join(text[: 4 * LONGEST].split())[:LONGEST].strip()


def mended(text: str) -> str:
    """The text with U+FFFD for each NUL and each lone surrogate, which no file and no table can hold; all offsets stay."""
    if text.isascii() and "\x00" not in text:
        return text
    # A lone surrogate makes this fail; pairs do not occur in Python's strings unless somebody put them there one by one.
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text.replace("\x00", "\ufffd")
