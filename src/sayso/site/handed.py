"""By which verbs an outlet hands over the words of each kind of sources, beside what is usual for that outlet.

Always true here: counts of hand-overs that have a cue, without those that name nobody; the yardstick is the same outlet over all kinds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.export.sourcing import NOT_GIVEN
from sayso.reading import OUTLET_STANCES
from sayso.render.safe import one_line
from sayso.store.store import Store

FEW_CUES = 20  # hand-overs under which shares are gray
SHOWN_VERBS = 6

KIND = {
    "person": "persons", "organization": "organizations", "government": "governments", "media": "other media", "document": "documents",
    "group": "groups of people", "unknown": "of unknown kind",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Handed:
    """How one outlet hands over the words of one kind of sources.

    Attributes:
        key: the outlet's name as it was given; `name` safe to be shown.
        of: whom: the outlet, or the kind of sources.
        cues: how many hand-overs have a cue.
        shares: in per cent of them, for each of `OUTLET_STANCES`; empty if there are none.
        baseline: the same over all kinds of sources of that outlet.
        verbs: with how often.
        few: whether the cues are too few for shares.

    """

    key: str
    name: str
    of: str
    cues: int
    shares: tuple[int, ...]
    baseline: tuple[int, ...]
    verbs: str
    few: bool


def handed_over(store: Store) -> dict[tuple[str, str], Handed]:
    """How each outlet hands over the words of each kind of sources, by outlet and kind."""
    stances: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    verbs: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    whole: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    query = "SELECT outlet, what, kind, label, number FROM site_counts WHERE what IN ('stance', 'verb') ORDER BY number DESC, label"
    for outlet, what, kind, label, count in store.sql(query).rows:
        key = "" if outlet == NOT_GIVEN else outlet
        if what == "verb":
            verbs[key, kind].append((label, count))
        else:
            stances[key, kind][label] = count
            whole[key][label] += count
    return {at: _handed(*at, counted, verbs[at], whole[at[0]]) for at, counted in stances.items()}


def _handed(key: str, kind: str, counted: Mapping[str, int], verbs: Sequence[tuple[str, int]], whole: Mapping[str, int]) -> Handed:
    cues = sum(counted.values())
    return Handed(key, one_line(key or NOT_GIVEN), kind, cues, _shares(counted), _shares(whole), ranked(verbs), cues < FEW_CUES)


def _shares(counted: Mapping[str, int]) -> tuple[int, ...]:
    total = sum(counted.values())
    return tuple(round(100 * counted.get(label, 0) / total) for label in OUTLET_STANCES) if total else ()


def ranked(verbs: Sequence[tuple[str, int]]) -> str:
    """The most frequent verbs with how often."""
    return ", ".join(f"{label} {count}" for label, count in verbs[:SHOWN_VERBS]) + (" …" if len(verbs) > SHOWN_VERBS else "")
