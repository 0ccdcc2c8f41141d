"""A whole job: inputs to a store, or a store read anew by another reader.

Always true here: articles that the store has are never read again, so that the same call goes on where the last one stopped; whatever
ends a job, what was read until then is put into the store first, as far as the store lets it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sayso.corpus.chunks import SHARD, Inputs, Source, Stored
from sayso.corpus.counting import Counting
from sayso.corpus.known import Known
from sayso.corpus.pace import Pace, Progress
from sayso.corpus.shards import Gathering
from sayso.corpus.work import Recipe, Result
from sayso.errors import StoreError, UsageError
from sayso.store.store import Store

Tell = Callable[[Progress], None]
Notice = Callable[[str], None]


class Engine(Protocol):
    """Whoever has the chunks read: `corpus.pool` on one machine, `corpus.cluster` on many."""

    @property
    def workers(self) -> int:
        """How many read at the same time."""
        ...

    def read(self, source: Source, recipe: Recipe, notice: Notice) -> Generator[Result, None, None]:
        """What becomes of every chunk of a source, in any order."""
        ...


def ingest(
    origins: Sequence[str],
    place: str | Path,
    recipe: Recipe,
    engine: Engine,
    *,
    outlet: str | None = None,
    shard: int = SHARD,
    notice: Notice = lambda _: None,
    tell: Tell | None = None,
) -> Progress:
    """Read everything named into a store; what is in it already is passed over.

    Args:
        origins: folders, files, addresses, `-` for standard input.
        place: folder of the store, made if need be.
        recipe: how to read.
        engine: who reads.
        outlet: who published them, where they do not say so themselves.
        shard: how many inputs share a shard, at most; what was read of an unfinished shard is lost if the process is killed.
        notice: gets lines about how inputs are read.
        tell: is told where the job stands, after every chunk.

    Returns:
        Where the job stood at the end.

    Raises:
        StoreError: the store was read by another reader, is in use, or the disk is full.
        BundleError: the model is missing, truncated or altered.

    """
    if shard < 1:
        raise UsageError(f"a shard holds at least one article: {shard} makes no sense")
    with Store.make(place, recipe.reader().generator) as store:
        source = Inputs(tuple(origins), Known(store.known()), outlet, shard, Path.cwd())
        return _run(source, store, recipe, engine, notice, tell, set())


def reread(
    place: str | Path,
    recipe: Recipe,
    engine: Engine,
    *,
    shard: int = SHARD,
    notice: Notice = lambda _: None,
    tell: Tell | None = None,
) -> Progress:
    """Read all articles of a store anew; until the last one is read, the store stays as it is.

    What was read is kept if the job is interrupted, and the same call goes on.

    Raises:
        StoreError: there is no store, or this reader has read it already.

    """
    left_out: set[str] = set()
    with Store.reread(place, recipe.reader().generator) as store:
        found = _run(Stored(Path(place), Known(store.known()), shard), store, recipe, engine, notice, tell, left_out)
        store.switch(without=left_out)
    return found


def _run(
    source: Inputs | Stored, store: Store, recipe: Recipe, engine: Engine, notice: Notice, tell: Tell | None, left_out: set[str]
) -> Progress:
    pace, gathering = Pace(engine.workers), Gathering(store)
    counting = Counting(source) if tell else None
    results = engine.read(source, recipe, notice)
    try:
        for result in results:
            left_out.update(result.left_out)
            pace.count(len(result.articles), len(result.rejections), result.chunk.already, result.seconds)
            if added := gathering.take(result):
                pace.store(added.new)
            if counting and tell:
                pace.total = counting.look()
                tell(pace.now())
    except BaseException:
        results.close()
        with suppress(StoreError):  # the first fault is the one to be told
            for added in gathering.rest():
                pace.store(added.new)
        if tell:
            tell(pace.now())
        raise
    finally:
        if counting:
            counting.stop()
    for added in gathering.rest():
        pace.store(added.new)
    return pace.now()
