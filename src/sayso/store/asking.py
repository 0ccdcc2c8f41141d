"""What SQL sees of one generation: a connection for questions whose tables keep up with the shards and derived tables on disk.

Always true here: a question sees whole shards only, all those that were in the store when it was asked; a file that is damaged or
foreign is named.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any
from weakref import finalize

from sayso.errors import StoreError
from sayso.store.duck import EXHAUSTED, MISTAKES, Connection, Fault, asker, limited, refuse_all_but_questions, told
from sayso.store.layout import Places, read_anew, read_manifest
from sayso.store.rows import ARTICLES, REJECTS, clean
from sayso.store.views import files, statements

MOST_ROWS = 5_000_000  # in one answer that is held in memory
_FILES = {"articles.parquet": ARTICLES, "rejects.parquet": REJECTS}
_MAKERS = {  # derived tables and the commands that make them
    "stories": "sayso stories",
    "carriers": "sayso stories",
    "claims": "sayso claims --all --store",
    "contradictions": "sayso claims --all --store",
}


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: names of columns, and rows in the order in which they came."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Asking:
    """Questions to one generation of a store."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._turn = RLock()
        self._connection: Connection | None = None
        self._end: finalize[[], Asking] | None = None
        self._shards: tuple[str, ...] | None = None
        self._derived: tuple[tuple[str, int, int, int], ...] = ()

    def answer(self, query: str, parameters: Sequence[object] | Mapping[str, object], seconds: float) -> Table:
        """Answer one SELECT.

        Raises:
            StoreError: it is no SELECT, cannot be answered, reaches for more than the store, or takes too much time or room.

        """
        cursor = self._cursor_with_tables()
        query = clean(query)
        refuse_all_but_questions(cursor, query)
        given = (
            {name: _given(value) for name, value in parameters.items()} if isinstance(parameters, Mapping) else [*map(_given, parameters)]
        )
        with self._naming_what_is_damaged(MISTAKES), limited(cursor, seconds):
            cursor.execute(query, given)
            columns = tuple(str(column[0]) for column in cursor.description or ())
            rows = cursor.fetchmany(MOST_ROWS + 1)
        if len(rows) > MOST_ROWS:
            raise StoreError(f"the answer has more than {MOST_ROWS:,} rows: ask for less (LIMIT, WHERE), or export the store")
        return Table(columns, rows)

    def rows(self, select: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a trusted SELECT, a few at a time."""
        cursor = self._cursor()
        with self._naming_what_is_damaged():
            cursor.execute(select, list(parameters))
            while some := cursor.fetchmany(256):
                yield from some

    def _cursor(self) -> Connection:
        """A cursor that knows no tables."""
        with self._turn:
            if self._connection is None:
                self._connection = asker(self._places.root)
                self._end = finalize(self, partial(_closed, self._connection))  # at the end of the process, too: DuckDB complains otherwise
            return self._connection.cursor()

    def _cursor_with_tables(self) -> Connection:
        """A cursor whose tables are what is on disk now."""
        with self._turn:
            shards = self._places.names()
            tables = list(self._places.tables())
            derived = tuple((name, *_identity(path)) for name, path in tables)
            if derived != self._derived:
                self._let_go()  # what was read of a table that has been replaced is forgotten
            cursor = self._cursor()
            if shards != self._shards:
                with self._naming_what_is_damaged():
                    for statement in statements([self._places.shards / name for name in shards], tables):
                        cursor.execute(statement)
                self._shards, self._derived = shards, derived
            return cursor

    def close(self) -> None:
        """Let go of the connection; the next question opens another."""
        with self._turn:
            if self._end is not None:
                self._end()
            self._connection = self._shards = self._end = None

    def _let_go(self) -> None:
        """Forget the connection; it closes once the last question that another thread has asked through it is answered."""
        if self._end is not None:
            self._end.detach()
        self._connection = self._shards = self._end = None

    @contextmanager
    def _naming_what_is_damaged(self, mistakes: tuple[type[Exception], ...] = ()) -> Iterator[None]:
        """If reading goes wrong because of a file, say which; otherwise what DuckDB says. `mistakes` are those of whoever asks."""
        try:
            yield
        except (*mistakes, *EXHAUSTED) as error:
            raise StoreError(told(error) + self._hint(str(error))) from None
        except Fault as error:
            self._look_for_damage()
            raise StoreError(told(error)) from None

    def _hint(self, message: str) -> str:
        """Which command makes a derived table that was asked for and is not there."""
        found = re.search(r"Table with name (\w+) does not exist", message)
        maker = _MAKERS.get(found[1]) if found else None
        return f" (`{maker} {shlex.quote(str(self._places.root))}` makes it)" if maker else ""

    def _look_for_damage(self) -> None:
        manifest = read_manifest(self._places.root)
        if manifest is None or self._places.number not in [edition.number for edition in (manifest.current, manifest.following) if edition]:
            raise StoreError(read_anew(self._places.root))
        connection = asker(self._places.root)
        try:
            for whole in (False, True):  # the ends of all files first: that is quick, and where most damage shows
                for name in self._places.names():
                    for file, types in _FILES.items():
                        check_file(connection, self._places.shards / name / file, types, whole=whole)
        finally:
            connection.close()


def _closed(connection: Connection) -> None:
    with suppress(Fault):  # another thread is still asking; the connection closes with its last cursor
        connection.close()


def check_file(connection: Connection, path: Path, types: Mapping[str, str], *, whole: bool = False) -> None:
    """Raise a `StoreError` unless the file ends as it should and has these columns; `whole` reads every value, too."""
    try:
        found = connection.execute(f"DESCRIBE SELECT * FROM {files([path])}").fetchall()
        wrong = None if {row[0]: row[1] for row in found} == _spelled(connection, types) else "it has other columns"
        if whole:
            connection.execute(f"SELECT max(hash(row)) FROM {files([path])} AS row").fetchall()
    except Fault as error:
        wrong = told(error)
    if wrong:
        raise StoreError(f"{path} is damaged or not ours ({wrong[:150]}): {cure(path.parent)}")


def cure(shard: Path) -> str:
    """What to do about a shard that cannot be read."""
    return f"move the folder {shard.name} elsewhere and ingest its articles again"


def _spelled(connection: Connection, types: Mapping[str, str]) -> dict[str, str]:
    """The types as DuckDB spells them."""
    nothing = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in types.items())
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE SELECT {nothing}").fetchall()}


def _identity(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_ino, found.st_mtime_ns, found.st_size)


def _given(value: object) -> object:
    return clean(value) if isinstance(value, str) else value
