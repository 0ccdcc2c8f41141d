"""Corrections for as long as the server runs, where there is no store to keep them in; asked like `corrections.log.Log`."""

from __future__ import annotations

from threading import Lock
from typing import Protocol

from sayso.corrections.correction import Correction


class Corrections(Protocol):
    """Where corrections are kept: a file (`corrections.log.Log`), or memory."""

    def add(self, *corrections: Correction) -> int:
        """Keep these, and return how many were not kept yet."""

    def all(self) -> tuple[Correction, ...]:
        """Every one, in the order in which they came."""

    def of(self, article: str) -> tuple[Correction, ...]:
        """Those of one article."""

    def get(self, correction_id: str) -> Correction | None:
        """The one with that id."""


class MemoryLog:
    """Corrections in memory; the oldest go when there are too many."""

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._held: dict[str, Correction] = {}
        self._turn = Lock()

    def add(self, *corrections: Correction) -> int:
        """See `Corrections`."""
        with self._turn:
            new = [each for each in corrections if each.id not in self._held]
            self._held.update((each.id, each) for each in new)
            for key in list(self._held)[: max(0, len(self._held) - self._most)]:
                del self._held[key]
        return len(new)

    def all(self) -> tuple[Correction, ...]:
        """See `Corrections`."""
        with self._turn:
            return tuple(self._held.values())

    def of(self, article: str) -> tuple[Correction, ...]:
        """See `Corrections`."""
        return tuple(each for each in self.all() if each.article == article)

    def get(self, correction_id: str) -> Correction | None:
        """See `Corrections`."""
        with self._turn:
            return self._held.get(correction_id)
