"""What SQL alone tells of each outlet: how it hands words over, how many stories it has, when, and what the user's columns say of it.

Always true here: articles that name no outlet stand under `NOT_GIVEN`, as in the audit; nothing is read but the columns that are asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sayso.export.sourcing import NOT_GIVEN
from sayso.store.store import Store

Known = tuple[int | None, int | None, date | None, date | None]
"""Stories of an outlet, those of them that others tell as well (None without stories), its first and its last day."""


def stances(store: Store) -> Iterator[tuple[Any, ...]]:
    """How often each outlet hands words over neutrally, from a distance, … by kind of source; what names nobody is left out."""
    query = (
        "SELECT coalesce(r.outlet, ?), s.kind, a.outlet_stance, count(*) FROM attributions a"
        " JOIN sources s ON s.article = a.article AND s.source = a.speaker JOIN articles r ON r.id = a.article"
        " WHERE len(a.cue) > 0 AND coalesce(s.name, '') NOT IN ('', 'unknown') GROUP BY ALL ORDER BY ALL"
    )
    return ((outlet, "stance", kind, stance, number) for outlet, kind, stance, number in store.sql(query, [NOT_GIVEN]).rows)


def spans(store: Store) -> dict[str, Known]:
    """Stories and days of each outlet."""
    days = store.sql('SELECT coalesce(outlet, ?), min("day"), max("day") FROM articles GROUP BY ALL', [NOT_GIVEN]).rows
    told: dict[str, tuple[int, int]] = {}
    if store.has("stories"):
        query = (
            "SELECT outlet, count(*), count(*) FILTER (WHERE several) FROM (SELECT *, count(*) OVER (PARTITION BY story) > 1 AS several"
            " FROM (SELECT DISTINCT s.story, coalesce(a.outlet, ?) AS outlet FROM stories s"
            " JOIN articles a ON a.id = s.article)) GROUP BY outlet"
        )
        told = {outlet: (stories, shared) for outlet, stories, shared in store.sql(query, [NOT_GIVEN]).rows}
    nothing = (0, 0) if store.has("stories") else (None, None)
    return {outlet: (*told.get(outlet, nothing), first, last) for outlet, first, last in days}


def tags(store: Store) -> Iterator[tuple[Any, ...]]:
    """The user's columns that say one thing of each outlet and not the same of all."""
    query = (
        'SELECT outlet, k, min(v), max(v), count(*) FROM (SELECT outlet, unnest(map_keys("columns")) AS k,'
        ' unnest(map_values("columns")) AS v FROM articles WHERE outlet IS NOT NULL) GROUP BY ALL ORDER BY ALL'
    )
    found: defaultdict[str, dict[str, tuple[str, str, int]]] = defaultdict(dict)
    for outlet, name, low, high, number in store.sql(query).rows:
        found[name][outlet] = (low, high, number)
    for name, known in found.items():
        values = {low for low, _, _ in known.values()}
        if all(low == high for low, high, _ in known.values()) and 1 < len(values) < len(known):
            yield from ((outlet, "tag", name, low, number) for outlet, (low, _, number) in known.items())
