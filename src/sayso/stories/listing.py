"""The stories of a store as a list: outlets, days, headline.

Always true here: what is listed comes from the store's tables alone; a story's headline is that of the article that founded it; stories
with most outlets come first, among those the latest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sayso.store.store import Store

_QUERY = """
SELECT s.story, list(a.id ORDER BY a.published NULLS LAST, a.id), list(DISTINCT a.outlet ORDER BY a.outlet) FILTER (a.outlet IS NOT NULL),
    min(left(a.published, 10)), max(left(a.published, 10)),
    max(a.title) FILTER (s.story = 's' || a.id), min(a.title)
FROM stories s JOIN articles a ON a.id = s.article GROUP BY s.story
"""


@dataclass(frozen=True, slots=True)
class Story:
    """One story.

    Attributes:
        id: its name, which lasts.
        articles: ids of its articles, by date.
        outlets: who published them, in alphabetical order.
        first: date of the earliest article (ISO 8601), None if none has one.
        last: of the latest.
        title: headline of the article that founded it, None if it has none.

    """

    id: str
    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    first: str | None
    last: str | None
    title: str | None


def listed(store: Store, outlets: int = 2) -> list[Story]:
    """The stories that at least so many outlets tell."""
    found = [
        Story(str(story), tuple(articles), tuple(names or ()), first, last, title or other)
        for story, articles, names, first, last, title, other in store.sql(_QUERY).rows
    ]
    kept = sorted((story for story in found if len(story.outlets) >= outlets), key=lambda story: story.id)
    kept.sort(key=lambda story: (len(story.outlets), story.last or ""), reverse=True)
    return kept


def to_json(story: Story) -> dict[str, Any]:
    """A story as plain values."""
    return {
        "story": story.id,
        "title": story.title,
        "outlets": list(story.outlets),
        "first": story.first,
        "last": story.last,
        "articles": list(story.articles),
    }
