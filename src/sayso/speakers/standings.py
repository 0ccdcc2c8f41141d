"""What a title or a role says about a speaker: standing and gender.

Always true here: only the words of the mention count, looked up in the language's data; nothing is guessed from a name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sayso import language
from sayso.language import Language

_STANDINGS = (
    ("spokesperson", "spokespersons"),
    ("journalist", "journalists"),
    ("politician", "political_titles"),
    ("official", "official_roles"),
    ("expert", "experts"),
    ("business", "business_roles"),
    ("advocate", "advocates"),
    ("witness", "witnesses"),
    ("citizen", "citizens"),
)


def standing_of(low: str, lexicon: Language) -> str:
    """The standing that words in lower case name; `none` if they name none."""
    row = re.findall(r"[\w'\-]+", low)
    bag = set(row)
    line = f" {' '.join(row)} "
    for standing, group in _STANDINGS:
        if bag & lexicon.words[group] or any(f" {phrase} " in line for phrase in lexicon.phrases[group]):
            return standing
    if "minister" in bag:
        return "politician"
    return "none"


@lru_cache(maxsize=8)
def role_words(lexicon: Language) -> frozenset[str]:
    """All words that name a role or go before a name."""
    words = lexicon.words
    return words["titles"].union(
        *(
            words[group]
            for group in ("spokespersons", "official_roles", "experts", "journalists", "advocates", "business_roles", "citizens")
        )
    )


def title_gender(words: str) -> str:
    """`m` or `f` where a title or a role tells, else empty."""
    low = language.lower(words)
    if re.search(r"\b(?:mr|king|prince|spokesman|congressman|sir|chairman|businessman|father|husband|son|brother|man)\b", low):
        return "m"
    if re.search(
        r"\b(?:mrs|ms|miss|queen|princess|spokeswoman|congresswoman|chairwoman|businesswoman|mother|wife|daughter|sister|woman)\b", low
    ):
        return "f"
    return ""
