"""DuckDB behind one door: a connection that writes what we give it, and one that strangers may ask.

Always true here: no extension is ever fetched; nothing but the files of the store is reachable from a question; whatever DuckDB says
comes out as a `StoreError` of one line.
"""

from __future__ import annotations

import json
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any, TypeAlias

from sayso.errors import StoreError
from sayso.store.disk import FULL, no_room

try:
    import duckdb

    INSTALLED = True
    Fault: type[Exception] = duckdb.Error
    EXHAUSTED: tuple[type[Exception], ...] = (duckdb.InterruptException, duckdb.OutOfMemoryException)
    MISTAKES: tuple[type[Exception], ...] = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.DataError)
except ModuleNotFoundError:  # said when a store is opened
    INSTALLED, Fault, EXHAUSTED, MISTAKES = False, ArithmeticError, (), ()

Connection: TypeAlias = "duckdb.DuckDBPyConnection"
MEMORY = "2GB"
SPILL = "20GB"
FUNCTIONS = {"unnest", "range", "generate_series", "repeat", "json_each", "json_tree", "summary"}
"""Functions that may stand where a table stands: those that only work on what they are given."""
_SHUT = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "python_enable_replacements": "false"}
_ROOM = ("no space left", "file too large", "disk quota", *(f"errno {number}" for number in FULL))


def writer() -> Connection:
    """A connection for writing Parquet; it works on one core, so that the same rows give the same bytes."""
    check_installed()
    return duckdb.connect(":memory:", config={**_SHUT, "threads": 1, "preserve_insertion_order": "true"})


def asker(root: Path) -> Connection:
    """A connection for questions: it reads the files under one folder and nothing else, and its settings cannot be changed.

    Views have to be made before `seal` is called.
    """
    check_installed()
    spill = Path(tempfile.gettempdir()) / f"sayso-{uuid.uuid4().hex}"  # made by DuckDB only if memory does not do, and removed by it
    connection = duckdb.connect(":memory:", config={**_SHUT, "memory_limit": MEMORY, "temp_directory": str(spill)})
    connection.execute("SET enable_external_file_cache = false")  # the system caches files, without taking memory from others
    connection.execute(f"SET max_temp_directory_size = '{SPILL}'")
    connection.execute(f"SET allowed_directories = [{literal(str(root))}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def literal(text: str) -> str:
    """A text as it stands in SQL."""
    return "'" + text.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A name as it stands in SQL."""
    return '"' + name.replace('"', '""') + '"'


def told(error: Exception) -> str:
    """What DuckDB says, in one line."""
    if isinstance(error, duckdb.InterruptException):
        return "the question took too long: ask for less, or give it more time"
    if isinstance(error, duckdb.OutOfMemoryException):
        return f"the question needs more than {MEMORY} of memory and {SPILL} of disk: ask for less at a time"
    return " ".join(str(error).partition("\nLINE ")[0].split())[:300]


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what DuckDB says while it writes a file into one line."""
    try:
        yield
    except duckdb.Error as error:
        message = told(error)
        raise StoreError(no_room(path) if any(words in message.lower() for words in _ROOM) else f"{path}: {message}") from None


@contextmanager
def limited(connection: Connection, seconds: float) -> Iterator[None]:
    """Stop what runs on the connection once the time is over."""
    timer = Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # it holds the connection, which must not outlive the process's last words


def refuse_all_but_questions(connection: Connection, query: str) -> None:
    """Raise unless the query is one SELECT that calls no function on files or on the process.

    Raises:
        StoreError: it is something else; the message says what.

    """
    try:
        found = connection.execute("SELECT json_serialize_sql(?)", [query]).fetchone()
        tree = json.loads(found[0]) if found else {}
    except (duckdb.Error, ValueError, RecursionError, UnicodeError):
        raise StoreError("this is no SQL that can be read") from None
    if tree.get("error") or len(tree.get("statements", ())) != 1:
        message = " ".join(str(tree.get("error_message", "")).split())
        if "Only SELECT" in message or not message:
            raise StoreError("a store answers one SELECT at a time; nothing in it can be changed by SQL")
        raise StoreError(f"the SQL cannot be read: {message[:300]}")
    for kind, name in _reached(tree):
        if kind == "TABLE_FUNCTION" and name.lower() not in FUNCTIONS:
            raise StoreError(f"{name[:60]}() is not for questions to a store: they read its tables and nothing else")
        if kind == "BASE_TABLE" and not set(name).isdisjoint("./\\:"):
            raise StoreError(f"{name[:60]!r} is no table of the store: questions read its tables and nothing else")


def _reached(tree: Any) -> Iterator[tuple[str, str]]:
    """Kind and name of every table and table function in a parsed question."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if node.get("type") == "BASE_TABLE":
                yield "BASE_TABLE", str(node.get("table_name", ""))
            elif node.get("type") == "TABLE_FUNCTION":
                function = node.get("function")
                yield "TABLE_FUNCTION", str(function.get("function_name", "")) if isinstance(function, dict) else ""
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def check_installed() -> None:
    """Raise a `StoreError` that says what to install if DuckDB is missing."""
    if not INSTALLED:
        raise StoreError("a store needs DuckDB: pip install 'sayso[corpus]'")
