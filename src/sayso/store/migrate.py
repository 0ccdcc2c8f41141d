"""From an older layout to this one, shard by shard into a new generation; the old one counts until the new one is whole.

Always true here: an interrupted migration goes on where it stopped; the files of the old layout are never changed; a step that does
not arrive at the columns of this layout is refused.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import StoreError
from sayso.store.asking import check_file
from sayso.store.disk import flush, folder, move, speaking, sweep
from sayso.store.duck import Connection, literal, writer, writing
from sayso.store.editions import finish, following, manifest_of
from sayso.store.layout import LAYOUT, Places
from sayso.store.lock import locked
from sayso.store.rows import ARTICLES, REJECTS
from sayso.store.shards import ROWS, commit
from sayso.store.views import files


@dataclass(frozen=True, slots=True)
class Step:
    """One layout to the next: a SELECT for each file of a shard, in which `old` stands for the file as it was."""

    articles: str = "SELECT * FROM old"
    rejects: str = "SELECT * FROM old"


STEPS: dict[int, Step] = {}
"""The step from each layout to the one after it; layout 1 is the first that was released."""


def migrate(root: Path, steps: Mapping[int, Step] = STEPS) -> None:
    """Bring the store to this layout; nothing happens if it is there.

    Raises:
        StoreError: there is no step from its layout, a shard is damaged, or the disk is full; the store is as it was.

    """
    if manifest_of(root).current.layout == LAYOUT:
        return
    with speaking(root), locked(Places(root, 0).lock):
        manifest = manifest_of(root)
        if manifest.current.layout == LAYOUT:
            return
        chain = [steps.get(layout) for layout in range(manifest.current.layout, LAYOUT)]
        made = [step for step in chain if step is not None]
        if len(made) != len(chain):
            raise StoreError(f"{root} has layout {manifest.current.layout}, which this version cannot bring up to date: ingest anew")
        old = Places(root, manifest.current.number)
        new = Places(root, following(root, manifest, manifest.current.generator).number)
        for name in old.names():
            if not (new.shards / name).exists():
                _shard(old.shards / name, new, made)
        for _, path in old.tables():
            copy = new.aside / path.name
            shutil.copyfile(path, copy)
            flush(copy)
            move(copy, new.derived / path.name)
        finish(root)


def _shard(old: Path, new: Places, steps: list[Step]) -> None:
    made = new.aside / old.name
    sweep(made)
    folder(made)
    connection = writer()
    try:
        _file(connection, old / "articles.parquet", made / "articles.parquet", [step.articles for step in steps])
        check_file(connection, made / "articles.parquet", ARTICLES)
        _file(connection, old / "rejects.parquet", made / "rejects.parquet", [step.rejects for step in steps])
        check_file(connection, made / "rejects.parquet", REJECTS)
    finally:
        connection.close()
    flush(made)
    commit(made, new.shards)


def _file(connection: Connection, old: Path, new: Path, selects: list[str]) -> None:
    source = f"SELECT * FROM {files([old])}"
    for select in selects:
        source = f"WITH old AS ({source}) {select}"
    with writing(new):
        connection.execute(f"COPY ({source}) TO {literal(str(new))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS})")
    flush(new)
