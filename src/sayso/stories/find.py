"""From documents to stories, where they fit into memory: profiles, lead vectors, grouping in one call.

Always true here: the same documents give the same stories in whatever order they come; a document that comes twice counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sayso.codebooks.vectors import Floats
from sayso.document import Document
from sayso.stories.alike import VECTORS, WORDS, Alike, load
from sayso.stories.grouping import Grouping, Item, by_day
from sayso.stories.nearby import WINDOW
from sayso.stories.profile import lead, profile

Encode = Callable[[Sequence[str]], Floats]
"""Texts to unit vectors, one row for each, such as `codebooks.encoded.Encoded`."""


def stories(
    documents: Iterable[Document], vectors: Encode | None = None, alike: Alike | None = None, window: int | None = WINDOW
) -> dict[str, str]:
    """The story of each article, by the article's id.

    Args:
        documents: articles of any outlets and days.
        vectors: who makes the vectors of their leads; None to go by words alone.
        alike: the model to go by; by default the released one.
        window: days that two articles of one event may lie apart; None for any number of them.

    """
    once = list({document.id: document for document in documents}.values())
    return grouped(items(once, vectors), alike or load(WORDS if vectors is None else VECTORS), window)


def items(documents: Sequence[Document], vectors: Encode | None = None) -> list[Item]:
    """Documents as the grouping sees them."""
    rows = None if vectors is None else vectors([lead(document) for document in documents])
    return [Item(profile(document), None if rows is None else rows[at]) for at, document in enumerate(documents)]


def grouped(found: Sequence[Item], alike: Alike, window: int | None = WINDOW) -> dict[str, str]:
    """The stories of articles that are new altogether, by the article's id."""
    grouping = Grouping(alike, window, keep=any(item.profile.day is None for item in found))
    return {article: story for day in by_day(found) for article, story in grouping.day(day).items()}


def members(story_of: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The articles of each story, both in order of their ids."""
    found: dict[str, list[str]] = {}
    for article in sorted(story_of):
        found.setdefault(story_of[article], []).append(article)
    return {story: tuple(found[story]) for story in sorted(found)}
