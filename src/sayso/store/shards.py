"""Parquet files and shards: written aside, checked, flushed, then given their name in one step.

Always true here: the same rows give the same bytes (with one version of DuckDB); a file is as many rows long as were given; the name
of a shard is the digest of its rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from sayso.errors import StoreError
from sayso.store.disk import flush, move, speaking, sweep
from sayso.store.duck import Connection, literal, writer, writing
from sayso.store.rows import ARTICLES, REJECTS

ROWS = 2048  # in one group of a file: how much is read at once at least
SMALLEST = 16 * 2**20  # bytes of room for one line


def write_parquet(connection: Connection, path: Path, types: Mapping[str, str], lines: Iterable[str]) -> int:
    """Write rows, each a line of JSON, as a Parquet file, flush it, and return how many there are.

    Args:
        connection: one made by `duck.writer`.
        path: where to; a file that is there is lost.
        types: columns and their SQL types.
        lines: one JSON object each, with these keys.

    Raises:
        StoreError: the disk is full, or a value is not of its type.

    """
    raw = path.with_suffix(".jsonl")
    count = longest = 0
    try:
        with speaking(path), raw.open("wb") as file:
            for line in lines:
                longest = max(longest, file.write(line.encode() + b"\n"))
                count += 1
        columns = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in types.items())
        options = f"format = 'newline_delimited', records = true, maximum_object_size = {max(longest + 1, SMALLEST)}"
        source = f"read_json({literal(str(raw))}, {options}, columns = {{{columns}}})"
        with writing(path):
            connection.execute(
                f"COPY (SELECT * FROM {source}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS})"
            )
            found = connection.execute(f"SELECT count(*) FROM read_parquet({literal(str(path))})").fetchone()
        if found != (count,):
            raise StoreError(f"{path}: {count} rows were given and {found} stand in the file")
        with speaking(path):
            flush(path)
    finally:
        sweep(raw)
    return count


def write_shard(aside: Path, articles: Sequence[str], rejects: Sequence[str]) -> Path:
    """Write a shard into a folder of its own under `aside`, flushed, and return that folder; its name is the shard's.

    Raises:
        StoreError: the disk is full, or a value is not of its type; nothing is left behind.

    """
    digest = hashlib.sha256()
    for part in (articles, rejects):
        for line in part:
            digest.update(line.encode() + b"\n")
        digest.update(b"\n")
    made = aside / digest.hexdigest()[:32]
    try:
        with speaking(made):
            sweep(made)
            made.mkdir()
        with closing(writer()) as connection:
            write_parquet(connection, made / "articles.parquet", ARTICLES, articles)
            write_parquet(connection, made / "rejects.parquet", REJECTS, rejects)
        with speaking(made):
            flush(made)
    except BaseException:
        sweep(made)
        raise
    return made


def commit(made: Path, shards: Path) -> None:
    """Give a shard its name among the finished ones; from then on it is in the store. The caller holds the lock."""
    with speaking(made):
        move(made, shards / made.name)
