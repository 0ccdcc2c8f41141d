"""What must survive a loss of power is written here: whole files aside, flushed, then renamed; never changed in place.

Always true here: after any interruption a name stands for its old content or its new one, never for part of it; every error of the
disk ends in a `StoreError` that says what to do.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import StoreError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def speaking(place: Path) -> Iterator[None]:
    """Turn every `OSError` inside into one line about this place.

    Raises:
        StoreError: whatever the disk said.

    """
    try:
        yield
    except OSError as error:
        raise StoreError(no_room(place) if error.errno in FULL else f"{place}: {error.strerror or error}") from None


def no_room(place: Path) -> str:
    """The line for a full disk."""
    return f"{place}: no room left on this disk; what was stored before is whole: free some room and run the same command again"


def flush(path: Path) -> None:
    """Wait until a file, or the list of names in a folder, stands on the disk."""
    if path.is_dir() and os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def folder(path: Path) -> None:
    """Make a folder, with those it stands in, so that its name survives; nothing happens if it is there."""
    if path.is_dir():
        return
    folder(path.parent)
    path.mkdir(exist_ok=True)
    flush(path.parent)


def move(made: Path, place: Path) -> None:
    """Give a finished file or folder, already flushed, its name; a file that has the name is replaced."""
    made.replace(place)
    flush(place.parent)


def replace_text(path: Path, text: str) -> None:
    """Write a small file in one step; two processes at once need a lock around it."""
    aside = path.with_name(f".{path.name}.new")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    move(aside, path)


def sweep(path: Path) -> None:
    """Remove a file or folder if it can be removed; what cannot be is left for the next time."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
