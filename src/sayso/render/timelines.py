"""A timeline in plain words: articles in order, how many a day, and who had what first.

Always true here: what the times do not tell is said so; names and titles are safe to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sayso.export.timeline import Entry, First, Timeline
from sayso.reading import Reading
from sayso.render.grids import Grid, counted
from sayso.render.safe import one_line
from sayso.render.words import rows

LONGEST = 90  # characters of a statement
ZONES = "Times are in UTC; ~ marks a time whose zone is not given, a day alone may be any hour of it anywhere."
APART = "These have no date that can be read, so they are not put in order."
FIRSTS = "“First” is by time of publication; where several are named, the times do not tell which of them was first."


def grids(found: Timeline, most: int = 40, said: Mapping[str, Reading] | None = None) -> Iterator[Grid]:
    """The timeline as tables.

    Args:
        found: the timeline.
        most: rows of each table at most.
        said: readings of its articles by id, if their statements are to be shown.

    """
    what = "Articles in order of time" if found.story is None else f"Story {one_line(found.story)} in order of time"
    if found.dated:
        yield _entries(what, found.dated, most, said or {}, ZONES)
    if found.undated:
        yield _entries("Without a date", found.undated, most, said or {}, APART)
    if found.days:
        shown = found.days[:most]
        cells = tuple((day.day, one_line(day.outlet), f"{day.articles:,}", f"{day.attributions:,}") for day in shown)
        yield Grid(counted("By day and outlet", len(shown), len(found.days)), ("day", "outlet", ">articles", ">attributions"), cells)
    if found.firsts:
        held = found.firsts[:most]
        columns = ("what", "", ">outlets", "first", "")
        yield Grid(counted("Who had it first", len(held), len(found.firsts)), columns, tuple(map(_first, held)), note=FIRSTS)


def _entries(caption: str, entries: Sequence[Entry], most: int, said: Mapping[str, Reading], note: str) -> Grid:
    shown = entries[:most]
    cells: list[tuple[str, ...]] = []
    for entry in shown:
        when = entry.moment.shown if entry.moment else one_line(entry.published or "")
        cells.append((when, one_line(entry.outlet), one_line(entry.title) or entry.article, f"{entry.attributions:,}"))
        cells += [("", "", f"  {line}", "") for line in _lines(said.get(entry.article))]
    return Grid(counted(caption, len(shown), len(entries)), ("when", "outlet", "article", ">says"), tuple(cells), note=note)


def _lines(reading: Reading | None) -> Iterator[str]:
    if reading is None:
        return
    for attribution, row in zip(reading.attributions, rows(reading), strict=True):
        how = row.cue or row.form
        yield f"{row.who} [{how}]: {_clip(reading.document[attribution.content])}"


def _first(row: First) -> tuple[str, ...]:
    which = ", ".join(map(one_line, row.by))
    return (row.kind, _clip(row.label), f"{row.outlets:,}", which, "" if row.sure else "one of these")


def _clip(text: str) -> str:
    shown = one_line(text)
    return shown if len(shown) <= LONGEST else shown[:LONGEST].rsplit(" ", 1)[0] + " …"
