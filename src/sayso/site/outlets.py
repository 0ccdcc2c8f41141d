"""The page of all outlets: how each tells the stories that others tell as well, measure by measure and voice by voice.

Always true here: outlets stand in alphabetical order, or by a column of the user's own; nothing is added up over measures or voices; every
number stands with what it rests on, and what rests on too few is gray and says so; without stories, the page says which command is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.errors import UsageError
from sayso.export.sourcing import NOT_GIVEN
from sayso.reading import IDENTITIES, KINDS, OUTLET_STANCES
from sayso.render.safe import one_line
from sayso.render.words import IDENTITY, STANCE
from sayso.site.contrasts import Panel, missing, panels
from sayso.site.handed import FEW_CUES, KIND, Handed, handed_over
from sayso.site.kept import need
from sayso.site.spoken import Spoken, spoken
from sayso.store.store import Store


@dataclass(frozen=True, slots=True)
class Line:
    """One outlet in numbers.

    Attributes:
        key: its name as it was given; empty for the articles that name none.
        name: the same, safe to be shown.
        group: what the user's column says of it; empty without one.
        stories: in how many stories it has articles; None without stories.
        own: share of its words in its own voice, in per cent.
        identities: share of its attributions, in per cent, for each of `IDENTITIES`; None with no attribution.
        opens: who speaks first in most of its articles, in words.

    """

    key: str
    name: str
    group: str
    articles: int
    stories: int | None
    words: int
    own: int
    attributions: int
    speakers: int
    identities: tuple[int | None, ...]
    opens: str


@dataclass(frozen=True, slots=True)
class OutletsPage:
    """What the template needs.

    Attributes:
        missing: what has to be done before there is a comparison; empty if nothing.
        tags: names of the user's columns by which outlets can be put in order, as they are and safe to be shown.
        by: the one that is chosen; empty for the alphabet.
        notes: what was left out of the comparison, in words.

    """

    articles: int
    stories: int | None
    tests: int
    missing: str
    tags: tuple[tuple[str, str], ...]
    by: str
    lines: tuple[Line, ...]
    panels: tuple[Panel, ...]
    verbs: tuple[tuple[str, tuple[Handed, ...]], ...]
    words: tuple[Spoken, ...]
    notes: tuple[str, ...]
    identities: tuple[str, ...] = tuple(IDENTITY[label] for label in IDENTITIES)
    stances: tuple[str, ...] = tuple(STANCE[label] for label in OUTLET_STANCES)
    few: int = FEW_CUES


def outlets_page(store: Store, by: str = "") -> OutletsPage:
    """The page of all outlets.

    Args:
        store: with its figures kept (`kept.keep`).
        by: a column of the user's articles that says one thing of each outlet; empty for alphabetical order.

    Raises:
        UsageError: the figures are not current, or there is no such column.

    """
    need(store)
    tags = _tags(store)
    if by and by not in tags:
        raise UsageError(f"no column {by[:60]!r} says one thing of each outlet: choose one of {', '.join(tags) or 'none'}")
    groups = tags.get(by, {})
    lines = tuple(sorted(_lines(store, groups), key=lambda line: (line.group.casefold(), line.name.casefold(), line.name)))
    notes = store.sql("SELECT about, note FROM site_notes").rows
    handed = handed_over(store)
    return OutletsPage(
        articles=sum(line.articles for line in lines),
        stories=int(store.sql("SELECT count(DISTINCT story) FROM stories").rows[0][0]) if store.has("stories") else None,
        tests=sum(int(note) for about, note in notes if about == "tests"),
        missing=missing(store),
        tags=tuple((tag, one_line(tag)) for tag in tags),
        by=one_line(by),
        lines=lines,
        panels=panels(store, [line.key for line in lines]),
        verbs=tuple(
            (KIND[kind], rows) for kind in KINDS if (rows := tuple(handed[line.key, kind] for line in lines if (line.key, kind) in handed))
        ),
        words=spoken(store, [line.key for line in lines], ("own",), 6),
        notes=tuple(one_line(note) for about, note in notes if about in ("comparison", "words")),
    )


def _lines(store: Store, groups: Mapping[str, str]) -> list[Line]:
    counts: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    query = "SELECT outlet, what, label, number FROM site_counts WHERE what IN ('identity', 'opener') ORDER BY number DESC, label"
    for outlet, what, label, count in store.sql(query).rows:
        counts[outlet, what].append((label, count))
    lines = []
    for outlet, articles, words, own, attributions, speakers, _, stories, *_ in store.sql("SELECT * FROM site_outlets").rows:
        key = "" if outlet == NOT_GIVEN else outlet
        identities = dict(counts[outlet, "identity"])
        shares = tuple(round(100 * identities.get(label, 0) / attributions) if attributions else None for label in IDENTITIES)
        opener, opened = next(iter(counts[outlet, "opener"]), ("", 0))
        lines.append(
            Line(
                key,
                one_line(outlet),
                one_line(groups.get(key, "")),
                articles,
                stories,
                words,
                round(100 * own),
                attributions,
                speakers,
                shares,
                f"{opener_in_words(opener)} ({opened:,} of {articles:,})" if opener else "",
            )
        )
    return lines


def opener_in_words(label: str) -> str:
    """`named person` as it is; the other ways of knowing a source in words."""
    identity, _, kind = label.partition(" ")
    return f"{IDENTITY[identity]} {kind}".strip()


def _tags(store: Store) -> dict[str, dict[str, str]]:
    """The user's columns that say one thing of each outlet and not the same of all: name → outlet → value."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for outlet, name, value in store.sql("SELECT outlet, kind, label FROM site_counts WHERE what = 'tag' ORDER BY ALL").rows:
        found[name][outlet] = value
    return dict(found)
