"""Tables made from the articles (stories, carriers, …): the types of their columns are told from the values.

Always true here: a column holds values of one kind, or none; whole numbers beside decimals become decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sayso.errors import StoreError
from sayso.store.duck import writer
from sayso.store.rows import line
from sayso.store.shards import write_parquet

_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "BOOLEAN"), (int, "BIGINT"), (float, "DOUBLE"), (str, "VARCHAR"), (date, "DATE"),
)  # fmt: skip


def write_table(path: Path, columns: Sequence[str] | Mapping[str, str], rows: Iterable[Sequence[object]]) -> int:
    """Write rows as a Parquet file, in their order, and return how many there are.

    Args:
        path: where to.
        columns: their names, or their names with SQL types; a type that is not given is told from the values.
        rows: one value for each column: None, a text, a number, true or false, a date, or a list (or tuple) of them.

    Raises:
        StoreError: a row has another length, a column values of several kinds, or the disk is full.

    """
    names = [str(name) for name in columns]
    if not names or len({name.lower() for name in names}) != len(names):
        raise StoreError(f"a table needs columns, each with its own name: {', '.join(names)[:200] or 'none'}")
    given = {str(name): kind for name, kind in columns.items()} if isinstance(columns, Mapping) else {}
    even = _even(rows, len(names))
    held = even if given.keys() == set(names) else list(even)  # types that are given need no look at all values before the first is written
    types = given if held is even else {name: given.get(name) or _kind(name, (row[at] for row in held)) for at, name in enumerate(names)}
    lines = (line(dict(zip(names, map(_plain, row), strict=True))) for row in held)
    with closing(writer()) as connection:
        return write_parquet(connection, path, types, lines)


def _even(rows: Iterable[Sequence[object]], width: int) -> Iterator[Sequence[object]]:
    for at, row in enumerate(rows):
        if len(row) != width:
            raise StoreError(f"row {at} has {len(row)} values for {width} columns")
        yield row


def _kind(name: str, values: Iterable[object]) -> str:
    """The SQL type that holds all these values; text if there is none."""
    kinds = {_of(name, value) for value in values if value is not None}
    return _joined(name, kinds)


def _of(name: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return _joined(name, {_of(name, part) for part in value if part is not None}, "NULL") + "[]"
    for kind, sql in _KINDS:
        if isinstance(value, kind) and not isinstance(value, datetime):
            return sql
    raise StoreError(f"column {name!r} holds a {type(value).__name__}, which has no place in a table")


def _joined(name: str, kinds: set[str], nothing: str = "VARCHAR") -> str:
    lists = {kind.removesuffix("[]") for kind in kinds if kind.endswith("[]")}
    if lists and len(kinds) == sum(kind.endswith("[]") for kind in kinds):
        inner = lists - {"NULL"}
        return _joined(name, inner) + "[]"
    if kinds == {"BIGINT", "DOUBLE"}:
        return "DOUBLE"
    if len(kinds) > 1:
        raise StoreError(f"column {name!r} holds values of several kinds ({', '.join(sorted(kinds))}): make them one kind")
    return next(iter(kinds), nothing)


def _plain(value: object) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
