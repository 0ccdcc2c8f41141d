"""What is in one generation already: ids of articles by shard, and rejections; read once from each shard, then kept.

Always true here: only the column of ids is read, of shards not seen before; a shard that was taken away by hand is forgotten.
An id takes about 130 bytes of memory.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.store.asking import Asking
from sayso.store.layout import Places
from sayso.store.views import files

Refused = tuple[str, str, str]
"""Origin, stage and reason of a rejection."""
BATCH = 1000  # shards that are asked at once


class Contents:
    """The articles and rejections of one generation, as far as `refresh` has seen them."""

    def __init__(self, places: Places, asking: Asking) -> None:
        self._places = places
        self._asking = asking
        self._shards: dict[str, str] = {}  # by itself: every id points to one and the same name
        self.shard_of: dict[str, str] = {}
        self._rejects_of: set[str] = set()
        self.rejects: set[Refused] = set()

    def refresh(self) -> None:
        """Take in shards that came in meanwhile."""
        names = self._places.names()
        if self._shards.keys() - names:
            self._shards, self.shard_of, self._rejects_of, self.rejects = {}, {}, set(), set()
        fresh = [name for name in names if name not in self._shards]
        for at in range(0, len(fresh), BATCH):
            paths = (self._places.shards / name / "articles.parquet" for name in fresh[at : at + BATCH])
            found = f"SELECT parse_filename(parse_dirpath(filename)), list(id) FROM {files(paths, filename=True)} GROUP BY 1"
            for name, ids in self._asking.rows(found):
                self.shard_of.update(dict.fromkeys(ids, name))
        self._shards.update((name, name) for name in fresh)

    def refresh_rejects(self) -> None:
        """Take in rejections that came in meanwhile."""
        self.refresh()
        fresh = [name for name in self._shards if name not in self._rejects_of]
        for at in range(0, len(fresh), BATCH):
            paths = (self._places.shards / name / "rejects.parquet" for name in fresh[at : at + BATCH])
            self.rejects.update(self._asking.rows(f"SELECT origin, stage, reason FROM {files(paths)}"))
        self._rejects_of.update(fresh)

    def shards_with(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """The shards that hold these ids, in order, each with those that it holds; unknown ids are passed over."""
        found: dict[str, list[str]] = {}
        for id_ in set(ids):
            if id_ in self.shard_of:
                found.setdefault(self.shard_of[id_], []).append(id_)
        return dict(sorted(found.items()))

    @property
    def shards(self) -> list[str]:
        """The names of the shards seen, in order."""
        return sorted(self._shards)
