"""Excel: one workbook with the tables, the sentence of each statement with its words marked, the codebook, and what made it.

Always true here: every cell is a text, a number or a truth value, never a formula or a link; what Excel cannot hold (32,767 characters
in a cell, 1,048,576 rows in a sheet) is cut and a line says so; rows go to disk as they come; the same material gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import XlsxWriterException  # type: ignore[import-untyped]

from sayso.errors import StoreError
from sayso.export.aside import new_file
from sayso.export.cells import neutral, spelled
from sayso.export.columns import CODEBOOK, FLAG, NUMBER, SPANS, TEXT, WHOLE, Column, codebook
from sayso.export.material import Material
from sayso.export.rows import PASSAGE, Piece, Row
from sayso.fields import Json

MOST_CHARACTERS, MOST_ROWS = 32_767, 1_048_576  # Excel's own limits; characters are UTF-16 units, rows include the header
SENTENCE = Column("sentence", TEXT, "the sentence (or sentences) that it stands in, its words marked; only in this workbook")
ABOUT = (Column("name", TEXT, "what"), Column("value", TEXT, "its value"))
_WIDTHS = {TEXT: 18, WHOLE: 8, NUMBER: 9, FLAG: 8, SPANS: 14}
_WIDE = {"text": 60, "sentence": 80, "meaning": 90, "title": 50, "value": 90}
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # a workbook has a date of its making, and the same material the same bytes
_NO_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})


class _Sheet:
    """One sheet that is filled from the top."""

    def __init__(self, book: Any, name: str, columns: Sequence[Column], rows: int) -> None:
        self._sheet = book.add_worksheet(name)
        self._columns, self._rows = tuple(columns), rows
        self._mark = book.add_format({"bold": True, "font_color": "#0B4A6F"})
        self._plain = book.add_format({"bold": False})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._top = book.add_format({"valign": "top"})
        self.name, self.count, self.cut, self.left_out = name, 0, 0, 0
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, _WIDE.get(column.name, _WIDTHS[column.type]), self._top)
            self._sheet.write_string(0, at, self._fit(column.name), book.add_format({"bold": True, "bottom": 1}))
        self._sheet.freeze_panes(1, 0)

    def add(self, row: Row) -> None:
        """Write the next row; one that has no place any more is counted."""
        if self.count + 1 >= self._rows:
            self.left_out += 1
            return
        self.count += 1
        for at, column in enumerate(self._columns):
            value = row.get(PASSAGE) if column is SENTENCE else row.get(column.name)
            if column is SENTENCE and isinstance(value, tuple):
                self._passage(at, value)
            elif isinstance(value, bool):
                self._sheet.write_boolean(self.count, at, value, self._top)
            elif isinstance(value, int | float):
                self._sheet.write_number(self.count, at, value, self._top)
            elif value not in (None, ""):
                wide = self._wrap if column.name in _WIDE else self._top
                self._sheet.write_string(self.count, at, self._fit(value if isinstance(value, str) else spelled(value)), wide)

    def close(self) -> tuple[str, ...]:
        """Put the filters on, and tell in lines what Excel could not hold."""
        self._sheet.autofilter(0, 0, self.count, len(self._columns) - 1)
        lines = []
        if self.cut:
            lines.append(
                f"{self.name}: {self.cut} cells are longer than Excel's {MOST_CHARACTERS:,} characters and were cut: use CSV or Parquet"
            )
        if self.left_out:
            lines.append(f"{self.name}: {self.left_out:,} rows beyond Excel's {self._rows:,} were left out: use CSV or Parquet")
        return tuple(lines)

    def _passage(self, at: int, pieces: Sequence[Piece]) -> None:
        whole = rest = self._fit("".join(words for words, _ in pieces))
        parts: list[Any] = []
        if whole.startswith("'") and not pieces[0][0].startswith("'"):
            parts, rest = [self._plain, "'"], whole[1:]
        for words, marked in pieces:
            shown, rest = rest[: len(words)], rest[len(words) :]
            if shown:
                parts += [self._mark if marked else self._plain, shown]
        if len(parts) > 2:
            self._sheet.write_rich_string(self.count, at, *parts, self._wrap)
        else:  # all of it is marked: nothing stands out
            self._sheet.write_string(self.count, at, whole, self._wrap)

    def _fit(self, text: str) -> str:
        """The text as Excel takes it; begun with `<r>`, the library would take it for markup of its own."""
        shown = neutral(_xml(text))
        shown = f"'{shown}" if shown.startswith("<r>") else shown
        if len(shown.encode("utf-16-le")) // 2 <= MOST_CHARACTERS:
            return shown
        self.cut += 1
        return shown.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - 2)].decode("utf-16-le", "ignore") + " …"


def write_xlsx(material: Material, out: Path, *, most_rows: int = MOST_ROWS) -> Json:
    """Write the workbook, and return what it says of itself.

    Args:
        material: what to write.
        out: the file; one that is there is replaced.
        most_rows: of one sheet, with its header.

    Raises:
        UsageError: no file can be there.
        StoreError: the disk does not let it be written.

    """
    tables = material.tables(texts=False)
    place = [column.name for column in tables["statements"]].index("text") + 1
    tables["statements"] = (*tables["statements"][:place], SENTENCE, *tables["statements"][place:])
    with new_file(out) as aside, TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as desk:
        options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(str(aside), options | {"use_zip64": True, "tmpdir": desk})
        book.set_properties({"title": "Who says what", "author": "Sayso", "created": _NEVER})
        try:
            about = _fill(book, material, tables, most_rows)
            book.close()
        except XlsxWriterException as error:
            raise StoreError(f"{out}: {' '.join(str(error).split())[:200]}") from None
        finally:
            for sheet in book.worksheets():
                sheet._opt_close()  # the rows that wait in files, if it ended before its time
    return about


def _fill(book: Any, material: Material, tables: Mapping[str, Sequence[Column]], most_rows: int) -> Json:
    sheets = {name: _Sheet(book, name, columns, most_rows) for name, columns in tables.items()}
    counts = Counter(dict.fromkeys(tables, 0))
    for name, row in material.rows():
        sheets[name].add(row)
        counts[name] += 1
    sheets["codebook"] = _Sheet(book, "codebook", CODEBOOK, most_rows)
    for row in codebook(tables):
        sheets["codebook"].add(row)
    notices = [line for sheet in sheets.values() for line in sheet.close()]
    about = material.about("xlsx", {}, counts, notices)
    last = _Sheet(book, "about", ABOUT, most_rows)
    for name, value in about.items():
        last.add({"name": name, "value": spelled(value)})
    last.close()
    return about


def _xml(text: str) -> str:
    return text.translate(_NO_XML)
