"""A matrix of claims on a terminal: a table where there is room for all outlets, a list for each claim where there is not.

Always true here: words of an article come in only as `rich.text.Text` that the screen made fit for its stream; no color says anything that
is not said in words; nothing is left out but contradictions after the first `CLASHES`, which are counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sayso.render.matrix_words import Clash, Lines
from sayso.render.terminal_measures import Pen
from sayso.render.words import many

CLAIM, CELL = 20, 17  # columns of the terminal that a claim, and a cell, ask for at least
CLASHES = 12  # contradictions that are listed


def matrix_blocks(told: Lines, pen: Pen) -> Iterator[Table | Text | Padding]:
    """Everything of a matrix, block after block."""
    yield pen.text(told.caption, "bold")
    if not told.rows:
        yield pen.text("No claim was found that two articles tell.", "")
    elif pen.width >= CLAIM + CELL * len(told.columns):
        yield _table(told, pen)
    else:
        yield from _list(told, pen)
    if told.clashes:
        yield Text()
        yield pen.text("Told otherwise elsewhere", "bold")
        for clash in told.clashes[:CLASHES]:
            yield from _clash(clash, pen)
        left = len(told.clashes) - CLASHES
        if left > 0:
            yield pen.text(f"… {many(left, 'more contradiction')}: --json", "")
    yield Text()
    for line in (*told.counted, told.note):
        yield pen.text(line, "dim")


def _table(told: Lines, pen: Pen) -> Table:
    table = pen.frame()
    table.show_lines = True
    table.add_column(pen.text("claim", ""), ratio=4, overflow="fold")
    for name in told.columns:
        table.add_column(pen.text(name, ""), ratio=3, overflow="fold")
    table.expand = True
    for name, words, cells in told.rows:
        table.add_row(pen.text(f"{name} {words}", ""), *(pen.text(cell.line, "dim" if cell.telling is None else "") for cell in cells))
    return table


def _list(told: Lines, pen: Pen) -> Iterator[Text | Padding]:
    for name, words, cells in told.rows:
        yield Text()
        yield pen.text(f"{name} {words}", "underline")
        for column, cell in zip(told.columns, cells, strict=True):
            yield _inside(pen.text(f"{column}: {cell.line}", "dim" if cell.telling is None else ""), 2)


def _clash(clash: Clash, pen: Pen) -> Iterator[Text | Padding]:
    yield pen.text(clash.what, "underline")
    for heading, quote, _ in clash.sides:
        yield _inside(pen.text(heading, ""), 2)
        yield _inside(pen.text(quote, ""), 4)


def _inside(text: Text, columns: int) -> Padding:
    return Padding(text, (0, 0, 0, columns), expand=False)
