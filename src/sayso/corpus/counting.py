"""How many inputs there are in all, counted in a process of its own while the reading goes on, so that the time left can be told.

Always true here: counting yields the processor to the reading; it opens the same inputs in the same way and keeps none of them; what can
be read only once (standard input) or lies elsewhere (addresses) is not counted, and then no total is known.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection

from sayso.corpus.chunks import Inputs, Stored
from sayso.corpus.known import Known

_spawn = get_context("spawn")


class Counting:
    """A count under way; `total` is None until it is done."""

    def __init__(self, source: Inputs | Stored) -> None:
        self.total: int | None = None
        self._pipe, theirs = _spawn.Pipe(duplex=False)
        self._process = _spawn.Process(target=_count, args=(replace(source, known=Known()), theirs), daemon=True, name="sayso counting")
        self._started = not isinstance(source, Inputs) or not any(origin == "-" or "://" in origin for origin in source.origins)
        if self._started:
            self._process.start()
        theirs.close()

    def look(self) -> int | None:
        """The total, if it is known by now."""
        try:
            if self.total is None and self._started and self._pipe.poll():
                self.total = self._pipe.recv()
        except (EOFError, OSError):  # it died: then nobody knows
            self._started = False
        return self.total

    def stop(self) -> None:
        """Give it up, or clear up after it."""
        self._pipe.close()
        if self._process.pid is not None:
            self._process.kill()
            self._process.join()


def _count(source: Inputs | Stored, pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(os, "nice"):
        os.nice(19)
    total = sum(len(chunk.items) + chunk.already for chunk in source.chunks())
    with suppress(OSError):  # whoever asked was killed meanwhile
        pipe.send(total)
