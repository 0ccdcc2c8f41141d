"""Results of chunks gathered into shards: a shard goes into the store when all its chunks are there, and stays whole or out.

Always true here: which articles share a shard depends on the inputs only, so that whoever reads them, in whatever order, the store gets
the same shards; what is held is the shards that workers are at, never more.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.corpus.work import Result
from sayso.store.adding import Added
from sayso.store.store import Store


class Gathering:
    """Collects results and puts finished shards into a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open: dict[int, dict[int, Result]] = {}

    def take(self, result: Result) -> Added | None:
        """Take the result of a chunk; what came into the store, if that made a shard whole."""
        shard = self._open.setdefault(result.chunk.shard, {})
        shard[result.chunk.place] = result
        last = next((each.chunk.place for each in shard.values() if each.chunk.last), None)
        return None if last is None or len(shard) <= last else self._put(result.chunk.shard)

    def rest(self) -> Iterator[Added]:
        """Put what is there of unfinished shards into the store: after an interruption, nothing that was read is lost."""
        for shard in sorted(self._open):
            yield self._put(shard)

    def _put(self, number: int) -> Added:
        """Only what stands in the store is let go of, so that a second try finds it."""
        shard = self._open[number]
        results = [shard[place] for place in sorted(shard)]
        articles = {id_: row for result in results for id_, row in result.articles}
        added = self._store.add_rows(articles, [refused for result in results for refused in result.rejections])
        del self._open[number]
        return added
