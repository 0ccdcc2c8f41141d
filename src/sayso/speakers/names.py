"""The full names, roles and spelled-out acronyms that one article gives, so that a later surname is known again.

Always true here: what an article gives first, counts; one pass over its text finds all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sayso import language
from sayso.language import Language
from sayso.speakers.standings import standing_of

_JOINTS = r"bin|ibn|al|el|de|del|da|di|la|van|von|der|den|ben|dos|du|le"
JOINTS = frozenset(_JOINTS.split("|"))  # words in lower case inside a name
NAME = re.compile(rf"[^\W\d_a-z][\w’'\-]*(?:[ \t]*\r?\n?[ \t]*(?:[A-Z]\.|[^\W\d_a-z][\w’'\-]+|(?:{_JOINTS})\b))+")
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_ACRONYM = re.compile(r"\(([A-Z][A-Z&.\-]{1,9})\)")


class Names:
    """The full names and spelled-out acronyms that one article gives; built in one pass over its text."""

    def __init__(self, text: str, lexicon: Language) -> None:
        self.full: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        self.acronyms: dict[str, str] = {}
        for match in NAME.finditer(text):
            row = match.group().split()
            parts = _person_parts(row, lexicon)
            if parts and len(parts) < len(row):
                role = " ".join(row[: len(row) - len(parts)])
                if standing_of(language.lower(role), lexicon) != "none":
                    self.roles.setdefault(POSSESSIVE.sub("", parts[-1]), role)
            if 2 <= len(parts) <= 4:
                surname = POSSESSIVE.sub("", parts[-1])
                name = " ".join([*parts[:-1], surname])
                if surname not in self.full:
                    self.full[surname] = name
        for match in _ACRONYM.finditer(text):
            words = text[max(0, match.start() - 90) : match.start()].split()
            letters = match.group(1).replace(".", "").replace("&", "")
            for size in range(2, min(9, len(words)) + 1):
                if "".join(word[0] for word in words[-size:] if word[0].isupper()) == letters and words[-size][0].isupper():
                    self.acronyms.setdefault(match.group(1), " ".join(words[-size:]))
                    break


def _person_parts(parts: Sequence[str], lexicon: Language) -> list[str]:
    """The words after the last title; without sentence openers before."""
    openers = _openers(lexicon)
    start = max((at + 1 for at, part in enumerate(parts) if language.lower(part).strip(".,") in openers), default=0)
    return list(parts[start:])


@lru_cache(maxsize=8)
def _openers(lexicon: Language) -> frozenset[str]:
    """Words that are no part of a name, though they may begin with a capital letter before one."""
    small = lexicon.words["prepositions"] - {"like"}
    return small.union(*(lexicon.words[group] for group in ("titles", "days", "months", "conjunctions", "determiners")))


def capital(word: str) -> bool:
    """Whether a word begins with a capital letter, maybe after a quotation mark."""
    return word[:1].isupper() or (word[:1] in "‘'’\"“" and word[1:2].isupper())
