"""The list of stories, page by page.

Always true here: a story is listed if it has two articles or more; stories that most outlets tell come first, among those the latest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sayso.errors import UsageError
from sayso.render.safe import one_line
from sayso.render.words import many
from sayso.site.links import Links
from sayso.site.listing import LISTING, bring_up_to_date
from sayso.site.paging import Pages, number_of, pages
from sayso.store.store import Store
from sayso.stories.keeping import STORIES

STORIES_PER_PAGE = 50
FEWEST = 2  # articles of a story that is listed
_MEMBERS = "SELECT s.story, l.article, l.outlet, l.day, l.title FROM stories s JOIN listing l ON l.article = s.article"
_STORIES = f"""
SELECT *, count(*) OVER () FROM (
    SELECT story, count(*) AS n, list(DISTINCT outlet ORDER BY outlet) FILTER (outlet <> '') AS outlets, CAST(min(day) AS VARCHAR) AS first,
        CAST(max(day) AS VARCHAR) AS last, coalesce(max(title) FILTER (story = 's' || article), min(title)) AS title
    FROM ({_MEMBERS}) GROUP BY story
) WHERE n >= $articles AND coalesce(len(outlets), 0) >= $outlets
ORDER BY coalesce(len(outlets), 0) DESC, last DESC NULLS LAST, story LIMIT $limit OFFSET $offset
"""


@dataclass(frozen=True, slots=True)
class StoryListing:
    """One view of the list: stories that at least so many outlets tell, and the page, from 1."""

    outlets: int = 1
    page: int = 1


@dataclass(frozen=True, slots=True)
class ListedStory:
    """One story in the list."""

    address: str
    title: str
    outlets: tuple[tuple[str, str], ...]
    days: str
    articles: int


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """What `stories.html.jinja` needs; `looked` is false where stories were never looked for."""

    told: str
    looked: bool
    rows: tuple[ListedStory, ...]
    pages: Pages
    outlets: int
    most: int
    action: str


def stories_asked_for(values: Mapping[str, str]) -> StoryListing:
    """The view that an address asks for.

    Raises:
        UsageError: a value makes no sense.

    """
    return StoryListing(number_of(values.get("outlets", "").strip()), number_of(values.get("page", "").strip()))


def stories_page(store: Store, asked: StoryListing, links: Links) -> StoriesPage:
    """One page of the list of stories.

    Raises:
        UsageError: there is no such page.

    """
    action = links.page("stories")
    if not store.has(STORIES):
        none = "Stories were not looked for in this collection yet: the command sayso stories finds them."
        return StoriesPage(none, False, (), pages(1, 1, lambda _: action), 1, 1, action)
    rows, total = told_stories(store, links, asked, STORIES_PER_PAGE)
    if not rows and asked.page > 1:
        raise UsageError(f"the list has no page {asked.page}: begin with the first one")
    most = int(store.sql(f"SELECT count(DISTINCT outlet) FROM {LISTING} WHERE outlet <> ''").rows[0][0])
    by = f" told by {many(asked.outlets, 'outlet')} or more" if asked.outlets > 1 else ""
    stories = "1 story" if total == 1 else f"{total:,} stories"
    return StoriesPage(
        told=f"{stories} of two articles or more{by}; those that most outlets tell come first, among them the latest.",
        looked=True,
        rows=rows,
        pages=pages(asked.page, -(-total // STORIES_PER_PAGE), lambda at: _address(links, replace(asked, page=at))),
        outlets=asked.outlets,
        most=max(1, most),
        action=action,
    )


def told_stories(store: Store, links: Links, asked: StoryListing, size: int) -> tuple[tuple[ListedStory, ...], int]:
    """The stories on one page of that size, and how many there are in all."""
    bring_up_to_date(store)
    given = {"articles": FEWEST, "outlets": asked.outlets, "limit": size, "offset": (asked.page - 1) * size}
    found = store.sql(_STORIES, given).rows
    return tuple(
        ListedStory(
            address=links.story(str(story)),
            title=one_line(title or "") or "(no headline)",
            outlets=tuple((one_line(name), links.outlet(name)) for name in names or ()),
            days=" to ".join(dict.fromkeys(day for day in (first, last) if day)) or "no date",
            articles=count,
        )
        for story, count, names, first, last, title, _ in found
    ), int(found[0][6]) if found else 0


def _address(links: Links, asked: StoryListing) -> str:
    if not links.served:
        return links.page("stories", asked.page)
    values = {name: str(value) for name, value in (("outlets", asked.outlets), ("page", asked.page)) if value > 1}
    return f"{links.page('stories')}?{urlencode(values)}" if values else links.page("stories")
