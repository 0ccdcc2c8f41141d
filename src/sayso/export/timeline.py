"""A corpus or a story in order of publication: articles, how many a day, and who had a claim or a source first.

Always true here: articles without a date are listed apart and never put in order; where zones or hours are not known, several
articles could be the first, and all of them are named.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.claims.keeping import outdated
from sayso.errors import UsageError
from sayso.export.moments import Moment, first_of, moment
from sayso.export.names import key
from sayso.export.sourcing import NOT_GIVEN
from sayso.reading import Source
from sayso.store.store import Store
from sayso.stories.keeping import need_stories


@dataclass(frozen=True, slots=True)
class Entry:
    """One article; `moment` is None if it has no date that can be read."""

    article: str
    outlet: str
    title: str
    url: str | None
    published: str | None
    moment: Moment | None
    story: str | None
    attributions: int


@dataclass(frozen=True, slots=True)
class Day:
    """What one outlet published on one day."""

    day: str
    outlet: str
    articles: int
    attributions: int


@dataclass(frozen=True, slots=True)
class First:
    """Something that several articles have, and who had it first.

    Attributes:
        kind: `claim` or `source`.
        label: its words, or the source's name.
        articles: how many have it.
        outlets: how many outlets.
        first: ids of the articles that could be the first; one, if the times tell.
        by: their outlets.

    """

    kind: str
    label: str
    articles: int
    outlets: int
    first: tuple[str, ...]
    by: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether the times tell which outlet was first."""
        return len(self.by) == 1


@dataclass(frozen=True, slots=True)
class Timeline:
    """Articles in order of time, then those without one; counts by day and outlet; firsts of one story."""

    story: str | None
    dated: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    days: tuple[Day, ...]
    firsts: tuple[First, ...] = ()


def timeline(store: Store, story: str | None = None) -> Timeline:
    """The articles of a store, or of one story in it, in order of time; of a story also who had what first.

    Raises:
        UsageError: there is no such story; the message says which command makes stories.

    """
    entries = _entries(store, story)
    dated = sorted((entry for entry in entries if entry.moment), key=_order)
    undated = sorted((entry for entry in entries if not entry.moment), key=lambda entry: (entry.outlet, entry.article))
    found = tuple(_firsts(store, entries)) if story is not None else ()
    return Timeline(story, tuple(dated), tuple(undated), days(dated), found)


def days(entries: Iterable[Entry]) -> tuple[Day, ...]:
    """How much each outlet published each day, in order of days."""
    articles: Counter[tuple[str, str]] = Counter()
    attributions: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        if entry.moment:
            articles[entry.moment.day, entry.outlet] += 1
            attributions[entry.moment.day, entry.outlet] += entry.attributions
    return tuple(Day(day, outlet, articles[day, outlet], attributions[day, outlet]) for day, outlet in sorted(articles))


def firsts(kind: str, held: Iterable[tuple[str, str, Entry]]) -> tuple[First, ...]:
    """Who had what first, for all that more than one outlet has; what most outlets have comes first.

    Args:
        kind: of what.
        held: what it is known by, its words, and the article that has it.

    """
    by: defaultdict[str, dict[str, tuple[str, Entry]]] = defaultdict(dict)
    for name, label, entry in held:
        by[name].setdefault(entry.article, (label, entry))
    found = [_first(kind, list(each.values())) for each in by.values()]
    return tuple(sorted((each for each in found if each.outlets > 1), key=lambda each: (-each.outlets, -each.articles, each.label)))


def _first(kind: str, held: Sequence[tuple[str, Entry]]) -> First:
    entries = sorted((entry for _, entry in held), key=_order)
    labels = {entry.article: label for label, entry in held}
    places = first_of([entry.moment for entry in entries])
    return First(
        kind=kind,
        label=labels[entries[places[0]].article],
        articles=len(entries),
        outlets=len({entry.outlet for entry in entries}),
        first=tuple(entries[at].article for at in places),
        by=tuple(dict.fromkeys(entries[at].outlet for at in places)),
    )


def _order(entry: Entry) -> tuple[bool, str, str]:
    return (entry.moment is None, entry.moment.stated.isoformat() if entry.moment else "", entry.article)


def _entries(store: Store, story: str | None) -> list[Entry]:
    if story is not None:
        need_stories(store)
    of_story = "SELECT article, story FROM stories" if store.has("stories") else "SELECT NULL::VARCHAR AS article, NULL::VARCHAR AS story"
    only = "WHERE CAST(s.story AS VARCHAR) = ?" if story is not None else ""
    found = store.sql(
        f"""SELECT a.id, a.outlet, a.title, a.url, a.published, CAST(s.story AS VARCHAR), coalesce(n.number, 0) FROM articles a
        LEFT JOIN ({of_story}) s ON s.article = a.id
        LEFT JOIN (SELECT article, count(*) AS number FROM attributions GROUP BY article) n ON n.article = a.id {only} ORDER BY a.id""",
        [story] if story is not None else [],
    )
    if story is not None and not found.rows:
        raise UsageError(f"there is no story {story[:60]!r} in {store.path}: `sayso stories {store.path}` lists them")
    return [
        Entry(article, outlet or NOT_GIVEN, title or "", url, published, moment(published), of, number)
        for article, outlet, title, url, published, of, number in found.rows
    ]


def _firsts(store: Store, entries: Sequence[Entry]) -> Iterable[First]:
    known = {entry.article: entry for entry in entries}
    if store.has("claims"):
        stale = outdated(store)
        rows = store.sql("SELECT story, claim, text, article FROM claims WHERE list_contains(?, article) ORDER BY ALL", [list(known)]).rows
        kept = (row for row in rows if row[0] not in stale)
        yield from firsts("claim", ((f"{story} {claim}", text, known[article]) for story, claim, text, article in kept))
    asked = """SELECT DISTINCT s.name, s.kind, s.article FROM sources s
        JOIN attributions a ON a.article = s.article AND a.speaker = s.source WHERE s.named AND list_contains(?, s.article) ORDER BY ALL"""
    speaking = []
    for name, kind, article in store.sql(asked, [list(known)]).rows:
        who = key(Source("S", name, kind, named=True))
        if who is not None:
            speaking.append((" ".join(who), name, known[article]))
    yield from firsts("source", speaking)
