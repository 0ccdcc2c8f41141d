"""Everything that the user named, into documents: folders, tables, feeds, archives, texts, pages, addresses, standard input.

Always true here: documents come in the order of what was named, and inside a folder by name, so that the same call gives the same order;
nothing is read before it is asked for; whatever cannot be read becomes a `Rejection`, and the others go on. Each kind of input has a module
of its own, fetched when the first input of that kind is met, so that nobody waits for a library that is not needed.
"""

from __future__ import annotations

import io
import logging
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from sayso.document import Document
from sayso.errors import RejectedInput, UnreadableInput
from sayso.intake.kinds import kind_of
from sayso.intake.open import bytes_document, open_document
from sayso.intake.source import HEAD, STAGE, Notice, Source, beginning, mended
from sayso.intake.text import MAX_BYTES
from sayso.reading import Rejection

MAX_DEPTH = 100  # folders in folders

_log: Notice = logging.getLogger(__name__).info

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)
_ROOT = re.compile(rb"<(?![?!])([\w:.-]{1,60})")


def documents(
    origins: Iterable[str],
    *,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
    notice: Notice = _log,
) -> Iterator[Document | Rejection]:
    """The articles in everything named, one after the other, as they are asked for.

    Args:
        origins: paths of files and folders, http(s) addresses, `-` for standard input. A path is taken as it is; `*` is a character.
        outlet: who published them. It overrides what a single page says of itself; in a table, a feed or an archive it stands in only where
            an article does not say.
        stdin: stands in for standard input.
        notice: takes lines for the user about how a file is read: the chosen columns, what is left out.

    Yields:
        A document for each article, a rejection (stage `intake`) for each input, row, entry or page that cannot be read as one.

    """
    for origin in origins:
        if origin == "-":
            yield from _stream(stdin or sys.stdin.buffer, outlet, notice)
        elif _ADDRESS.match(origin):
            yield _alone(origin, outlet)
        else:
            yield from _path(origin, outlet, notice)


def _alone(origin: str, outlet: str | None) -> Document | Rejection:
    try:
        return open_document(origin, outlet=outlet)
    except RejectedInput as error:
        return Rejection(mended(origin), STAGE, str(error))


def _path(origin: str, outlet: str | None, notice: Notice) -> Iterator[Document | Rejection]:
    path = Path(origin)
    try:
        folder, file = path.is_dir(), path.is_file()
    except (OSError, ValueError):  # ValueError: a NUL in the path
        folder, file = False, False
    if not folder:
        # A pipe, or nothing: `open_document` reads the one and says what is wrong with the other.
        yield from _file(path, outlet, notice) if file else iter([_alone(origin, outlet)])
        return
    empty = True
    for found in _walk(path, 0):
        empty = False
        yield from _file(found, outlet, notice) if isinstance(found, Path) else iter([found])
    if empty:
        yield Rejection(mended(origin), STAGE, "there is no file in this folder (hidden ones are left out): give one with articles")


def _walk(folder: Path, depth: int) -> Iterator[Path | Rejection]:
    """The files of a folder and of the folders in it, by name; hidden ones are left out, links to folders are not followed."""
    label = mended(str(folder))
    try:
        entries = sorted((entry for entry in os.scandir(folder) if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        yield Rejection(
            label, STAGE, f"the folder cannot be read ({(error.strerror or 'no reason given').lower()}): check its access rights"
        )
        return
    for entry in entries:
        path = folder / entry.name
        try:
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH:
                    yield from _walk(path, depth + 1)
                else:
                    yield Rejection(mended(str(path)), STAGE, f"it lies more than {MAX_DEPTH} folders deep: give this folder by itself")
            elif entry.is_file():
                yield path
            else:
                yield Rejection(mended(str(path)), STAGE, "it is no file (a link to a folder, a pipe or a device): give it by itself")
        except OSError as error:
            yield Rejection(mended(str(path)), STAGE, f"it cannot be read ({_why(error)}): check its access rights")


def _file(path: Path, outlet: str | None, notice: Notice) -> Iterator[Document | Rejection]:
    yield from _guarded(Source(mended(str(path)), outlet, notice, path=path))


def _stream(stream: BinaryIO, outlet: str | None, notice: Notice) -> Iterator[Document | Rejection]:
    """Standard input: what it is is told by its beginning."""
    head = stream.read(HEAD)
    joined = io.BufferedReader(_Joined(head, stream))
    yield from _guarded(Source("-", outlet, notice, stream=joined), head)


def _guarded(source: Source, head: bytes | None = None) -> Iterator[Document | Rejection]:
    """The articles of one source; whatever breaks it ends this source only."""
    try:
        if head is None:
            with source.open() as stream:
                head = beginning(stream)
        items = 0
        for items, item in enumerate(_read(source, head), 1):  # noqa: B007
            yield item
        if not items:
            raise UnreadableInput("there is no article in it: give one with rows, entries or pages")
    except RejectedInput as error:
        yield Rejection(source.origin, STAGE, str(error))
    except PermissionError:
        yield Rejection(source.origin, STAGE, "there is no permission to read it: check its access rights")
    except (OSError, EOFError, zlib.error) as error:
        yield Rejection(source.origin, STAGE, f"it cannot be read on ({_why(error)}): check the file")


def _why(error: BaseException) -> str:
    return (getattr(error, "strerror", None) or type(error).__name__).lower()


def _read(source: Source, head: bytes) -> Iterator[Document | Rejection]:
    name = source.path.name if source.path else ""
    kind = kind_of(name, head)
    if kind in ("lines", "values"):
        from sayso.intake.jsonlines import read_lines, read_values

        return read_lines(source) if kind == "lines" else read_values(source)
    if kind == "table":
        from sayso.intake.delimited import read_table

        return read_table(source)
    if kind == "parquet":
        from sayso.intake.parquet import read_parquet

        return read_parquet(source)
    if kind == "feed":
        from sayso.intake.feeds import read_feed

        return read_feed(source)
    if kind == "warc":
        from sayso.intake.webarchives import read_warc

        return read_warc(source)
    if kind == "pdf":
        from sayso.intake.pdf import read_pdf

        return read_pdf(source)
    if kind == "zip":
        return _package(source)
    if kind == "xml":
        root = _ROOT.search(head)
        what = root[1].decode("ascii", "replace") if root else "?"
        raise UnreadableInput(f"it is XML of a kind that is not read (<{what}>): give a feed, a page, ninjs, or the text")
    return _article(source)


def _package(source: Source) -> Iterator[Document | Rejection]:
    from sayso.intake.webarchives import is_wacz, read_wacz

    if source.path is None:
        raise UnreadableInput("it is a packed file, which cannot be read from standard input: give the file")
    if source.path.suffix.lower() == ".wacz" or is_wacz(source.path):
        return read_wacz(source)
    if source.path.suffix.lower() == ".docx" or _has(source.path, "word/document.xml"):
        from sayso.intake.word import read_word

        return read_word(source)
    return _article(source)  # which says what it is, and what to do


def _has(path: Path, member: str) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            return member in package.namelist()
    except (zipfile.BadZipFile, ValueError):
        return False


def _article(source: Source) -> Iterator[Document]:
    with source.open() as stream:
        data = stream.read(MAX_BYTES + 1)
    yield bytes_document(data, source.origin, outlet=source.outlet)


class _Joined(io.RawIOBase):
    """A stream whose beginning has been read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub allows more than any caller passes
        data = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(data) :] if self._head else b""
        buffer[: len(data)] = data
        return len(data)
