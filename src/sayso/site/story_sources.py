"""Who is quoted where: the named sources of a story by outlet, and how many others there are that the text does not name.

Always true here: a source is one over several outlets if kind and full name are the same (`export.names`); shared and exclusive are said
of these articles only; words are counted in the voice of the source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from sayso.audit import audit
from sayso.claims.matrix import outlet_of
from sayso.export.names import Key, is_full, key
from sayso.reading import Reading
from sayso.render.safe import one_line
from sayso.site.links import Links

VERBS = 4  # shown in one cell


@dataclass(frozen=True, slots=True)
class Given:
    """What an outlet gives a source: words, statements, how much of the article stands before its first word (per cent), verbs, address."""

    words: int
    times: int
    before: int | None
    verbs: str
    address: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source: name, kind, the address of its page (empty where there is none), a cell for each outlet, and how many outlets."""

    name: str
    kind: str
    address: str
    full: bool
    cells: tuple[Given | None, ...]
    outlets: int


@dataclass(frozen=True, slots=True)
class StorySources:
    """Who is quoted where.

    Attributes:
        outlets: the columns.
        shared: sources that two outlets or more let speak.
        alone: for each outlet those that it alone lets speak, as far as we found.
        others: for each outlet how many statements are from sources that are not named, or not resolved, or not stated.

    """

    outlets: tuple[str, ...]
    shared: tuple[SourceRow, ...]
    alone: tuple[tuple[SourceRow, ...], ...]
    others: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many named sources there are."""
        return len(self.shared) + sum(map(len, self.alone))


@dataclass(slots=True)
class _Sum:
    words: int = 0
    times: int = 0
    before: list[float] = field(default_factory=list)
    verbs: Counter[str] = field(default_factory=Counter)
    address: str = ""


def story_sources(readings: Sequence[Reading], links: Links, paged: AbstractSet[Key]) -> StorySources:
    """The sources of a story.

    Args:
        readings: its articles, in order; each text once.
        links: as seen from the page.
        paged: the sources that have a page.

    """
    outlets = tuple(dict.fromkeys(outlet_of(reading) for reading in readings))
    sums: dict[Key, dict[str, _Sum]] = {}
    names: dict[Key, Counter[str]] = {}
    others: dict[str, Counter[str]] = {outlet: Counter() for outlet in outlets}
    for reading in readings:
        outlet = outlet_of(reading)
        first = {each.speaker: number for number, each in reversed(list(enumerate(reading.attributions, 1)))}
        for row in audit(reading).sources:
            who = key(row.source)
            if who is None:
                others[outlet][row.source.identity] += row.attributions
                continue
            if not row.attributions:
                continue
            names.setdefault(who, Counter())[row.source.name] += row.attributions
            held = sums.setdefault(who, {}).setdefault(outlet, _Sum())
            held.words += row.words
            held.times += row.attributions
            held.verbs.update(dict(row.verbs))
            if row.first:
                held.before.append(row.first.share)
            held.address = held.address or links.article(reading.document.id, f"t{first[row.source.id]}")
    rows = [
        SourceRow(
            name=one_line(names[who].most_common(1)[0][0]),
            kind=who[0],
            address=links.source(*who) if who in paged else "",
            full=is_full(who),
            cells=tuple(_given(by.get(outlet)) for outlet in outlets),
            outlets=len(by),
        )
        for who, by in sums.items()
    ]
    rows.sort(key=lambda row: (-row.outlets, -sum(cell.words for cell in row.cells if cell), row.name))
    told = tuple(_others(others[outlet]) for outlet in outlets)
    alone = tuple(tuple(row for row in rows if row.outlets == 1 and row.cells[place]) for place in range(len(outlets)))
    return StorySources(tuple(map(one_line, outlets)), tuple(row for row in rows if row.outlets > 1), alone, told)


def _given(held: _Sum | None) -> Given | None:
    if held is None:
        return None
    verbs = ", ".join(f"{one_line(verb)}{f' ×{number}' if number > 1 else ''}" for verb, number in held.verbs.most_common(VERBS))
    before = round(100 * min(held.before)) if held.before else None
    return Given(held.words, held.times, before, verbs + (" …" if len(held.verbs) > VERBS else ""), held.address)


def _others(counted: Counter[str]) -> str:
    words = {"unnamed": "not named", "unresolved": "not resolved", "unstated": "not stated"}
    return ", ".join(f"{counted[label]} {word}" for label, word in words.items() if counted[label]) or "none"
