"""One flat row for each article, with what a list shows of it: the derived table `listing`, so that every list comes at once.

Always true here: a row says what the machine read, before any correction; it never changes while the generation of the store lasts, so
only articles that came in since have to be counted; which story an article belongs to is not part of it, for that may change.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.render.words import CHECK_BELOW, OPENING, headline
from sayso.store.store import Store

LISTING = "listing"
COLUMNS = {
    "article": "VARCHAR",
    "outlet": "VARCHAR",
    "day": "DATE",
    "published": "VARCHAR",
    "title": "VARCHAR",
    "language": "VARCHAR",
    "words": "BIGINT",
    "own": "DOUBLE",
    "reported": "DOUBLE",
    "quoted": "DOUBLE",
    "attributions": "BIGINT",
    "nameless": "BIGINT",
    "uncertain": "BIGINT",
}
"""`outlet` is empty where none is known; `title` is the beginning of the text where there is none, fit to be shown; `nameless` are
attributions whose source is not named; `uncertain` are those with a confidence under `render.words.CHECK_BELOW`."""
_COUNTED = """
SELECT a.id, coalesce(a.outlet, ''), a.day, a.published, nullif(trim(a.title), ''), left(a.text, ?), a.language, a.words,
    a.own_share, a.reported_share, a.quoted_share, coalesce(t.n, 0), coalesce(t.nameless, 0), coalesce(t.uncertain, 0)
FROM articles a LEFT JOIN (
    SELECT b.article, count(*) AS n, count(*) FILTER (NOT coalesce(s.named, false)) AS nameless,
        count(*) FILTER (b.confidence < ?) AS uncertain
    FROM attributions b LEFT JOIN sources s ON s.article = b.article AND s.source = b.speaker GROUP BY b.article
) t ON t.article = a.id
"""


def is_current(store: Store) -> bool:
    """Whether the table is there and holds every article of the store."""
    return store.has(LISTING) and _count(store) == len(store)


def bring_up_to_date(store: Store) -> int:
    """Count the articles that are not in the table yet, and return how many there were; nothing is written if there are none.

    Raises:
        StoreError: the disk does not let the table be written.

    """
    if is_current(store):
        return 0
    there = store.known()
    before = [row for row in store.sql(f"SELECT {', '.join(COLUMNS)} FROM {LISTING}").rows if row[0] in there] if store.has(LISTING) else []
    missing = there - {str(row[0]) for row in before}
    fresh = _counted(store, sorted(missing) if before else None)
    store.put(LISTING, COLUMNS, sorted([*before, *fresh], key=lambda row: str(row[0])))
    return len(missing)


def _count(store: Store) -> int:
    return int(store.sql(f"SELECT count(*) FROM {LISTING}").rows[0][0])


def _counted(store: Store, ids: Iterable[str] | None) -> list[tuple[object, ...]]:
    """Rows of these articles, or of all."""
    query: str = _COUNTED
    given: list[object] = [OPENING, CHECK_BELOW]
    if ids is not None:
        query, given = f"{query} WHERE a.id IN (SELECT unnest(?))", [*given, list(ids)]
    return [(*row[:4], headline(row[4], row[5]), *row[6:]) for row in store.sql(query, given).rows]
