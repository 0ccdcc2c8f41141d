"""The shape of a name: capitals, the small words inside it, the possessive at its end.

Always true here: nothing is looked up; the words alone decide.
"""

from __future__ import annotations

import re

_JOINTS = r"bin|ibn|al|el|de|del|da|di|la|van|von|der|den|ben|dos|du|le"
JOINTS = frozenset(_JOINTS.split("|"))  # words in lower case inside a name
NAME = re.compile(rf"[^\W\d_a-z][\w’'\-]*(?:[ \t]*\r?\n?[ \t]*(?:[A-Z]\.|[^\W\d_a-z][\w’'\-]+|(?:{_JOINTS})\b))+")
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


def capital(word: str) -> bool:
    """Whether a word begins with a capital letter, maybe after a quotation mark."""
    return word[:1].isupper() or (word[:1] in "‘'’\"“" and word[1:2].isupper())
