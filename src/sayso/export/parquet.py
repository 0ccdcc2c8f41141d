"""Parquet by DuckDB: a folder with one file for each table and `about.json`; spans are lists of pairs.

Always true here: one core writes, in order, so that the same material gives the same bytes (with one version of DuckDB); rows wait in
files beside the result, never in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

from sayso.export.aside import new_folder, say
from sayso.export.cells import spelled
from sayso.export.columns import CODEBOOK, TEXT, Column, codebook
from sayso.export.material import Material
from sayso.export.rows import Row
from sayso.fields import Json
from sayso.store.duck import writer
from sayso.store.rows import line
from sayso.store.shards import write_parquet as write_file


def write_parquet(material: Material, out: Path) -> Json:
    """Write the folder, and return what it says of itself.

    Raises:
        UsageError: something else stands there.
        StoreError: the disk does not let it be written, or DuckDB is not installed.

    """
    tables = material.tables(texts=True)
    counts = Counter(dict.fromkeys(tables, 0))
    with new_folder(out) as folder:
        with ExitStack() as stack:
            files = {name: stack.enter_context((folder / f"{name}.rows").open("w", encoding="utf-8", newline="\n")) for name in tables}
            for name, row in material.rows():
                files[name].write(line(_typed(row, tables[name])) + "\n")
                counts[name] += 1
        with closing(writer()) as connection:
            for name, columns in tables.items():
                waiting = folder / f"{name}.rows"
                write_file(connection, folder / f"{name}.parquet", _types(columns), _lines(waiting))
                waiting.unlink()
            defined = (line(_typed(row, CODEBOOK)) for row in codebook(tables))
            write_file(connection, folder / "codebook.parquet", _types(CODEBOOK), defined)
        about = material.about("parquet", {}, counts)
        say(folder, about)
    return about


def _types(columns: tuple[Column, ...]) -> dict[str, str]:
    return {column.name: column.type for column in columns}


def _typed(row: Row, columns: tuple[Column, ...]) -> Row:
    """The row in its columns' order; what is not a text goes into a column of texts as it is spelled."""
    found = {}
    for column in columns:
        value = row.get(column.name)
        found[column.name] = spelled(value) if column.type == TEXT and value is not None else value
    return found


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for each in file:
            yield each.rstrip("\n")
