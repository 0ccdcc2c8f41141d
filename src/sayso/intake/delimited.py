"""Tables as text: CSV and TSV, whatever the spreadsheet made of them (`;` for `,`, Windows-1252, a byte order mark, `sep=;`).

Always true here: one row is held at a time; a row that does not fit the header is refused rather than read with its cells displaced; a
quotation mark that is never closed cannot make one article of the rest of the table without being told.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator, Sequence
from typing import BinaryIO, TextIO

from sayso.document import Document
from sayso.errors import NoArticle, UnreadableInput
from sayso.intake.aliases import mapping
from sayso.intake.records import Records, why_no_text
from sayso.intake.source import MAX_LINE, Source
from sayso.intake.text import MAX_BYTES, decode
from sayso.reading import Rejection

MAX_HEADER = 1_000_000  # characters
MAX_NAMES = 10_000  # columns
DELIMITERS = ",;\t|"
_ENDS = ("\n", "\r")
_SEP = re.compile(r"sep=(.)\r?\n?$", re.IGNORECASE)


def read_table(source: Source) -> Iterator[Document | Rejection]:
    """The articles of a table with a header, one a row, in order; rows are numbered from 1, the header not counted.

    Raises:
        UnreadableInput: no header, or an encoding that cannot be told.
        NoArticle: no column with text.

    """
    if source.path is None:
        raise UnreadableInput("it is a table, which cannot be read from standard input: give the file")
    encoding = _encoding(source)
    records = Records(source)
    with source.open() as stream, io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="") as text:
        delimiter, header = _header(text)
        names = _distinct(header)
        if "text" not in mapping(names):
            raise NoArticle(f"{why_no_text(dict.fromkeys(names))} (its columns: {_some(names)})")
        for number, row in enumerate(_rows(text, delimiter), 1):
            if isinstance(row, str):
                yield source.reject(number, row)
            elif len(row) != len(names) and (len(row) < len(names) or any(cell.strip() for cell in row[len(names) :])):
                yield source.reject(number, f"the row has {len(row)} cells, the header has {len(names)}: is a quotation mark missing?")
            else:
                yield records.read(number, dict(zip(names, row, strict=False)))


class _Lines:
    """The lines that `csv` reads, and whether a quotation mark is open at the end of what it has read of the row."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.odd = False
        self.number = 0  # of lines, in the row
        self.too_long = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MAX_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        self.odd ^= line.count('"') % 2 == 1
        if len(line) < MAX_LINE or line.endswith(_ENDS):
            return line
        self.too_long = True
        while piece := self._text.readline(1 << 20):
            self.odd ^= piece.count('"') % 2 == 1
            if piece.endswith(_ENDS):
                break
        raise csv.Error("line too long")

    def begin(self) -> None:
        """A new row."""
        self.odd, self.number, self.too_long = False, 0, False

    def skip(self) -> None:
        """To the end of the row."""
        while self.odd and (piece := self._text.readline(1 << 20)):
            self.odd ^= piece.count('"') % 2 == 1


def _rows(text: TextIO, delimiter: str) -> Iterator[list[str] | str]:
    """Rows of cells; a string in the place of a row says why it cannot be read."""
    lines = _Lines(text)
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            lines.skip()
            what = f"a line of more than {MAX_LINE // 1_000_000}" if lines.too_long else f"a cell of more than {MAX_BYTES // 1_000_000}"
            yield f"the row has {what} MB: is a quotation mark missing?"
            continue
        if lines.odd and lines.number > 1:
            yield "the row has a quotation mark that is never closed: close it, and write quotation marks inside a cell twice"
        elif any(row):
            yield row


def _encoding(source: Source) -> str:
    """UTF-16 by its mark, UTF-8 if all of it is, else UTF-8 with damage or Windows-1252; the file is gone through once."""
    with source.open() as stream:
        head = stream.read(4)
        if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return "utf-16"
        marked = head.startswith(BOM_UTF8)
        utf8, piece = getincrementaldecoder("utf-8")(), head
        if b"\x00" in (beginning := _peek(stream)):
            raise UnreadableInput("it is no table of text (there are NUL bytes in it): save it as CSV in UTF-8")
        del beginning
        while piece:
            try:
                utf8.decode(piece, final=False)
            except UnicodeDecodeError:
                if marked:
                    break
                return _western(source, piece)
            piece = stream.read(1 << 20)
        else:
            return "utf-8-sig"
    source.say("it is damaged UTF-8: each byte that breaks it is shown as U+FFFD")
    return "utf-8-sig"


def _western(source: Source, piece: bytes) -> str:
    """What a table is in whose piece a byte breaks UTF-8."""
    try:
        decode(piece)
    except UnreadableInput as error:
        if "damaged UTF-8" not in str(error):
            raise
        source.say("it is damaged UTF-8: each byte that breaks it is shown as U+FFFD")
        return "utf-8-sig"
    source.say("it is not UTF-8: read as Windows-1252")
    return "cp1252"


def _peek(stream: BinaryIO) -> bytes:
    peek = getattr(stream, "peek", None)
    return peek(4096)[:4096] if peek else b""


def _header(text: TextIO) -> tuple[str, list[str]]:
    """The delimiter under which most names are known, and the names."""
    line = text.readline(MAX_HEADER)
    said = _SEP.match(line)
    if said:
        line = text.readline(MAX_HEADER)
    while line and not line.strip():
        line = text.readline(MAX_HEADER)
    if not line.strip(" \t\r\n,;|"):
        raise UnreadableInput("it is empty: give a table with a header and rows")
    while line.count('"') % 2 and len(line) < MAX_HEADER and (more := text.readline(MAX_HEADER)):
        line += more
    if len(line) >= MAX_HEADER:
        raise UnreadableInput("its first line is no header of a table: name the columns in the first line")

    def split(delimiter: str) -> list[str]:
        try:
            return next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter))
        except csv.Error:
            return []

    choices = said[1] if said else DELIMITERS
    best = max(choices, key=lambda delimiter: (len(mapping(split(delimiter))), len(split(delimiter))))
    names = split(best)
    if len(names) > MAX_NAMES:
        raise UnreadableInput(f"it has more than {MAX_NAMES:,} columns: keep those with text, outlet, date and the like")
    return best, names


def _distinct(header: Sequence[str]) -> list[str]:
    """Names without blanks around them; one that is empty or met before gets a number."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for at, raw in enumerate(header, 1):
        name = raw.strip() or f"column {at}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return found


def _some(names: Sequence[str]) -> str:
    return ", ".join(name[:40] for name in names[:12]) + (" …" if len(names) > 12 else "")
