"""The figures that pages of outlets and sources rest on, counted in the background when the store has newer articles.

Always true here: pages can be read meanwhile, and say that figures are being counted; a count that is broken off leaves the store as it was
or without figures, never with half of them.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread

from sayso.errors import SaysoError
from sayso.site.kept import current, keep
from sayso.site.listing import bring_up_to_date
from sayso.store.store import Store
from sayso.stories.versions import bring_up_to_date as look_for_versions


class Figures:
    """Counts what is not current.

    Args:
        store: that the figures are of.
        told: is told of faults, one line each.

    """

    def __init__(self, store: Store, told: Callable[[str], None]) -> None:
        self._store, self._told = store, told
        self._turn, self._ended = Lock(), Event()
        self._again, self._thread = False, Thread()
        self._notice = ""

    @property
    def notice(self) -> str:
        """How far the count is, for the pages; empty when there is nothing to be counted."""
        return self._notice

    def count(self) -> None:
        """Begin to count in the background, or once more when the present count is done."""
        with self._turn:
            if self._thread.is_alive():
                self._again = True
                return
            self._thread = Thread(target=self._work, name="sayso-figures", daemon=True)
            self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """Break the count off."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _work(self) -> None:
        while not self._ended.is_set():
            try:
                bring_up_to_date(self._store)
                look_for_versions(self._store)
                if not current(self._store):
                    self._notice = "The figures of outlets and sources are being counted."
                    keep(self._store, self._progress)
                self._notice = ""
            except _Stopped:
                return
            except SaysoError as error:
                self._told(str(error))
                self._notice = f"The figures of outlets and sources cannot be counted: {error}"
            except Exception as error:
                self._told(f"a fault of ours while counting figures ({type(error).__name__}: {error}): please report it")
                self._notice = "The figures of outlets and sources could not be counted, by a fault of ours."
            with self._turn:
                if not self._again:
                    return
                self._again = False

    def _progress(self, what: str, done: int, total: int) -> None:
        if self._ended.is_set():
            raise _Stopped
        far = f": {what}, {done:,} of {total:,}" if total else f": {what}"
        self._notice = f"The figures of outlets and sources are being counted{far}."


class _Stopped(Exception):
    """The server ends."""
