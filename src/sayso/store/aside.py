"""A writer's own folder for what it has not finished, kept apart from those of dead writers, which are swept.

Always true here: a folder is removed only by its owner or when its owner is dead, which its lock tells; folders are made and swept
while the store's lock is held, so that nobody sweeps one that is just being made.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from weakref import finalize

from sayso.store.disk import folder, speaking, sweep
from sayso.store.layout import Places
from sayso.store.lock import claim, locked, release


class Aside:
    """The folder of one writer, from now until it is closed or its process ends, however it ends.

    Raises:
        StoreError: the disk does not let it be made.

    """

    def __init__(self, places: Places) -> None:
        with speaking(places.root), locked(places.lock):
            sweep_dead(places.aside)
            self.path = places.aside / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
            folder(self.path)
            handle = claim(self.path / "alive")
        self._end = finalize(self, _end, self.path, handle, os.getpid())

    def close(self) -> None:
        """Remove the folder; nothing happens the second time."""
        self._end()


def sweep_dead(aside: Path) -> None:
    """Remove what dead writers left; the caller holds the store's lock."""
    folder(aside)
    for left in aside.iterdir():
        if not left.is_dir():
            sweep(left)
            continue
        handle = claim(left / "alive")
        if handle is not None:
            sweep(left)
            release(handle)


def _end(path: Path, handle: int | None, owner: int) -> None:
    if os.getpid() != owner:  # a child that was forked off: the folder is its parent's
        return
    sweep(path)
    if handle is not None:
        release(handle)
