"""Which news agency an article says that its text is from: `(Reuters) -`, `— The Associated Press`, a by-line, the outlet itself.

Always true here: agencies are data (`data/en_wires.toml`); only what stands where an agency's copy is marked counts, that is the dateline
at the beginning, the last line, the authors and the outlet; "The Associated Press contributed to this report" is not wire copy, and
neither is an agency that the article cites.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from sayso.document import Document

_PLACE = r"(?:[A-Z][\w.'’-]*|\d{1,4}|of|the|and|de|la|&|/)"
OPENING, ENDING = 300, 200  # characters in which a mark is looked for
MOST = 4  # names of a by-line; a longer list is everybody whom a page names


@cache
def agencies(code: str = "en") -> Mapping[str, tuple[str, ...]]:
    """Each agency with the forms that its name is marked with, the name itself first."""
    data = tomllib.loads(files("sayso").joinpath("data", f"{code}_wires.toml").read_text(encoding="utf-8"))
    return {row["name"]: (row["name"], *row.get("forms", ())) for row in data["agencies"]}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    rows = []
    for name, forms in agencies().items():
        any_of = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
        rows.append(
            (
                name,
                # "LISBON, June 3 (Reuters) - …", "Lisbon (AP) — …": capitals and days only before it
                re.compile(rf"(?:^|\n)\W*(?:{_PLACE}[,.]?\s+){{0,9}}\((?:{any_of})\)\s*(?:[-–—:]|\n)"),
                # a last line that holds the name alone, maybe after a dash, "By" or "Source:"
                re.compile(rf"(?:^|\n)\W*(?:(?:By|Source|Via|©|Copyright)\W+)?(?:the\s+)?(?:{any_of})\W*\s*$", re.IGNORECASE),
                re.compile(rf"(?:©|Copyright)[\s\d©,]*(?:the\s+)?(?:{any_of})\b", re.IGNORECASE),
                re.compile(rf"\s*(?:by\s+)?(?:the\s+)?(?:{any_of})\s*", re.IGNORECASE),
            )
        )
    return tuple(rows)


def wire(document: Document) -> str | None:
    """The agency that the text is marked as being from; None if there is no mark."""
    opening = document.text[:OPENING].lstrip()
    ending = document.text[-ENDING:].rstrip()
    for name, dateline, last, owner, whole in _patterns():
        fields = (document.outlet or "", *document.authors)
        if dateline.search(opening) or last.search(ending) or owner.search(ending) or any(whole.fullmatch(field) for field in fields):
            return name
        by = re.split(r"\s*[,/|]\s*|\s+[-–]\s+", " , ".join(document.authors))
        if len(by) <= MOST and any(whole.fullmatch(part) for part in by if part):
            return name
    return None
