"""A table as words, before it is known where it is shown: caption, columns, rows, and a note below it.

Always true here: every cell is a text; rows that are too thin to rest anything on are marked, not left out.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        caption: what it shows.
        columns: their names; one that begins with `>` is aligned to the right (the sign is not shown).
        rows: one text for each column.
        dim: places of the rows that are shown in gray.
        note: what has to be said of it; may be empty.
        spare: columns that are left out where there is little room.

    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    dim: frozenset[int] = frozenset()
    note: str = ""
    spare: frozenset[str] = frozenset()


def counted(what: str, shown: int, of: int) -> str:
    """A caption that says how many rows there are, and how many of them are shown if not all."""
    return f"{what} ({of:,})" if shown == of else f"{what} ({shown:,} of {of:,})"
