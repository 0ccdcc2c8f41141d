"""SQLite with full text for Datasette: a folder with `sayso.db`, `metadata.json` (what Datasette shows) and `about.json`.

Always true here: `datasette FOLDER` serves it; `documents_fts` and `statements_fts` find words whatever their accents (FTS5, unicode61);
the views `search_documents` and `search_statements` give a snippet for each hit; rows stand in the order of the material.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sayso.errors import StoreError
from sayso.export.aside import new_folder, say
from sayso.export.cells import spelled
from sayso.export.columns import CODEBOOK, FLAG, NUMBER, SPANS, TEXT, WHOLE, Column, codebook
from sayso.export.material import Material
from sayso.fields import Json
from sayso.store.disk import no_room
from sayso.store.duck import quoted

DATABASE, METADATA = "sayso.db", "metadata.json"
TOKENIZER = "unicode61 remove_diacritics 2"
BATCH = 2_000  # rows that are handed over at once
_TYPES = {TEXT: "TEXT", WHOLE: "INTEGER", NUMBER: "REAL", FLAG: "INTEGER", SPANS: "TEXT"}
_KEYS = {
    "documents": 'PRIMARY KEY ("doc_id")',
    "sources": 'PRIMARY KEY ("doc_id", "source_id"), FOREIGN KEY ("doc_id") REFERENCES "documents" ("doc_id")',
    "statements": 'PRIMARY KEY ("stmt_id"), FOREIGN KEY ("doc_id") REFERENCES "documents" ("doc_id")',
    "claims": 'FOREIGN KEY ("article") REFERENCES "documents" ("doc_id")',
}
_INDEXED = {"statements": ("doc_id", "voice", "source_canonical", "outlet"), "sources": ("name",), "documents": ("outlet", "date", "story")}
_SEARCHED = {"documents": ("title", "text"), "statements": ("text",)}
_SHOWN = {
    "documents": ("doc_id", "outlet", "date", "title", "url"),
    "statements": ("stmt_id", "doc_id", "outlet", "date", "voice", "source_canonical", "cue"),
}
_TITLES = {
    "statements": "One row for each attribution and each sentence of the outlet's own",
    "sources": "One row for each source of each article",
    "documents": "One row for each article, with its text",
    "claims": "Statements of a story that say the same thing, as far as the matcher can tell",
    "codebook": "What every column and label means",
}


def write_sqlite(material: Material, out: Path) -> Json:
    """Write the folder, and return what it says of itself.

    Raises:
        UsageError: something else stands there.
        StoreError: the disk does not let it be written.

    """
    tables = material.tables(texts=True)
    with new_folder(out) as folder:
        try:
            with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as database:
                counts = _fill(database, material, tables)
                about = material.about("sqlite", {"tokenizer": TOKENIZER}, counts)
                database.execute('CREATE TABLE "about" ("name" TEXT PRIMARY KEY, "value" TEXT)')
                database.executemany('INSERT INTO "about" VALUES (?, ?)', [(name, spelled(value)) for name, value in about.items()])
        except sqlite3.Error as error:
            raise StoreError(no_room(out) if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL" else f"{out}: {error}") from None
        shown = json.dumps(_metadata(tables, about), ensure_ascii=False, indent=2) + "\n"
        (folder / METADATA).write_text(shown, encoding="utf-8", newline="\n")
        say(folder, about)
    return about


def _fill(database: sqlite3.Connection, material: Material, tables: dict[str, tuple[Column, ...]]) -> dict[str, int]:
    database.execute("PRAGMA journal_mode = OFF")  # it stands aside until it is whole
    database.execute("PRAGMA synchronous = OFF")
    database.execute("BEGIN")
    for name, columns in tables.items():
        fields = ", ".join(f"{quoted(column.name)} {_TYPES[column.type]}" for column in columns)
        database.execute(f"CREATE TABLE {quoted(name)} ({fields}, {_KEYS[name]})")
    waiting: dict[str, list[tuple[object, ...]]] = {name: [] for name in tables}
    counts = Counter(dict.fromkeys(tables, 0))
    for name, row in material.rows():
        waiting[name].append(tuple(_value(row.get(column.name)) for column in tables[name]))
        counts[name] += 1
        if len(waiting[name]) >= BATCH:
            _insert(database, name, waiting[name])
    for name, rows in waiting.items():
        _insert(database, name, rows)
    for name, indexed in _INDEXED.items():
        for column in indexed:
            database.execute(f"CREATE INDEX {quoted(f'{name}_{column}')} ON {quoted(name)} ({quoted(column)})")
    for name, searched in _SEARCHED.items():
        _search(database, name, searched)
    described = ", ".join(f"{quoted(column.name)} TEXT" for column in CODEBOOK)
    database.execute(f'CREATE TABLE "codebook" ({described})')
    _insert(database, "codebook", [tuple(row[column.name] for column in CODEBOOK) for row in codebook(tables)])
    database.execute("COMMIT")
    return dict(counts)


def _search(database: sqlite3.Connection, name: str, columns: Iterable[str]) -> None:
    """Full text over a table, which keeps the words, and a view with snippets (`FROM search_documents WHERE query MATCH 'ferry'`)."""
    full, searched = f"{name}_fts", tuple(columns)
    listed = ", ".join(map(quoted, searched))
    database.execute(f"CREATE VIRTUAL TABLE {full} USING fts5({listed}, content='{name}', content_rowid='rowid', tokenize='{TOKENIZER}')")
    database.execute(f"INSERT INTO {full} ({full}) VALUES ('rebuild')")
    database.execute(f"INSERT INTO {full} ({full}) VALUES ('optimize')")
    shown = ", ".join(f"t.{quoted(column)} AS {quoted(column)}" for column in _SHOWN[name])
    database.execute(
        f"CREATE VIEW search_{name} AS SELECT {shown}, snippet({full}, {len(searched) - 1}, '[', ']', ' … ', 24) AS snippet,"
        f" f.rank AS rank, f.{full} AS query FROM {full} f JOIN {name} t ON t.rowid = f.rowid"
    )


def _insert(database: sqlite3.Connection, name: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        database.executemany(f"INSERT INTO {quoted(name)} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        rows.clear()


def _value(value: object) -> object:
    return value if value is None or isinstance(value, int | float | str) else spelled(value)


def _metadata(tables: dict[str, tuple[Column, ...]], about: Json) -> Json:
    """What Datasette shows: titles, the meaning of each column, and one search for each full text."""
    made = about["generator"]
    said = f"Sayso {made['version']}, {made['bundle']}"
    described: Json = {
        name: {"title": _TITLES[name], "columns": {column.name: column.meaning for column in columns}} for name, columns in tables.items()
    }
    described["codebook"] = {"title": _TITLES["codebook"], "columns": {column.name: column.meaning for column in CODEBOOK}}
    queries: Json = {
        f"search_{name}": {
            "title": f"Search the {name}, with the words around each hit",
            "sql": f"SELECT {', '.join(_SHOWN[name])}, snippet FROM search_{name} WHERE query MATCH escape_fts(:words)"
            " ORDER BY rank LIMIT 100",
        }
        for name in _SEARCHED
    }
    return {
        "title": "News articles, and who says what in them",
        "description": f"Read by {said}. Observations about texts, no judgment of them.",
        "databases": {"sayso": {"tables": described, "queries": queries}},
    }
