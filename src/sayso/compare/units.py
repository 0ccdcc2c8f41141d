"""Articles of a store as numbers: to which story and which group each belongs, and what was found in it out of how much.

Always true here: an article without a story or without a group is left out and counted in `Units.notes`; with `copies="once"` one text is
one article, and wire copy belongs to the wire, not to the outlet that carries it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sayso.compare.cells import Floats, Ints, joined
from sayso.compare.contrasts import Block
from sayso.compare.measured import ARTICLES, SHARES, Measure
from sayso.errors import UsageError
from sayso.reading import KINDS, STANDINGS, VOICES
from sayso.store.store import Store
from sayso.stories.keeping import need_stories

ONCE, EACH_CARRIER = "once", "each"
BUILT_IN = {
    "outlet": "outlet",
    "section": "section",
    "language": '"language"',
    "day": 'CAST("day" AS VARCHAR)',
    "month": "strftime(\"day\", '%Y-%m')",
    "year": "strftime(\"day\", '%Y')",
}
"""What articles can be grouped by without a column of the user's, as SQL."""
_STATED = "resolved AND coalesce(name, '') NOT IN ('', 'unknown')"  # sources of which it is known whether they are named


@dataclass(frozen=True, slots=True)
class Units:
    """The articles that take part.

    Attributes:
        by: what they are grouped by.
        ids: of the articles, in order; (articles,).
        outlets: who published each, or the wire.
        groups: names of the groups, in order.
        group: number of the group of each article; (articles,).
        stories: names of the stories.
        story: number of the story of each article; (articles,).
        words: of each article; (articles,).
        shares: of the words: `own_share`, `quoted_share`, `reported_share`; each (articles,).
        notes: what was left out, in words.

    """

    by: str
    ids: tuple[str, ...]
    outlets: tuple[str, ...]
    groups: tuple[str, ...]
    group: Ints
    stories: tuple[str, ...]
    story: Ints
    words: Floats
    shares: Mapping[str, Floats]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """Measures that share a base, article by article.

    Attributes:
        measures: which.
        found: numerators; (articles, measures).
        base: denominators; (articles,).

    """

    measures: tuple[Measure, ...]
    found: Floats
    base: Floats

    def joined(self, units: Units) -> tuple[Block, Ints]:
        """As a block of contrasts, and the cell of each article (-1 for none)."""
        first = self.measures[0]
        cells, place = joined(units.story, units.group, self.found, self.base, first.steady, first.scale)
        return Block(tuple(one.name for one in self.measures), first.unit, first.counted, cells), place


def units(
    store: Store, by: str = "outlet", copies: str = ONCE, tags: Mapping[str, Mapping[str, str]] | None = None, only: Sequence[str] = ()
) -> Units:
    """The articles of a store that stand in stories, by groups.

    Args:
        store: with the table `stories`, and `carriers` if copies are to be counted once.
        by: one of `BUILT_IN`, a column of `tags`, or a column that the user's articles have.
        copies: `once` or `each`.
        tags: by outlet, what the user knows of it (see `read_tags`).
        only: names of groups, if not all are wanted.

    Raises:
        UsageError: the store has no stories, or nothing to group by.

    """
    need_stories(store)
    if copies not in (ONCE, EACH_CARRIER):
        raise UsageError(f"copies are counted `{ONCE}` or `{EACH_CARRIER}`, not {copies!r}")
    notes = []
    carriers = store.has("carriers")
    if copies == ONCE and not carriers:
        notes.append(f"copies were not looked for: `sayso stories {store.path}` finds them")
    rows = _articles(store, by, carriers, tags or {})
    if copies == ONCE and carriers:
        whole = len(rows)
        rows = [row for row in rows if row[4] in (None, row[0])]
        notes.append(f"{whole - len(rows):,} copies of a text that another article has are left out")
    placed = [row for row in rows if row[3] is not None]
    notes.append(f"{len(rows) - len(placed):,} articles stand in no story")
    known = tags or {}
    kept: list[tuple[tuple[Any, ...], str, str]] = []
    for row in placed:
        wire = row[5] if copies == ONCE else None
        value = wire if wire and by == "outlet" else known.get(row[1], {}).get(by) or row[2]
        if value and (not only or value in only):
            kept.append((row, wire or row[1] or "", value))
    notes.append(f"{len(placed) - len(kept):,} articles have no {by}" + (" among those named" if only else ""))
    if not kept and only:
        raise UsageError(f"no article in a story has one of these for its {by}: {', '.join(map(repr, only))}; leave --only out to see all")
    if not kept:
        raise UsageError(f"no article in a story has the column {by!r}: {_choices(store, known)}")
    groups, stories = sorted({value for _, _, value in kept}), sorted({row[3] for row, _, _ in kept})
    numbers, places = {name: n for n, name in enumerate(groups)}, {name: n for n, name in enumerate(stories)}
    columns = np.array([[0.0 if cell is None else float(cell) for cell in row[6:10]] for row, _, _ in kept])
    return Units(
        by,
        tuple(row[0] for row, _, _ in kept),
        tuple(outlet for _, outlet, _ in kept),
        tuple(groups),
        np.array([numbers[value] for _, _, value in kept], dtype=np.int64),
        tuple(str(name) for name in stories),
        np.array([places[row[3]] for row, _, _ in kept], dtype=np.int64),
        columns[:, 0],
        {name: columns[:, n] for n, name in enumerate(("own_share", "quoted_share", "reported_share"), 1)},
        tuple(note for note in notes if not note.startswith("0 ")),
    )


def measured(store: Store, chosen: Sequence[Measure], of: Units) -> list[Measured]:
    """What was found of these measures in these articles, one block for each base."""
    blocks = []
    for base in dict.fromkeys(one.base for one in chosen):
        among = tuple(one for one in chosen if one.base == base)
        made = _tallied(store, among, of) if among[0].voice else _counted(store, among, of)
        blocks.append(Measured(among, *made))
    return blocks


def known_measures(store: Store) -> tuple[str, ...]:
    """The names of measures whose tallies the readings have."""
    found = {str(row[0]) for row in store.sql("SELECT DISTINCT measure FROM tallies").rows}
    return tuple(sorted(found | (set(store.generator.measures) - {"sourcing"})))


def read_tags(path: Path) -> dict[str, dict[str, str]]:
    """What the user knows of outlets: a CSV with a column `outlet` and any others, such as `country`.

    Raises:
        UsageError: it cannot be read, or has no such column.

    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, restval=""))
    except (OSError, UnicodeError, csv.Error) as error:
        raise UsageError(f"cannot read {path} as CSV ({getattr(error, 'strerror', None) or error}): name a CSV file in UTF-8") from None
    if not rows or "outlet" not in rows[0]:
        raise UsageError(f"{path} needs a column `outlet`, and at least one row")
    return {row["outlet"]: {name: value for name, value in row.items() if name and name != "outlet" and value} for row in rows}


def _articles(store: Store, by: str, carriers: bool, tags: Mapping[str, Mapping[str, str]]) -> list[tuple[Any, ...]]:
    """Rows of id, outlet, value, story, text_of, wire, words and shares."""
    tagged = any(by in known for known in tags.values())
    value = "NULL" if tagged else BUILT_IN.get(by, 'map_extract("columns", ?)[1]')
    copied = "c.text_of, c.wire" if carriers else "NULL, NULL"
    joins = " LEFT JOIN carriers c ON c.article = a.id" if carriers else ""
    query = (
        f"SELECT a.id, a.outlet, {value} AS v, s.story, {copied}, a.words, a.own_share, a.quoted_share, a.reported_share"
        f" FROM articles a LEFT JOIN stories s ON s.article = a.id{joins} ORDER BY a.id"
    )
    return list(store.sql(query, (by,) if "?" in query else ()).rows)


def _choices(store: Store, tags: Mapping[str, Mapping[str, str]]) -> str:
    keys = [str(row[0]) for row in store.sql('SELECT DISTINCT unnest(map_keys("columns")) AS k FROM articles ORDER BY k LIMIT 30').rows]
    mine = sorted({name for known in tags.values() for name in known})
    return f"group by one of {', '.join((*BUILT_IN, *mine, *keys))}, or give --tags"


def _tallied(store: Store, chosen: Sequence[Measure], of: Units) -> tuple[Floats, Floats]:
    voice = chosen[0].voice
    place = {article: n for n, article in enumerate(of.ids)}
    found, base = np.zeros((len(of.ids), len(chosen))), np.full(len(of.ids), -1.0)
    for article, words in store.sql("SELECT article, max(words) FROM tallies WHERE voice = ? GROUP BY article", (voice,)).rows:
        if article in place:
            base[place[article]] = words
    # Tallies say how many words a voice has; where a reading has none, only the own voice's can be told from the shares.
    untold = np.round(of.words * of.shares["own_share"]) if voice == VOICES[0] else np.zeros(len(of.ids))
    base = np.where(base >= 0.0, base, untold)
    query = "SELECT article, measure, label, target, sum(count) FROM tallies WHERE voice = ? AND count > 0 GROUP BY ALL"
    for article, measure, label, target, count in store.sql(query, (voice,)).rows:
        if article in place:
            for column, one in enumerate(chosen):
                if one.tally and one.tally[0] == measure and one.tally[1] in (None, label) and one.target in (None, target):
                    found[place[article], column] += count
    return found, base


def _counted(store: Store, chosen: Sequence[Measure], of: Units) -> tuple[Floats, Floats]:
    if chosen[0].base == SHARES["own_share"].base:
        return np.stack([np.round(of.words * of.shares[one.name]) for one in chosen], axis=1), of.words
    place = {article: n for n, article in enumerate(of.ids)}
    rows = _speaking(store, KINDS, STANDINGS)
    total = np.zeros(len(of.ids))
    found = np.zeros((len(of.ids), len(chosen)))
    for article, stated, known, unnamed, *labels in rows:
        if article not in place:
            continue
        by_name = dict(zip((*(f"kind:{name}" for name in KINDS), *(f"standing:{name}" for name in STANDINGS)), labels, strict=True))
        by_name |= {"unnamed_share": unnamed, "sources": stated}
        total[place[article]] = known
        found[place[article]] = [float(by_name[one.name]) for one in chosen]
    return found, np.ones(len(of.ids)) if chosen[0].counted == ARTICLES else total


def _speaking(store: Store, kinds: Iterable[str], standings: Iterable[str]) -> list[tuple[Any, ...]]:
    """Rows of article, sources, those of known identity, the unnamed of these, and of these each kind and standing."""
    each = [f"count(*) FILTER (WHERE {_STATED} AND kind = '{name}')" for name in kinds]
    each += [f"count(*) FILTER (WHERE {_STATED} AND standing = '{name}')" for name in standings]
    query = (
        "SELECT article, count(*) FILTER (WHERE coalesce(name, '') NOT IN ('', 'unknown')),"
        f" count(*) FILTER (WHERE {_STATED}), count(*) FILTER (WHERE {_STATED} AND NOT named), {', '.join(each)} FROM sources"
        " GROUP BY article"
    )
    return list(store.sql(query).rows)
