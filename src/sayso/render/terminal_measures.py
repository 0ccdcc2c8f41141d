"""How an article is told, on a terminal: counts by class of voices, stances by holder, passages to read.

Always true here: words of an article come in only as `rich.text.Text` that the screen made fit for its stream; no color is used, so
nothing is lost in a pipe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from sayso.render.places import Hit, in_quotes, repeated
from sayso.render.telling import CANDIDATES, CHOSEN, LOST, OBSERVED, Held, Telling, Told, in_words, per_thousand
from sayso.render.words import many

WORDS = 8  # different words or stretches that a row shows
STANCES = 12
PASSAGES = 3  # of each group
NARROW = 72  # columns from which on rates are shown
WIDE = 90  # columns from which on the attributions of a stance are shown
LONG = 150  # characters of a passage


@dataclass(frozen=True, slots=True)
class Pen:
    """How a screen writes: text made fit for its stream, an empty table, the sign of an attribution's number, its width in columns."""

    text: Callable[[str, str], Text]
    frame: Callable[[], Table]
    number: Callable[[int], str]
    width: int


def blocks(telling: Telling, pen: Pen) -> Iterator[Table | Text]:
    """Everything the measures found, block after block, each with an empty line before it."""
    if telling.voices or telling.headline or telling.selection:
        yield from _heading("How it is told, voice by voice", pen)
        yield pen.text("found (+ candidates) · per 1,000 words of that voice · the words, with the number of their attribution", "dim")
        for voice in telling.voices:
            yield from _voice(voice, pen)
        for hit in telling.headline:
            place = "" if hit.where is None else f" {pen.number(hit.where)}"
            yield pen.text(f"{LOST}: {in_quotes(hit.words, LONG)}{place}{_candidate(hit)}", "")
        if telling.selection:
            yield pen.text(f"{CHOSEN}: {telling.selection}", "")
    if telling.stances:
        yield from _heading("Stance: who speaks how of whom", pen)
        yield _stances(telling.stances[:STANCES], pen)
        yield from _more(telling.stances, STANCES, "row", pen)
    if telling.passages:
        yield from _heading(CANDIDATES, pen)
        for name, passages in telling.passages:
            yield pen.text(name, "underline")
            yield _passages(passages[:PASSAGES], pen)
            yield from _more(passages, PASSAGES, "passage", pen)
    if telling:
        yield Text()
        yield pen.text(OBSERVED, "dim")


def _heading(words: str, pen: Pen) -> Iterator[Text]:
    yield Text()
    yield pen.text(words, "bold")


def _voice(voice: Told, pen: Pen) -> Iterator[Table | Text]:
    if not voice.counts:
        yield pen.text(f"{in_words(voice)}: nothing found", "")
        return
    yield pen.text(in_words(voice), "underline")
    rates = pen.width >= NARROW
    table = _grid()
    table.add_column(width=21)
    table.add_column(width=7, justify="right", no_wrap=True)
    if rates:
        table.add_column(width=16, justify="right", no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for count in voice.counts:
        shown, left = repeated(count.hits, WORDS, pen.number)
        words = " · ".join((*shown, *((f"{left} more",) if left else ())))
        to_read = f"(+{count.tally.candidates})" if count.tally.candidates else ""
        cells = [f"  {count.what}", f"{count.tally.count} {to_read}".rstrip()]
        table.add_row(*(pen.text(cell, "") for cell in (*cells, *((per_thousand(count.tally),) if rates else ()), words)))
    yield table


def _stances(held: Sequence[Held], pen: Pen) -> Table:
    table = pen.frame()
    columns = [("who", 3), ("of whom", 2), ("favorable", 0), ("neutral", 0), ("unfavorable", 0)]
    to_read = any(one.candidates for one in held)
    columns += [("to read", 0)] if to_read else []
    columns += [("in", 1)] if pen.width >= WIDE else []
    for name, ratio in columns:
        table.add_column(pen.text(name, ""), ratio=ratio or None, overflow="fold", justify="left" if ratio else "right")
    table.expand = True
    for one in held:
        places = dict.fromkeys(pen.number(hit.where) for hit in one.hits if hit.where is not None)
        numbers = (one.favorable, one.neutral, one.unfavorable, *((one.candidates,) if to_read else ()))
        row = (
            one.holder,
            f"→ {one.target}",
            *(str(number or "–") for number in numbers),
            *((" ".join(places),) if pen.width >= WIDE else ()),
        )
        table.add_row(*(pen.text(cell, "") for cell in row))
    return table


def _passages(passages: Sequence[Hit], pen: Pen) -> Table:
    table = _grid()
    table.add_column(ratio=2, overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(ratio=3, overflow="fold")
    for hit in passages:
        place = hit.place if hit.where is None else pen.number(hit.where)
        table.add_row(pen.text(f"  ? {hit.note}", ""), pen.text(place, ""), pen.text(in_quotes(hit.words, LONG), ""))
    return table


def _grid() -> Table:
    return Table(box=None, show_header=False, pad_edge=False, padding=(0, 1), expand=True)


def _more(all_of_them: Sequence[object], shown: int, noun: str, pen: Pen) -> Iterator[Text]:
    left = len(all_of_them) - shown
    if left > 0:
        yield pen.text(f"  … {many(left, f'more {noun}')}: --json", "")


def _candidate(hit: Hit) -> str:
    return " (candidate)" if hit.candidate else ""
