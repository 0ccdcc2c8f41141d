"""Texts as sets of five-word shingles, and the pairs of texts that may share many of them; the one door to rensa.

Always true here: shingles are of the words alone (case, marks and white space do not count), so a text set anew is the same text; texts
meet if their MinHash (Broder 1997) agrees in at least one of `BANDS` bands, which two texts that share half of their shingles do with a
probability of .87; what is said of a pair in the end is counted over the shingles themselves, never estimated.
"""

from __future__ import annotations

import hashlib
import re

from sayso.errors import UsageError

WORDS = 5  # of a shingle (Broder et al. 1997 used runs of words; five is usual for news)
PERMUTATIONS, BANDS = 128, 32
SEED = 20160208
_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[int]:
    """The shingles of a text, each as a number of 64 bits; a text of fewer than five words is one shingle, none at all has none."""
    words = [match.group().lower() for match in _WORD.finditer(text)]
    runs = (" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))) if words else ()
    return frozenset(_number(run) for run in runs)


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared shingles over all of both, in [0, 1]; 0 if there are none."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared shingles over those of the shorter text, in [0, 1]; 0 if one has none."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


class Meeting:
    """Texts looked up by their MinHash; memory holds the hashes, not the shingles.

    Raises:
        UsageError: the extra with rensa is not installed.

    """

    def __init__(self) -> None:
        try:
            from rensa import RMinHash, RMinHashLSH  # type: ignore[import-untyped]
        except ImportError:
            raise UsageError("finding copies needs one more library: pip install 'sayso[corpus]'") from None
        self._hash, self._keys = RMinHash, list[str]()
        self._index = RMinHashLSH(threshold=0.5, num_perm=PERMUTATIONS, num_bands=BANDS)

    def meet(self, key: str, text: frozenset[int]) -> list[str]:
        """Keys of the earlier texts that one meets, which is put among them; a text without words meets none."""
        if not text:
            return []
        digest = self._hash(num_perm=PERMUTATIONS, seed=SEED)
        digest.update([number.to_bytes(8, "little") for number in sorted(text)])
        found = [self._keys[place] for place in sorted(self._index.query(digest))]
        self._index.insert(len(self._keys), digest)
        self._keys.append(key)
        return found


def _number(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
