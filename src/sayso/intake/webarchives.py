"""Web archives: WARC files, and WACZ packages of them; the HTML pages that were answered with success.

Always true here: one page is held at a time; nothing is unpacked to disk; pictures, scripts, redirects and error pages are left out and
counted; a page without an article becomes a rejection. The only door to warcio; needs the `[archive]` extra.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, BinaryIO

from sayso.document import Document
from sayso.errors import NoArticle, UnreadableInput
from sayso.intake.html import MAX_PAGE_BYTES
from sayso.intake.open import page_document
from sayso.intake.source import GZIP, Bounded, Source, mended, one_line, some
from sayso.reading import Rejection

MAX_RUN = 64_000_000  # bytes without a line break; only a bomb has more
BLOCK = 1 << 20  # bytes; warcio copies what it has of a line for each block that it adds
MAX_MEMBERS = 10_000  # WARC files in one package
_PAGES = ("text/html", "application/xhtml+xml")
_ENCODINGS = ("", "identity", "gzip", "deflate", "x-gzip")


@dataclass(slots=True)
class _Count:
    records: int = 0
    pages: int = 0


def read_warc(source: Source) -> Iterator[Document | Rejection]:
    """The articles of a WARC file, in order; numbered by record from 1.

    Raises:
        UnreadableInput: damaged from some record on, or warcio is missing.

    """
    count = _Count()
    with source.open() as stream:
        yield from _pages(source, stream, count)
    _say(source, count)


def read_wacz(source: Source) -> Iterator[Document | Rejection]:
    """The articles of a WACZ package: those of each WARC file in its folder `archive/`, by name.

    Raises:
        UnreadableInput: no such package, damaged, or warcio is missing.

    """
    if source.path is None:
        raise UnreadableInput("it is a WACZ package, which cannot be read from standard input: give the file")
    count = _Count()
    try:
        with zipfile.ZipFile(source.path) as package:
            members = sorted((info for info in package.infolist() if _is_warc(info.filename)), key=lambda info: info.filename)
            if not members:
                raise UnreadableInput("there is no WARC file in it (archive/….warc.gz): give a WACZ package or the WARC files")
            if len(members) > MAX_MEMBERS:
                raise UnreadableInput(f"there are more than {MAX_MEMBERS:,} WARC files in it: give a part of them")
            for info in members:
                with package.open(info) as packed, io.BufferedReader(Bounded(packed, info.compress_size)) as member:
                    if member.peek(2)[:2] == GZIP:
                        with gzip.GzipFile(fileobj=member) as plain, io.BufferedReader(Bounded(plain, info.file_size)) as stream:
                            yield from _pages(source, stream, count)
                    else:
                        yield from _pages(source, member, count)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:  # damaged, an unknown packing, or a password
        raise UnreadableInput(f"the package cannot be unpacked ({one_line(str(error))[:80]}): make it again") from None
    _say(source, count)


def is_wacz(path: Any) -> bool:
    """Whether a ZIP file holds WARC files where a WACZ package has them."""
    try:
        with zipfile.ZipFile(path) as package:
            return any(_is_warc(name) for name in package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))


def _pages(source: Source, stream: BinaryIO, count: _Count) -> Iterator[Document | Rejection]:
    iterator, failures = _warcio()
    try:
        for record in iterator(_Lined(stream), verify_http=False, block_size=BLOCK):
            count.records += 1
            if record.rec_type != "response" or record.http_headers is None:
                continue
            kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
            if kind not in _PAGES or record.http_headers.get_statuscode() != "200":
                continue
            count.pages += 1
            yield source.attempt(count.records, partial(_document, source, record, count.records))
    except failures as error:
        why = one_line(str(error))[:100]
        raise UnreadableInput(f"the archive is damaged after record {count.records} ({why}): what stands before it is read") from None


def _document(source: Source, record: Any, number: int) -> Document:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    url = one_line(mended(url.strip("<>")))
    if record.rec_headers.get_header("WARC-Truncated"):
        raise NoArticle(f"the page {url} was cut off when it was archived: archive it again")
    packed = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
    if packed not in _ENCODINGS:
        raise UnreadableInput(f"the page {url} is packed as “{packed[:20]}”, which is not unpacked: archive it without")
    declared = (record.http_headers.get_header("Content-Type") or "").lower().partition("charset=")[2].strip("\"' ;")[:40]
    data = record.content_stream().read(MAX_PAGE_BYTES + 1)
    address = url if url.startswith(("http://", "https://")) else None
    try:
        page = page_document(data, source.at(number), url=address, charset=declared or None)
    except NoArticle:
        raise NoArticle(f"there is no article on the page {url}: nothing to do, unless it should have one") from None
    when = record.rec_headers.get_header("WARC-Date")
    columns = (("WARC-Date", one_line(mended(when))),) if when else ()
    # The identity of a document is made from its outlet, so it is computed again.
    return replace(page, outlet=page.outlet or source.outlet, columns=columns, id="")


def _say(source: Source, count: _Count) -> None:
    source.say(f"{count.records} records, {count.pages} of them HTML pages; the others are left out")


def _warcio() -> tuple[Any, tuple[type[Exception], ...]]:
    try:
        from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
        from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
        from warcio.statusandheaders import StatusAndHeadersParserException  # type: ignore[import-untyped]
    except ModuleNotFoundError:
        raise UnreadableInput("reading WARC and WACZ needs warcio: pip install 'sayso[archive]'") from None
    return ArchiveIterator, (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, OSError)


class _Lined(io.RawIOBase):
    """A stream that breaks off where a line never ends: headers are read line by line, however long the line is."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._run = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = some(self._stream, size)
        while len(data) < size and b"\n" not in data and (piece := some(self._stream, size - len(data))):
            data += piece
        last = data.rfind(b"\n")
        self._run = self._run + len(data) if last < 0 else len(data) - last
        if self._run > MAX_RUN:
            raise UnreadableInput(f"there is a line of more than {MAX_RUN // 1_000_000} MB in it: it is not read further")
        return data
