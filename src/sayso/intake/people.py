"""Names of authors out of the many ways in which files list them: lists, objects, one line with commas, “By A and B”.

Always true here: a name is never cut in two. “Okafor, Ines” and “Health and Science Desk” stay whole: a comma or an “and” divides only if
what stands on both sides could be a full name.
"""

from __future__ import annotations

import json
import re
from typing import Any

from sayso.intake.source import LONGEST, one_line

MOST = 50  # authors

_BY = re.compile(r"^(?:by|von|par|por)\s+(?=\S)", re.IGNORECASE)
_HARD = re.compile(r"\s*[;|\n]\s*")
_SOFT = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|esq)\.?$", re.IGNORECASE)
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def names(value: Any) -> tuple[str, ...]:
    """The names in a value, in order, each once.

    Args:
        value: text, a list, an object with a `name`, or anything else (which holds none).

    """
    found: dict[str, None] = {}
    for item in (value if isinstance(value, list | tuple) else [value])[:MOST]:
        if isinstance(item, dict):
            item = item.get("name")
        for name in _split(item) if isinstance(item, str) else ():
            found.setdefault(name)
    return tuple(found)[:MOST]


def _split(text: str) -> list[str]:
    text = text[: 4 * LONGEST].strip()
    if text.startswith("[") and text.endswith("]"):  # a list that somebody wrote into a cell, as JSON or as Python shows it
        try:
            inner = json.loads(text)
        except (ValueError, RecursionError):
            inner = [single or double for single, double in _QUOTED.findall(text)]
        return [name for item in inner if isinstance(item, str) for name in _split(item.strip("[]"))]
    parts: list[str] = []
    for part in _HARD.split(text):
        line = _BY.sub("", one_line(part))
        pieces = [piece for piece in _SOFT.split(line) if piece]
        apart = len(pieces) > 1 and all(" " in piece or _SUFFIX.match(piece) for piece in pieces)
        parts += _joined(pieces) if apart else [line]
    return [part for part in parts if any(map(str.isalpha, part)) and not re.match(r"https?://", part)]


def _joined(pieces: list[str]) -> list[str]:
    """The pieces, with “Jr.” put back to the name before it."""
    found: list[str] = []
    for piece in pieces:
        if found and _SUFFIX.match(piece):
            found[-1] += f", {piece}"
        else:
            found.append(piece)
    return found
