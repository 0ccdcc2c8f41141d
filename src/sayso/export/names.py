"""Who is who over a corpus, by name alone: the same full name and the same kind are one.

Always true here: nothing is guessed beyond the name. Titles, accents, case, possessives and punctuation do not count; initials do
(two presidents differ by one). Two people of one name are one here; one person under two names is two. A person known by one word in
an article (a surname only) is never joined with a fuller name, and may be several people: such a row says so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sayso import language
from sayso.reading import Source

Key = tuple[str, str]
"""Kind, and the folded name."""

_POSSESSIVE = re.compile(r"['’]s?$")
_JOIN = re.compile(r"(?<=\w)['’.](?=\w)")  # O'Neil, U.N.
_WORD = re.compile(r"\w+", re.UNICODE)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})


def key(source: Source) -> Key | None:
    """What two mentions of one source have in common over articles; None for a source that is not named."""
    if not source.named:
        return None
    words = folded(source.name, person=source.kind == "person")
    return (source.kind, words) if words else None


def is_full(found: Key) -> bool:
    """Whether a name tells one from another: a person needs two words of it."""
    return found[0] != "person" or " " in found[1]


@lru_cache(maxsize=65_536)
def folded(name: str, *, person: bool) -> str:
    """A name as it is compared: plain lower-case letters with single blanks, without article, possessive and (for persons) titles."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(mark))
    words = _WORD.findall(_JOIN.sub("", _POSSESSIVE.sub("", plain.strip()).translate(_LETTERS)))
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    if person:
        titles = language.load().words["titles"]
        while len(words) > 1 and words[0] in titles:
            words = words[1:]
    return " ".join(words)
