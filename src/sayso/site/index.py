"""The overview: what is in the collection, how to read its pages, and doors to all of them.

Always true here: it counts what is there and judges nothing; what could not be read is told with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.render.safe import one_line
from sayso.site.links import Links
from sayso.site.listing import LISTING, bring_up_to_date
from sayso.site.story_list import ListedStory, StoryListing, told_stories
from sayso.store.store import Store
from sayso.stories.keeping import STORIES

LATEST = 8  # stories shown here
REASONS = 8  # for rejections, the most frequent ones
_REJECTED = """
SELECT stage, CASE WHEN starts_with(reason, origin || ': ') THEN substr(reason, len(origin) + 3) ELSE reason END AS why, count(*) AS n
FROM rejects GROUP BY ALL ORDER BY n DESC, stage, why
"""
_DOORS = (
    ("articles", "Articles", "every text with its marks and the table of who says what in it"),
    ("stories", "Stories", "one event across outlets: which claim stands where, in whose voice"),
    ("outlets", "Outlets", "side by side, within the same stories: voices, sources, verbs, with intervals"),
    ("sources", "Sources", "who is made to speak over the whole collection, where, and by which words"),
    ("method", "Method", "what each figure is, how well it was tested, and what not to conclude from it"),
)


@dataclass(frozen=True, slots=True)
class IndexPage:
    """What `index.html.jinja` needs.

    Attributes:
        name: of the collection.
        facts: numbers with their words.
        days: the first and the last day, in words.
        measures: what was measured besides who says what, by name.
        rejected: how many inputs are not in the collection.
        reasons: how many for which stage and reason, the most frequent ones.
        stories: the latest of those that most outlets tell.
        doors: address, name and what is behind it.

    """

    name: str
    facts: tuple[tuple[str, str], ...]
    days: str
    read_by: str
    measures: str
    rejected: int
    reasons: tuple[tuple[int, str, str], ...]
    stories: tuple[ListedStory, ...]
    doors: tuple[tuple[str, str, str], ...]


def index_page(store: Store, links: Links) -> IndexPage:
    """The overview of a store."""
    bring_up_to_date(store)
    articles, outlets, words, attributions, first, last = store.sql(
        "SELECT count(*), count(DISTINCT nullif(outlet, '')), coalesce(sum(words), 0), coalesce(sum(attributions), 0), "
        f"CAST(min(day) AS VARCHAR), CAST(max(day) AS VARCHAR) FROM {LISTING}"
    ).rows[0]
    counted = [(articles, "article", "articles"), (outlets, "outlet", "outlets")]
    stories: tuple[ListedStory, ...] = ()
    if store.has(STORIES):
        stories, _ = told_stories(store, links, StoryListing(outlets=2), LATEST)
        counted.append(
            (told_stories(store, links, StoryListing(), 1)[1], "story of two articles or more", "stories of two articles or more")
        )
    counted += [(attributions, "attribution", "attributions"), (words, "word", "words")]
    if store.has("site_sources"):
        counted.insert(-2, (int(store.sql("SELECT count(*) FROM site_sources").rows[0][0]), "named source", "named sources"))
    rejected = store.sql(_REJECTED).rows
    made = store.generator
    return IndexPage(
        name=one_line(store.path.resolve().name),
        facts=tuple((f"{int(number):,}", one if number == 1 else many) for number, one, many in counted),
        days=" to ".join(dict.fromkeys(day for day in (first, last) if day)),
        read_by=one_line(f"sayso {made.version} ({made.bundle})"),
        measures=", ".join(map(one_line, made.measures)),
        rejected=sum(row[2] for row in rejected),
        reasons=tuple((count, one_line(stage), one_line(why)) for stage, why, count in rejected[:REASONS]),
        stories=stories,
        doors=tuple((links.page(page), name, what) for page, name, what in _DOORS),
    )
