"""Tidy CSV: a folder with one file for each table, `codebook.csv`, and `about.json`.

Always true here: RFC 4180 (commas, doubled quotation marks, CR LF), UTF-8, a header in each file; no cell is a formula (`cells`); the
articles' texts are not in it (no spreadsheet holds them): the other formats have them.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from sayso.export.aside import new_folder, say
from sayso.export.cells import cell
from sayso.export.columns import CODEBOOK, Column, codebook
from sayso.export.material import Material
from sayso.export.rows import Row
from sayso.fields import Json


def write_csv(material: Material, out: Path, *, bom: bool = False) -> Json:
    """Write the folder, and return what it says of itself.

    Args:
        material: what to write.
        out: the folder; one that an export made is replaced.
        bom: begin each file with a byte order mark, by which Excel knows UTF-8.

    Raises:
        UsageError: something else stands there.
        StoreError: the disk does not let it be written.

    """
    tables = material.tables(texts=False)
    with new_folder(out) as folder:
        write_table(folder / "codebook.csv", CODEBOOK, codebook(tables), bom=bom)
        counts = write_tables(folder, {name: name for name in tables}, tables, material.rows(), cell, bom=bom)
        about = material.about("csv", {"bom": bom}, counts)
        say(folder, about)
    return about


def write_tables(
    folder: Path,
    files: dict[str, str],
    tables: dict[str, tuple[Column, ...]],
    rows: Iterable[tuple[str, Row]],
    spell: Callable[[object], str],
    *,
    bom: bool = False,
) -> dict[str, int]:
    """Write rows to the file of their table, and count them by table.

    Args:
        folder: where the files stand.
        files: table → name of its file without `.csv`; rows of other tables are passed over.
        tables: table → its columns.
        rows: with the names of their tables.
        spell: a value as text.
        bom: see `write_csv`.

    """
    counts = Counter(dict.fromkeys(files, 0))
    with ExitStack() as stack:
        writers = {}
        for name, file in files.items():
            opened = stack.enter_context((folder / f"{file}.csv").open("w", encoding="utf-8-sig" if bom else "utf-8", newline=""))
            writers[name] = csv.writer(opened)
            writers[name].writerow([spell(column.name) for column in tables[name]])
        for name, row in rows:
            if name in writers:
                writers[name].writerow([spell(row.get(column.name)) for column in tables[name]])
                counts[name] += 1
    return dict(counts)


def write_table(path: Path, columns: Sequence[Column], rows: Iterable[Row], *, bom: bool = False) -> None:
    """Write one table for people."""
    columns = tuple(columns)
    write_tables(path.parent, {"": path.stem}, {"": columns}, (("", row) for row in rows), cell, bom=bom)
