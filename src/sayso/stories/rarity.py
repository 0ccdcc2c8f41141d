"""How rare a word is in news at large: a table of document frequencies that ships, so that one article weighs its words without a corpus.

Always true here: words are stems in lower case; the rarity of a word is log2(N / df), the inverse document frequency of Spärck Jones (1972)
in bits, rounded to half a bit; a word that the table does not hold is as rare as the rarest in it, plus one bit. The table is counts, not
text: `training.rarity` counted it (`data/en_rarity.txt`, one line for each half bit, words parted by blanks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from sayso.measures.gist import stem

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_](?:[\w’'‑-]*\w)?")


@cache
def table(code: str = "en") -> Mapping[str, float]:
    """Rarity in bits of each stem of the table."""
    found: dict[str, float] = {}
    for line in files("sayso").joinpath("data", f"{code}_rarity.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            bits, *words = line.split(" ")
            found.update(dict.fromkeys(words, float(bits)))
    return found


@cache
def rarest(code: str = "en") -> float:
    """Rarity in bits of a word that the table does not hold."""
    return max(table(code).values()) + 1.0


def rarity(term: str, code: str = "en") -> float:
    """Rarity of a stem, in bits, at least 0."""
    known = table(code).get(term)
    return rarest(code) if known is None else known


def stems(text: str) -> Iterator[tuple[str, str, int]]:
    """Every word of a text: its stem, the word as it stands, where it begins. Numbers keep their digits and lose their commas."""
    for match in _WORD.finditer(text):
        word = match.group()
        term = _term(word)
        if term:
            yield term, word, match.start()


@lru_cache(maxsize=1 << 17)
def _term(word: str) -> str:
    """The stem of a word as it stands; empty for a single letter."""
    term = word.replace(",", "") if word[0].isdigit() else stem(word.lower().replace("’", "'"))
    return term if len(term) > 1 or term.isdigit() else ""
