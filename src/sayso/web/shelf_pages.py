"""The list of the articles that were read here, in memory."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.errors import UsageError
from sayso.render.words import many
from sayso.site.paging import Pages, pages
from sayso.web.desk import Desk
from sayso.web.reading_here import LINKS, Line, line

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """What `read_here.html.jinja` needs."""

    told: str
    rows: tuple[Line, ...]
    pages: Pages


def shelf_page(desk: Desk, number: int) -> ShelfPage:
    """One page of the list, the newest first.

    Raises:
        UsageError: there is no such page.

    """
    held = desk.shelf.newest()
    rows = held[(number - 1) * PER_PAGE : number * PER_PAGE]
    if not rows and number > 1:
        raise UsageError(f"the list has no page {number}: begin with the first one")
    at = LINKS.page("articles")
    return ShelfPage(
        told=f"{many(len(held), 'article')} in memory, the newest first; gone when the server stops.",
        rows=tuple(line(reading) for reading in rows),
        pages=pages(number, -(-len(held) // PER_PAGE), lambda n: f"{at}?here=yes&page={n}"),
    )
