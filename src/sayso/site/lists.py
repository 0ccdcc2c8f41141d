"""The list of articles, page by page.

Always true here: what is listed comes from derived tables, so that a page comes at once however many articles there are; a list says how
many it has in all; nothing is ordered by a score, only by what the reader chose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sayso.errors import UsageError
from sayso.render.safe import one_line, visible
from sayso.render.words import many, percents
from sayso.site.links import Links
from sayso.site.listing import LISTING, bring_up_to_date
from sayso.site.paging import Pages, pages
from sayso.site.search import ORDERS, PER_PAGE, Listing, condition
from sayso.store.store import Store
from sayso.stories.keeping import STORIES

_BLANKS = re.compile(r"\s+")
AROUND = 70  # characters shown before and after the words that were searched for
_EXCERPTS = """
SELECT id, substr(text, greatest(1, here - $around), least(here - 1, $around)), substr(text, here, $size),
    substr(text, here + $size, $around)
FROM (SELECT id, text, strpos(lower(text), $term) AS here FROM articles WHERE id IN (SELECT unnest($ids))) WHERE here > 0
"""
_COLUMNS = """l.article, l.outlet, CAST(l.day AS VARCHAR), l.title, l.language, l.words, l.own, l.reported, l.quoted, l.attributions,
    l.nameless, l.uncertain, l.total, z.story, z.n, z.outlets"""
_OF_STORY = "SELECT article, story FROM stories"
_SIZE = f"""SELECT s.story, count(*) AS n, count(DISTINCT nullif(l.outlet, '')) AS outlets
    FROM stories s JOIN {LISTING} l ON l.article = s.article GROUP BY s.story"""
_NO_STORY = "SELECT NULL AS article, NULL AS story, 0 AS n, 0 AS outlets WHERE false"


@dataclass(frozen=True, slots=True)
class Bar:
    """Whose words an article is made of, in whole per cent, and where the parts of the bar begin."""

    own: int
    reported: int
    quoted: int

    @property
    def parts(self) -> tuple[tuple[str, int, int], ...]:
        """Name, beginning and width of each part, from 0 to 100."""
        return (("own", 0, self.own), ("reported", self.own, self.reported), ("quoted", self.own + self.reported, self.quoted))


@dataclass(frozen=True, slots=True)
class Listed:
    """One article in the list; `story` and `of_story` are an address and words, both empty where it stands alone."""

    address: str
    title: str
    outlet: str
    outlet_address: str
    day: str
    language: str
    words: int
    bar: Bar
    attributions: int
    nameless: int
    uncertain: int
    story: str
    of_story: str
    excerpt: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: an address that leads there, words, how many there are (0 if that is not said), and whether it is chosen."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """What `articles.html.jinja` needs."""

    title: str
    told: str
    rows: tuple[Listed, ...]
    pages: Pages
    asked: Listing
    outlets: tuple[Choice, ...]
    by_outlet: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    everything: str
    action: str


def articles_page(store: Store, asked: Listing, links: Links) -> ArticlesPage:
    """One page of the list of articles.

    Args:
        store: whose table `listing` is brought up to date first.
        asked: the view; in a folder of files only its outlet and page.
        links: as seen from this page.

    Raises:
        UsageError: the view has no such page.

    """
    bring_up_to_date(store)
    stories = store.has(STORIES)
    names = store.sql(f"SELECT outlet, count(*) FROM {LISTING} WHERE outlet <> '' GROUP BY outlet ORDER BY lower(outlet), outlet").rows
    where, given = condition(asked, [name for name, _ in names], stories=stories)
    order = ORDERS[asked.order][1]
    window = f"LIMIT {PER_PAGE} OFFSET {(asked.page - 1) * PER_PAGE}"
    inner = f"SELECT l.*, count(*) OVER () AS total FROM {LISTING} l WHERE {where} ORDER BY {order} {window}"
    of, size = (_OF_STORY, _SIZE) if stories else (_NO_STORY, _NO_STORY)
    found = store.sql(
        f"SELECT {_COLUMNS} FROM ({inner}) l LEFT JOIN ({of}) o ON o.article = l.article "
        f"LEFT JOIN ({size}) z ON z.story = o.story ORDER BY {order}",
        given,
    ).rows
    if not found and asked.page > 1:
        raise UsageError(f"the list has no page {asked.page}: begin with the first one")
    total = int(found[0][12]) if found else 0
    excerpts = _excerpts(store, [str(row[0]) for row in found], asked)
    return ArticlesPage(
        title=f"Articles of {one_line(asked.outlet)}" if asked.outlet else "Articles",
        told=_told(asked, total),
        rows=tuple(_listed(row, links, excerpts) for row in found),
        pages=pages(asked.page, -(-total // PER_PAGE), lambda number: _address(links, asked.at(number))),
        asked=asked,
        outlets=tuple(Choice(one_line(name), one_line(name), count, asked.outlet in (name, one_line(name))) for name, count in names),
        by_outlet=tuple(Choice(links.articles_of(name), one_line(name), count, name == asked.outlet) for name, count in names),
        orders=tuple(Choice(name, words, 0, name == asked.order) for name, (words, _) in ORDERS.items()),
        everything=links.page("articles"),
        action=links.page("articles"),
    )


def _address(links: Links, asked: Listing) -> str:
    if links.served:
        values = urlencode(asked.values())
        return f"{links.page('articles')}?{values}" if values else links.page("articles")
    return links.articles_of(asked.outlet, asked.page) if asked.outlet else links.page("articles", asked.page)


def _listed(row: tuple[Any, ...], links: Links, excerpts: dict[str, tuple[str, str, str]]) -> Listed:
    article, outlet, day, title, language, words, own, reported, quoted, attributions, nameless, uncertain, _, story, size, outlets = row
    return Listed(
        address=links.article(str(article)),
        title=one_line(title or ""),
        outlet=one_line(outlet),
        outlet_address=links.outlet(outlet) if outlet else "",
        day=day or "",
        language=one_line(language or ""),
        words=words,
        bar=Bar(*percents(own, reported, quoted)),
        attributions=attributions,
        nameless=nameless,
        uncertain=uncertain,
        story=links.story(str(story)) if story and size > 1 else "",
        of_story=f"{many(size, 'article')}, {many(outlets, 'outlet')}" if story and size > 1 else "",
        excerpt=excerpts.get(str(article)),
    )


def _excerpts(store: Store, ids: list[str], asked: Listing) -> dict[str, tuple[str, str, str]]:
    """Where the first of the words that were searched for stands in each text, with what stands around it."""
    if not asked.terms or not ids:
        return {}
    term = asked.terms[0]
    found = store.sql(_EXCERPTS, {"around": AROUND, "size": len(term), "term": term, "ids": ids}).rows
    return {str(key): (_from_word(_flat(before)), _flat(hit), _from_word(_flat(after)[::-1])[::-1]) for key, before, hit, after in found}


def _flat(text: str) -> str:
    """On one line, with the blanks at both ends, since more words follow there."""
    return _BLANKS.sub(" ", visible(text))


def _from_word(text: str) -> str:
    """Without the piece of a word that it begins with, where it was cut out of a text."""
    return text.partition(" ")[2] if len(text) >= AROUND and " " in text else text


def _told(asked: Listing, total: int) -> str:
    """The view in words."""
    parts = [many(total, "article")]
    if asked.q:
        parts.append(f"with {' and '.join(f'“{one_line(term)}”' for term in asked.terms)} in headline or text")
    if asked.outlet:
        parts.append(f"of {one_line(asked.outlet)}")
    if asked.since:
        parts.append(f"from {asked.since} on")
    if asked.until:
        parts.append(f"up to {asked.until}")
    if asked.story:
        parts.append("of one story")
    if asked.check:
        parts.append("with attributions to check")
    return f"{' '.join(parts)}, {ORDERS[asked.order][0]}."
