"""The list of named sources over all articles: who is given how many words, where, and by which verbs.

Always true here: sources are told apart by kind and name alone, and a person known by one word says so; the order is one that the reader
chose; whatever is asked for goes to the database as a value, never as SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sayso.errors import UsageError
from sayso.export.names import folded
from sayso.reading import KINDS, STANDINGS
from sayso.render.safe import one_line
from sayso.site.kept import need
from sayso.site.links import Links
from sayso.store.store import Store

PER_PAGE = 100
LONGEST_QUERY = 200  # characters of a name that is searched for

ORDERS = {
    "words": ("most words first", "words DESC, attributions DESC, shown, slug"),
    "outlets": ("in most outlets first", "outlets DESC, words DESC, shown, slug"),
    "name": ("by name", "name, kind, slug"),
}
"""In which order sources may stand: words for it, and SQL."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is to show.

    Attributes:
        number: of its page, from 1.
        q: words that the name has; empty for all.
        kind: one of `KINDS`, or empty.
        standing: one of `STANDINGS`, or empty.
        order: one of `ORDERS`.

    """

    number: int = 1
    q: str = ""
    kind: str = ""
    standing: str = ""
    order: str = "words"

    def address(self, links: Links, number: int) -> str:
        """Another page of the same list."""
        given = {"q": self.q, "kind": self.kind, "standing": self.standing, "order": "" if self.order == "words" else self.order}
        query = urlencode([(name, value) for name, value in given.items() if value])
        at = links.page("sources", number)
        return f"{at}{'&' if '?' in at else '?'}{query}" if query else at


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source.

    Attributes:
        name: as it stands most often, safe to be shown.
        folded: the name by which it is told apart, for its address.
        full_name: false for a person known by one word.
        stories: how many it speaks in; None without stories.
        first: mean share of the article before its first word, in per cent; None where it has no words.
        verbs: the most frequent ones with how often.
        article: the only one in which it speaks, with the `number` of its first statement there; None if there are several.

    """

    name: str
    folded: str
    kind: str
    standing: str
    full_name: bool
    outlets: int
    stories: int | None
    articles: int
    attributions: int
    words: int
    first: int | None
    opens: int
    verbs: str
    article: str | None
    number: int | None


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """What the template needs.

    Attributes:
        total: how many sources the list has in all its pages.
        pages: how many pages it has, at least 1.
        kinds: those that there are, with how many sources; `standings` the same.

    """

    asked: Asked
    total: int
    pages: int
    lines: tuple[SourceLine, ...]
    stories: bool
    kinds: tuple[tuple[str, int], ...]
    standings: tuple[tuple[str, int], ...]
    orders: tuple[tuple[str, str], ...] = tuple((name, words) for name, (words, _) in ORDERS.items())


def asked(values: Mapping[str, str]) -> Asked:
    """What the parameters of an address ask for.

    Raises:
        UsageError: one of them makes no sense.

    """
    number = values.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 8 and int(number) > 0):
        raise UsageError(f"{number[:40]!r} is no page: give a number from 1")
    q, kind, standing = (values.get(name, "").strip() for name in ("q", "kind", "standing"))
    made = Asked(int(number), q, kind, standing, values.get("order", "") or "words")
    for name, value, allowed in (("kind", made.kind, KINDS), ("standing", made.standing, STANDINGS), ("order", made.order, tuple(ORDERS))):
        if value and value not in allowed:
            raise UsageError(f"there is no {name} {value[:40]!r}: choose one of {', '.join(allowed)}")
    return replace(made, q=one_line(made.q[:LONGEST_QUERY]))


def sources_page(store: Store, wanted: int | Asked = 1) -> SourcesPage:
    """One page of the list.

    Args:
        store: with its figures kept (`kept.keep`).
        wanted: the number of the page, or what the list is to show.

    Raises:
        UsageError: the figures are not current, or there is no such page.

    """
    need(store)
    asks = wanted if isinstance(wanted, Asked) else Asked(wanted)
    where, values = _where(asks)
    total = int(store.sql(f"SELECT count(*) FROM site_sources WHERE {where}", values).rows[0][0])
    pages = max(1, -(-total // PER_PAGE))
    if not 1 <= asks.number <= pages:
        raise UsageError(f"the list of sources has {pages} pages, not {asks.number}")
    rows = store.sql(
        "SELECT shown, name, kind, standing, full_name, outlets, stories, articles, attributions, words,"
        " CAST(round(100 * first) AS INTEGER), opens, verbs, article, number"
        f" FROM site_sources WHERE {where} ORDER BY {ORDERS[asks.order][1]} LIMIT {PER_PAGE} OFFSET {PER_PAGE * (asks.number - 1)}",
        values,
    ).rows
    lines = tuple(SourceLine(*row) for row in rows)
    kinds, standings = (
        tuple(store.sql(f"SELECT {name}, count(*) FROM site_sources GROUP BY ALL ORDER BY 2 DESC, 1").rows) for name in ("kind", "standing")
    )
    return SourcesPage(asks, total, pages, lines, store.has("stories"), kinds, standings)


def _where(asks: Asked) -> tuple[str, list[object]]:
    """The condition with its values."""
    parts, values = ["true"], list[object]()
    for column, value in (("kind", asks.kind), ("standing", asks.standing)):
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    if asks.q:
        parts.append("contains(name, ?)")
        values.append(folded(asks.q, person=False))
    return " AND ".join(parts), values
