"""A batch on its way into a store: written aside as one shard, then named with the lock held.

Always true here: all of a batch comes in or nothing; what is in the store already, also what another writer put there while this
batch was being written, is left out; a rejection is kept once for each origin, stage and reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sayso.reading import Generator, Reading, Rejection
from sayso.store import rows
from sayso.store.contents import Contents, Refused
from sayso.store.disk import speaking, sweep
from sayso.store.editions import check_counts, refuse_other
from sayso.store.layout import Edition, Places
from sayso.store.lock import locked
from sayso.store.shards import commit, write_shard


@dataclass(frozen=True, slots=True)
class Added:
    """How many articles came in, and how many were there already."""

    new: int
    already: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles by id as lines of JSON, rejections without repeats, and how many readings were given."""

    articles: dict[str, str]
    refused: dict[Refused, None]
    given: int


def batch(root: Path, generator: Generator, readings: Iterable[Reading], rejections: Iterable[Rejection]) -> Batch:
    """Readings and rejections, ready to be written.

    Raises:
        StoreError: a reading is by another generator than the store at `root`.

    """
    given = 0
    articles: dict[str, str] = {}
    for reading in readings:
        given += 1
        refuse_other(root, generator, reading.generator)
        articles.setdefault(rows.clean(reading.document.id), rows.article(reading))
    refused = {(rows.clean(each.origin), rows.clean(each.stage), rows.clean(each.reason)): None for each in rejections}
    return Batch(articles, refused, given)


def bring_in(given: Batch, contents: Contents, edition: Edition, places: Places, desk: Path) -> Added:
    """Put a batch into a store.

    Args:
        given: the batch.
        contents: what is in the store.
        edition: the generation that it goes into.
        places: where that is.
        desk: the writer's own folder.

    Raises:
        StoreError: the disk is full, or the generation is no more; nothing has come in then.

    """
    written = _fresh(given, contents)
    made = write_shard(desk, *written) if any(written) else None
    with speaking(places.root), locked(places.lock):
        check_counts(places.root, edition)
        fresh = _fresh(given, contents)
        if made is not None and fresh != written:
            sweep(made)
            made = write_shard(desk, *fresh) if any(fresh) else None
        if made is not None:
            commit(made, places.shards)
    return Added(len(fresh[0]), given.given - len(fresh[0]))


def _fresh(given: Batch, contents: Contents) -> tuple[list[str], list[str]]:
    """The lines that are not in the store, articles in the order of their ids."""
    contents.refresh()
    if given.refused:
        contents.refresh_rejects()
    return (
        [given.articles[id_] for id_ in sorted(given.articles) if id_ not in contents.shard_of],
        [rows.rejection(Rejection(*each)) for each in given.refused if each not in contents.rejects],
    )
