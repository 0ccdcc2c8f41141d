"""Values as cells of a sheet: nothing of an article is run as a formula, and every value has one spelling.

Always true here: a text that a spreadsheet would run (it begins with `=`, `+`, `-`, `@`, their full-width twins, a tab or a line break,
maybe after blanks) gets an apostrophe before it; nothing else is changed. Whole numbers, decimals and truth values are never touched.
"""

from __future__ import annotations

import json
import re

_RUN = re.compile(r"[ \u00a0]*[=+\-@＝＋－＠\t\r\n]")


def neutral(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would run it."""
    return f"'{text}" if _RUN.match(text) else text


def spelled(value: object) -> str:
    """A value as text: nothing for None, `true` and `false`, lists as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return str(value)


def cell(value: object) -> str:
    """A value as a cell of a table for people: spelled, and neutral if it is a text."""
    return neutral(value) if isinstance(value, str) else spelled(value)
