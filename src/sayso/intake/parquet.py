"""Parquet files, read by DuckDB; row by row, without its ever looking for an extension, another file or the network.

One door to DuckDB (the others are in `store/`); needs the `[corpus]` extra.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator
from typing import Any

from sayso.document import Document
from sayso.errors import NoArticle, UnreadableInput
from sayso.intake.aliases import mapping
from sayso.intake.records import MAX_COLUMNS, Records, why_no_text
from sayso.intake.source import Source
from sayso.reading import Rejection

BATCH = 64  # rows
MEMORY = "1GB"
SETTINGS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "1", "memory_limit": MEMORY}


def read_parquet(source: Source) -> Iterator[Document | Rejection]:
    """The articles of a table, one a row, in order; rows are numbered from 1.

    Raises:
        UnreadableInput: not a Parquet file, damaged, or DuckDB is missing.
        NoArticle: no column with text.

    """
    duckdb = _duckdb()
    if source.path is None:
        raise UnreadableInput("it is a Parquet table, which cannot be read from standard input: give the file")
    records = Records(source)
    # The path is taken as it is, though DuckDB reads patterns.
    path = glob.escape(str(source.path.absolute()))
    try:
        with duckdb.connect(":memory:", config=SETTINGS) as connection:
            described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()
            kinds = {str(row[0]): str(row[1]) for row in described}
            fields = mapping(kinds)
            if "text" not in fields:
                raise NoArticle(f"{why_no_text(kinds)} (its columns: {', '.join(list(kinds)[:12])})")
            wanted = list(dict.fromkeys([*fields.values(), *list(kinds)[: MAX_COLUMNS + 1]]))
            columns = [name for name in kinds if name in set(wanted)]
            listed = ", ".join(_selected(name, kinds[name]) for name in columns)
            rows = connection.execute(f"SELECT {listed} FROM read_parquet(?)", [path])
            number = 0
            while batch := rows.fetchmany(BATCH):
                for row in batch:
                    number += 1
                    yield records.read(number, {name: _value(value) for name, value in zip(columns, row, strict=True)})
    except duckdb.Error as error:
        why = str(error).partition("\n")[0][:120]
        raise UnreadableInput(f"it cannot be read as Parquet ({why}): write the file again") from None


def _duckdb() -> Any:
    try:
        import duckdb
    except ModuleNotFoundError:
        raise UnreadableInput("reading Parquet needs DuckDB: pip install 'sayso[corpus]'") from None
    return duckdb


def _selected(name: str, kind: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    # Times come as text: those with a zone would need another package.
    return f"CAST({quoted} AS VARCHAR)" if kind.startswith(("TIMESTAMP", "DATE", "TIME")) else quoted


def _value(value: Any) -> Any:
    return value.decode("utf-8", "replace") if isinstance(value, bytes | bytearray) else value
