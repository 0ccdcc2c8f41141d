"""Locks that the operating system takes back when their holder dies, however it dies.

Always true here: a lock belongs to one open file, so that two holders in one process exclude each other too; letting go is explicit,
so that a child process which inherited the file cannot keep it. On a file system shared by several machines, locks are as good as
that file system's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                continue  # it gives up by itself after ten seconds
            return True

    def _let_go(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(handle: int, wait: bool) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def _let_go(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of this file, which is made if need be; waits for whoever holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        _take(handle, wait=True)
        try:
            yield
        finally:
            _let_go(handle)
    finally:
        os.close(handle)


def claim(path: Path) -> int | None:
    """Take the lock of this file for as long as the process lives or until `release`; None if somebody else holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    if _take(handle, wait=False):
        return handle
    os.close(handle)
    return None


def release(handle: int) -> None:
    """Let go of a lock taken with `claim`."""
    try:
        _let_go(handle)
    finally:
        os.close(handle)
