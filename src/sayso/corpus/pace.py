"""How far a job is, how fast it goes, and how long it may still take.

Always true here: the rate is of articles that were read just now, not of those that were known; where the number of inputs is not known
yet, no time left is claimed.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

WINDOW = 120.0  # seconds that the rate is taken over


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a job stands.

    Attributes:
        read: articles that were read.
        rejected: inputs that were not.
        already: articles that were in the store before, or came twice.
        stored: articles of this job that stand in the store.
        total: inputs in all; None while they are being counted.
        rate: articles read in a second, over the last two minutes; 0 at first.
        left: seconds that are left at this rate; None if it cannot be told.
        seconds: since the start.
        busy: share of the workers' time that they read, in [0, 1].

    """

    read: int = 0
    rejected: int = 0
    already: int = 0
    stored: int = 0
    total: int | None = None
    rate: float = 0.0
    left: float | None = None
    seconds: float = 0.0
    busy: float = 0.0

    @property
    def done(self) -> int:
        """Inputs that are dealt with."""
        return self.read + self.rejected + self.already


class Pace:
    """Keeps the books of one job."""

    def __init__(self, workers: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._workers = workers
        self._clock = clock
        self._began = self._first = clock()
        self._recent: deque[tuple[float, int]] = deque([(self._began, 0)])
        self._read = self._rejected = self._already = self._stored = 0
        self._reading = 0.0
        self.total: int | None = None

    def count(self, read: int, rejected: int, already: int, seconds: float) -> None:
        """A chunk was dealt with; a worker read for so many seconds."""
        now = self._clock()
        if not self._reading and seconds:  # until the first worker is ready nobody can be busy
            self._first = now - seconds
        self._read, self._rejected, self._already = self._read + read, self._rejected + rejected, self._already + already
        self._reading += seconds
        if read or rejected:
            self._recent.append((now, self._read + self._rejected))
            while len(self._recent) > 2 and now - self._recent[1][0] > WINDOW:
                self._recent.popleft()

    def store(self, articles: int) -> None:
        """So many articles came into the store."""
        self._stored += articles

    def now(self) -> Progress:
        """Where the job stands."""
        now = self._clock()
        (since, before), (until, after) = self._recent[0], self._recent[-1]
        rate = (after - before) / (until - since) if until > since else 0.0
        done = self._read + self._rejected + self._already
        left = (self.total - done) / rate if self.total is not None and rate else None
        busy = self._reading / (self._workers * (now - self._first)) if now > self._first else 0.0
        return Progress(self._read, self._rejected, self._already, self._stored, self.total, rate, left, now - self._began, min(1.0, busy))
