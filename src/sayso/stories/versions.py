"""Versions: which articles of a store are one article that its outlet published more than once.

Always true here: versions are of one outlet, which names itself; they stand under one address, or were published within a week of each
other with the same title and some of the same words, or as near-duplicates (`stories.copies`). Copies by other outlets are never versions.
They are kept in the derived table `versions`, so that a page asks for a few rows and not for all articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from sayso.store.store import Store
from sayso.stories.copies import WEEK
from sayso.stories.keeping import CARRIERS
from sayso.stories.profile import day_of
from sayso.stories.shingles import containment, shingles

VERSIONS, MARK = "versions", "versions_mark"
EDITION = 1  # of how they are found
COLUMNS = {"article": "VARCHAR", "first": "VARCHAR", "number": "BIGINT", "published": "VARCHAR", "title": "VARCHAR"}
SOME = 0.2  # of the shorter text's shingles that two articles of one title share
STRETCH = 1000  # pairs whose texts are read at a time

_ADDRESS = "rtrim(regexp_replace(regexp_replace(a.url, '#.*$', ''), '^[A-Za-z]+://', ''), '/')"
_TOGETHER = "SELECT '{how}', list({{'id': a.id, 'published': a.published, 'title': a.title}}) FROM articles a {more}"
_BY_ADDRESS = _TOGETHER.format(
    how="address",
    more=f"WHERE a.outlet <> '' AND regexp_matches({_ADDRESS}, '^[^/]+/.') GROUP BY a.outlet, {_ADDRESS} HAVING count(*) > 1",
)
_FOLDED = "regexp_replace(lower(a.title), '[^\\pL\\pN]+', ' ', 'g')"
_BY_TITLE = _TOGETHER.format(
    how="title", more=f"WHERE a.outlet <> '' AND trim({_FOLDED}) <> '' GROUP BY a.outlet, trim({_FOLDED}) HAVING count(*) > 1"
)
_BY_TEXT = _TOGETHER.format(
    how="text", more=f"JOIN {CARRIERS} c ON c.article = a.id WHERE a.outlet <> '' GROUP BY a.outlet, c.text_of HAVING count(*) > 1"
)


class Version(NamedTuple):
    """One version: id of the article, its date or time as given, and its title; both empty where there is none."""

    id: str
    published: str
    title: str


def versions_of(store: Store, article_id: str) -> tuple[Version, ...]:
    """All versions of an article in order of time, itself included; none if it is the only one, or if they were never looked for."""
    if not store.has(VERSIONS):
        return ()
    query = (
        f"SELECT article, published, title FROM {VERSIONS} WHERE first = (SELECT first FROM {VERSIONS} WHERE article = ?) ORDER BY number"
    )
    return tuple(Version(*row) for row in store.sql(query, [article_id]).rows)


def pairs(store: Store) -> Iterator[tuple[str, str]]:
    """Ids of every version that has a later one, with the next later one."""
    rows = store.sql(f"SELECT first, article FROM {VERSIONS} ORDER BY first, number").rows if store.has(VERSIONS) else []
    return ((str(one), str(other)) for (of, one), (of_other, other) in pairwise(rows) if of == of_other)


def bring_up_to_date(store: Store) -> int:
    """Look for versions anew if the store's articles or copies are not those they were found among, and return how many articles have some.

    Raises:
        StoreError: the disk does not let the table be written.

    """
    mark = f"{EDITION} {store.digest(CARRIERS)}"
    if store.has(VERSIONS) and store.has(MARK) and store.sql(f"SELECT mark FROM {MARK}").rows == [(mark,)]:
        return int(store.sql(f"SELECT count(*) FROM {VERSIONS}").rows[0][0])
    store.drop(MARK)
    count = store.put(VERSIONS, COLUMNS, _rows(store))
    store.put(MARK, {"mark": "VARCHAR"}, [(mark,)])
    return count


def in_time(version: Version) -> tuple[bool, datetime, str]:
    """What versions are ordered by: time, those without one last; then id."""
    try:
        at = datetime.fromisoformat(version.published)
    except ValueError:
        return day_of(version.published) is None, datetime.fromordinal(day_of(version.published) or 1).replace(tzinfo=UTC), version.id
    return False, at if at.tzinfo else at.replace(tzinfo=UTC), version.id


def _rows(store: Store) -> list[tuple[object, ...]]:
    known: dict[str, Version] = {}
    first: dict[str, str] = {}
    for one, other in _linked(store):
        for each in (one, other):
            known[each.id] = each
            first.setdefault(each.id, each.id)
        low, high = sorted((_root(first, one.id), _root(first, other.id)))
        first[high] = low
    together: dict[str, list[Version]] = {}
    for each in known.values():
        together.setdefault(_root(first, each.id), []).append(each)
    made = [sorted(several, key=in_time) for several in together.values()]
    return sorted((each.id, several[0].id, at, each.published, each.title) for several in made for at, each in enumerate(several, 1))


def _linked(store: Store) -> Iterator[tuple[Version, Version]]:
    """Pairs that are versions of one article; each one meets only the next in time, so that many of one title cost no more than few."""
    alike: list[tuple[Version, Version]] = []
    union = [_BY_ADDRESS, _BY_TITLE, *([_BY_TEXT] if store.has(CARRIERS) else [])]
    for how, found in store.sql(" UNION ALL ".join(union)).rows:
        several = sorted((Version(each["id"], each["published"] or "", each["title"] or "") for each in found), key=in_time)
        for one, other in pairwise(several):
            if how == "address" or (_within_a_week(one, other) and how == "text"):
                yield one, other
            elif _within_a_week(one, other):
                alike.append((one, other))
    for start in range(0, len(alike), STRETCH):
        stretch = alike[start : start + STRETCH]
        texts = {
            document.id: shingles(document.text) for document in store.documents(sorted({each.id for pair in stretch for each in pair}))
        }
        yield from ((one, other) for one, other in stretch if containment(texts[one.id], texts[other.id]) >= SOME)


def _within_a_week(one: Version, other: Version) -> bool:
    first, second = day_of(one.published), day_of(other.published)
    return first is not None and second is not None and abs(first - second) <= WEEK


def _root(first: dict[str, str], key: str) -> str:
    while first[key] != key:
        first[key] = first[first[key]]
        key = first[key]
    return key
