"""Articles that were pasted, uploaded or fetched here: held in memory, the oldest go first when there is no more room.

Always true here: nothing on the shelf is ever written to a disk; there is always room for the newest article.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from sayso.reading import Reading

MOST = 500  # articles
MOST_CHARACTERS = 10_000_000  # of their texts together


class Shelf:
    """Readings by the id of their article; threads may share it."""

    def __init__(self, most: int = MOST, characters: int = MOST_CHARACTERS) -> None:
        self._most, self._characters = most, characters
        self._held: OrderedDict[str, Reading] = OrderedDict()
        self._turn = Lock()

    def put(self, readings: Iterable[Reading]) -> None:
        """Add readings; one of an article that is there already takes its place."""
        with self._turn:
            for reading in readings:
                self._held.pop(reading.document.id, None)
                self._held[reading.document.id] = reading
            while len(self._held) > 1 and (len(self._held) > self._most or self._size() > self._characters):
                self._held.popitem(last=False)

    def get(self, article: str) -> Reading | None:
        """The reading of an article, if it is (still) there."""
        with self._turn:
            return self._held.get(article)

    def newest(self, number: int | None = None) -> tuple[Reading, ...]:
        """All of them, or so many; the newest first."""
        with self._turn:
            return tuple(reversed(self._held.values()))[:number]

    def __len__(self) -> int:
        with self._turn:
            return len(self._held)

    def _size(self) -> int:
        return sum(len(reading.document.text) for reading in self._held.values())
