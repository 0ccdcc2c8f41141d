"""Ids of the articles that need no reading, eight bytes each: a hundred million of them fit into a gigabyte.

Always true here: an id that was added is found; two ids are taken for one only if their digests agree in 64 bits, which is all that an
article's id has.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable

RECENT = 50_000  # ids kept in a set before they are sorted in
_DIGEST = re.compile(r"[0-9a-f]{16}")


class Known:
    """A set of ids that only grows; it can be sent to another process."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._sorted = array("Q", sorted({_number(id_) for id_ in ids}))
        self._recent: set[int] = set()

    def __contains__(self, id_: str) -> bool:
        number = _number(id_)
        if number in self._recent:
            return True
        at = bisect_left(self._sorted, number)
        return at < len(self._sorted) and self._sorted[at] == number

    def __len__(self) -> int:
        return len(self._sorted) + len(self._recent)

    def add(self, id_: str) -> bool:
        """Add an id; whether it is new."""
        if id_ in self:
            return False
        self._recent.add(_number(id_))
        if len(self._recent) >= max(RECENT, len(self._sorted) // 8):  # rarely enough that sorting in costs next to nothing
            self._sorted.extend(sorted(self._recent))
            self._sorted = array("Q", sorted(self._sorted))
            self._recent = set()
        return True


def _number(id_: str) -> int:
    digest = id_ if _DIGEST.fullmatch(id_) else hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return int(digest, 16)
