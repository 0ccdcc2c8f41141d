"""The stories and carriers of a store, kept as its derived tables `stories`, `leads` and `carriers`, and brought up to date.

Always true here: an article that has its story keeps it unless everything is made afresh; a lead vector is computed once for an article
and a network (`leads(article, maker, vector)`, 16-bit numbers in base 85); documents are read in stretches by day, so that memory holds a
window of days and not the corpus, unless there are articles without a day.
"""

from __future__ import annotations

import base64
import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sayso.codebooks.vectors import Vectors
from sayso.errors import UsageError
from sayso.store.store import Store
from sayso.stories.alike import VECTORS, WORDS, load
from sayso.stories.copies import carriers
from sayso.stories.grouping import Grouping, Item, Row
from sayso.stories.nearby import WINDOW
from sayso.stories.profile import day_of, lead, profile

STORIES, LEADS, CARRIERS = "stories", "leads", "carriers"
STRETCH = 20_000  # articles read at a time
LATEST = 10**9  # a day after all others


class Updated(NamedTuple):
    """What an update did: articles that got their story now, articles that had one, and stories there are."""

    new: int
    already: int
    stories: int


def update(
    store: Store,
    vectors: Vectors | None = None,
    *,
    window: int | None = WINDOW,
    afresh: bool = False,
    progress: Callable[[int, int], None] = lambda _, __: None,
) -> Updated:
    """Give every article of a store its story.

    Args:
        store: with its articles; its table `stories` is replaced.
        vectors: who makes lead vectors; None to go by words alone.
        window: days that two articles of one event may lie apart; None for any number of them.
        afresh: forget the stories there are.
        progress: told how many new articles have their story, and of how many.

    """
    days = {str(key): day_of(published) for key, published in store.sql("SELECT id, published FROM articles").rows}
    known = {} if afresh or not store.has(STORIES) else {key: story for key, story in kept(store).items() if key in days}
    grouping = Grouping(
        load(WORDS if vectors is None else VECTORS), window, keep=any(day is None for key, day in days.items() if key not in known)
    )
    sizes = Counter(known.values())
    found = dict(known)
    waiting: dict[int | None, list[Item]] = {}
    reading = _stretches(store, _relevant(days, known, window), days, known, vectors)
    read_to = -LATEST
    total = len(days) - len(known)
    for day in _in_order({days[key] for key in days if key not in known}):
        until = LATEST if day is None or window is None else day + window
        while read_to < until:
            stretch = next(reading, None)
            if stretch is None:
                break
            items, read_to = stretch
            grouping.know((item for item in items if item.story is not None), sizes)
            for item in items:
                if item.story is None:
                    waiting.setdefault(item.profile.day, []).append(item)
        found |= grouping.day(waiting.pop(day))
        progress(len(found) - len(known), total)
    store.put(STORIES, {"article": "VARCHAR", "story": "VARCHAR"}, sorted(found.items()))
    return Updated(len(found) - len(known), len(known), len(set(found.values())))


def kept(store: Store) -> dict[str, str]:
    """The story of each article as the store has it; empty if stories were never looked for."""
    return {str(key): str(story) for key, story in store.sql("SELECT article, story FROM stories").rows} if store.has(STORIES) else {}


def need_stories(store: Store) -> None:
    """Raise if stories were never looked for.

    Raises:
        UsageError: that names the command.

    """
    if not store.has(STORIES):
        raise UsageError(f"no stories in {store.path} yet: run `sayso stories {shlex.quote(str(store.path))}` first")


def text_of(store: Store) -> dict[str, str]:
    """Whose text each article carries that carries another one's; empty if copies were never looked for."""
    if not store.has(CARRIERS):
        return {}
    return {str(article): str(text) for article, text in store.sql("SELECT article, text_of FROM carriers WHERE article <> text_of").rows}


def update_carriers(store: Store) -> int:
    """Find near-duplicates and wire copy anew, and return how many articles carry another one's text.

    Raises:
        UsageError: the extra with rensa is not installed.

    """
    found = carriers(store.documents)
    columns = {"article": "VARCHAR", "text_of": "VARCHAR", "wire": "VARCHAR"}
    store.put(CARRIERS, columns, [(one.article, one.text_of, one.wire) for one in found])
    return sum(one.article != one.text_of for one in found)


def _relevant(days: Mapping[str, int | None], known: Mapping[str, str], window: int | None) -> list[str]:
    """The new articles and the known ones near to them, by day; known ones without a day first, new ones last."""
    fresh = {days[key] for key in days if key not in known}
    everywhere = None in fresh or window is None
    near = set() if window is None else {day + step for day in fresh if day is not None for step in range(-window, window + 1)}
    wanted = [key for key, day in days.items() if key not in known or (fresh and (everywhere or day is None or day in near))]
    return sorted(wanted, key=lambda key: (_place(days[key], key in known), key))


def _place(day: int | None, known: bool) -> int:
    return day if day is not None else (-LATEST if known else LATEST)


def _stretches(
    store: Store, wanted: Sequence[str], days: Mapping[str, int | None], known: Mapping[str, str], vectors: Vectors | None
) -> Iterator[tuple[list[Item], int]]:
    """The articles in that order, some at a time, and the day up to which all have been given (those of that day maybe not)."""
    for start in range(0, len(wanted), STRETCH):
        ids = wanted[start : start + STRETCH]
        documents = {document.id: document for document in store.documents(ids)}
        rows = {} if vectors is None else _vectors(store, ids, {key: lead(document) for key, document in documents.items()}, vectors)
        last = wanted[start + len(ids)] if start + len(ids) < len(wanted) else None
        yield (
            [Item(profile(documents[key]), rows.get(key), known.get(key)) for key in ids],
            LATEST + 1 if last is None else _place(days[last], last in known) - 1,
        )


def _vectors(store: Store, ids: Sequence[str], leads: Mapping[str, str], vectors: Vectors) -> dict[str, Row]:
    """The lead vectors of some articles, from the store where it has them; those that it did not have are put there."""
    have: dict[str, str] = {}
    table: list[tuple[object, ...]] = []
    if store.has(LEADS):
        table = [tuple(row) for row in store.sql("SELECT article, maker, vector FROM leads").rows if row[1] == vectors.fingerprint]
        wanted = set(ids)
        have = {str(article): str(vector) for article, _, vector in table if article in wanted}
    missing = [key for key in ids if key not in have]
    if missing:
        made = vectors([leads[key] for key in missing])
        have |= {key: _packed(row) for key, row in zip(missing, made, strict=True)}
        table += [(key, vectors.fingerprint, have[key]) for key in missing]
        store.put(LEADS, {"article": "VARCHAR", "maker": "VARCHAR", "vector": "VARCHAR"}, sorted(table, key=lambda row: str(row[0])))
    return {key: _unpacked(have[key]) for key in ids}


def _packed(row: Row) -> str:
    return base64.b85encode(row.astype("<f2").tobytes()).decode("ascii")


def _unpacked(text: str) -> Row:
    return np.frombuffer(base64.b85decode(text), dtype="<f2").astype(np.float32)


def _in_order(days: set[int | None]) -> list[int | None]:
    return [*sorted(day for day in days if day is not None), *([None] if None in days else [])]
