"""The page of one source over all articles: in which outlets, how often, by which verbs, through whom, and everything it is made to say.

Always true here: a source is everything of one kind and one folded name; names and roles stand as the articles have them, with how often;
statements stand in order of time and lead to the very place in their article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.errors import UsageError
from sayso.export.sourcing import NOT_GIVEN
from sayso.reading import FORMS, OUTLET_STANCES, POLARITIES
from sayso.render.safe import one_line
from sayso.render.words import CHECK_BELOW, FORM, POLARITY, STANCE
from sayso.site.handed import ranked
from sayso.site.kept import need
from sayso.store.store import Store

PER_PAGE = 100
MOST = 12  # names, roles, verbs, ways in one list
_SLUG = re.compile(r"[0-9a-f]{16}")

REPEATED, SEVERAL = ("role", "affiliation"), 10  # what has to stand in two articles to be shown, for sources of so many articles
OVERALL = ("shown", "role", "affiliation", "standing", "polarity", "chain")
"""Columns of the statements that are counted over all outlets."""
Counts = Mapping[tuple[str, str], list[tuple[str, int]]]
"""Column and outlet (empty for all of them) → what there is and how often."""
Counted = tuple[tuple[str, int], ...]
"""What there is and how often, most frequent first."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the source is made to say.

    Attributes:
        number: of the attribution in its article, from 1: the anchor is `t` and this number.
        how: the form and, where it is out of the ordinary, the hand-over, in words.
        chain: the way from the outlet to the source; empty if it has one step.
        place: share of the article that stands before it, in per cent; None without words.
        check: whether we are not sure of it.

    """

    article: str
    number: int
    outlet: str
    title: str
    day: str
    story: str | None
    verb: str
    how: str
    chain: str
    text: str
    words: int
    place: int | None
    check: bool


@dataclass(frozen=True, slots=True)
class InOutlet:
    """What the source gets in one outlet.

    Attributes:
        key: the outlet's name as it was given; empty if none was.
        first: mean share of the article before its first word, in per cent.
        opens: in how many articles it is the first to speak.
        counts: statements by form and by hand-over, for each of the page's columns.
        verbs: with how often.

    """

    key: str
    name: str
    articles: int
    attributions: int
    words: int
    first: int | None
    opens: int
    counts: tuple[int, ...]
    verbs: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """What the template needs.

    Attributes:
        shown: the name found most often, safe to be shown.
        name: the folded name by which it is told apart.
        full_name: false for a person known by one word, who may be several people.
        stories: how many it speaks in; None without stories.
        share: its words among all words handed over, in per cent.
        names: as they stand; `roles`, `affiliations` and `standings` the same.
        polarities: statements that deny or withhold, in words.
        ways: through whom its words came.
        columns: forms and hand-overs that occur, in words.
        alike: other sources whose name holds this one, or is held by it: kind, folded name, name to be shown.
        number: of the page of statements, from 1, and `pages` how many there are.

    """

    shown: str
    name: str
    kind: str
    full_name: bool
    outlets: int
    stories: int | None
    articles: int
    attributions: int
    words: int
    share: float
    names: Counted
    roles: Counted
    affiliations: Counted
    standings: Counted
    polarities: Counted
    ways: Counted
    columns: tuple[str, ...]
    rows: tuple[InOutlet, ...]
    alike: tuple[tuple[str, str, str], ...]
    statements: tuple[Statement, ...]
    number: int
    pages: int


def source_page(store: Store, at: str, number: int = 1) -> SourcePage:
    """The page of one source.

    Args:
        store: with its figures kept (`kept.keep`).
        at: what stands for it in an address (`links.slug` of its kind and folded name).
        number: of the page of its statements, from 1.

    Raises:
        UsageError: the figures are not current, or there is no such source or page.

    """
    need(store)
    found = store.sql("SELECT * FROM site_sources WHERE slug = ?", [at]) if _SLUG.fullmatch(at) else None
    if found is None or not found.rows:
        raise UsageError("no source has this address here: the list of sources leads to those there are")
    known: Mapping[str, Any] = dict(zip(found.columns, found.rows[0], strict=True))
    pages = max(1, -(-known["attributions"] // PER_PAGE))
    if not 1 <= number <= pages:
        raise UsageError(f"{known['shown']} has {pages} pages of statements, not {number}")
    counts = _counts(store, at)
    columns, rows = _rows(store, at, counts)
    return SourcePage(
        **{name: known[name] for name in ("shown", "name", "kind", "full_name", "outlets", "stories", "articles", "attributions", "words")},
        share=100 * known["share"],
        names=tuple(counts["shown", ""][:MOST]),
        roles=tuple(counts["role", ""][:MOST]),
        affiliations=tuple(counts["affiliation", ""][:MOST]),
        standings=tuple(counts["standing", ""][:MOST]),
        polarities=tuple((POLARITY[label], times) for label, times in counts["polarity", ""] if label in POLARITIES[1:]),
        ways=tuple((_between(way, known["shown"]), times) for way, times in counts["chain", ""][:MOST]),
        columns=columns,
        rows=rows,
        alike=_alike(store, known),
        statements=_statements(store, at, number),
        number=number,
        pages=pages,
    )


def _counts(store: Store, at: str) -> Counts:
    """What there is of each column over all outlets (under an empty name) and in each, most frequent first; one pass over the source."""
    # One article can repeat a phrase that was wrongly taken for a role; what several articles say is worth showing.
    twice = f" HAVING count(DISTINCT article) > 1 OR (SELECT count(DISTINCT article) FROM s) < {SEVERAL}"
    whole = [
        f"SELECT '{name}' AS what, '' AS o, {name} AS label, count(*) AS n FROM s GROUP BY label{twice if name in REPEATED else ''}"
        for name in OVERALL
    ]
    each = [f"SELECT '{name}', o, {name}, count(*) FROM s GROUP BY ALL" for name in ("form", "stance", "verb")]
    union = " UNION ALL ".join([*whole, *each])
    query = (
        f"WITH s AS MATERIALIZED (SELECT coalesce(outlet, '{NOT_GIVEN}') AS o, form, stance, verb, article, {', '.join(OVERALL)}"
        f" FROM site_statements WHERE slug = ?) SELECT * FROM ({union}) WHERE label NOT IN ('', 'none') ORDER BY n DESC, label"
    )
    found: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for what, outlet, label, times in store.sql(query, [at]).rows:
        found[what, outlet].append((label, times))
    return found


def _between(way: str, shown: str) -> str:
    """The steps between the outlet and the source."""
    return way.removeprefix("outlet").removeprefix(" → ").removeprefix(", ").removesuffix(f" → {shown}")


def _rows(store: Store, at: str, counts: Counts) -> tuple[tuple[str, ...], tuple[InOutlet, ...]]:
    """What the source gets in each outlet, with the forms and hand-overs that occur."""
    labels = [(what, label) for what, closed in (("form", FORMS), ("stance", OUTLET_STANCES)) for label in closed]
    there = [
        (what, label) for what, label in labels if any(label in dict(found) for (column, _), found in counts.items() if column == what)
    ]
    parts = store.sql("SELECT outlet, articles, attributions, words, first, opens FROM site_parts WHERE slug = ?", [at]).rows
    return tuple(FORM[label] if what == "form" else STANCE[label] for what, label in there), tuple(
        InOutlet(
            "" if outlet == NOT_GIVEN else outlet,
            one_line(outlet),
            *(articles, attributions, words, None if first is None else round(100 * first), opens),
            counts=tuple(dict(counts[what, outlet]).get(label, 0) for what, label in there),
            verbs=ranked(counts["verb", outlet]),
        )
        for outlet, articles, attributions, words, first, opens in sorted(parts, key=lambda part: (part[0].casefold(), part[0]))
    )


def _alike(store: Store, known: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Sources of the same kind of whose names this one's is the last word, or the other way round."""
    if known["kind"] != "person":
        return ()
    last = known["name"].rsplit(" ", 1)[-1]
    condition = "name = ?" if known["full_name"] else "ends_with(name, ' ' || ?)"
    where = f"kind = 'person' AND article IS NULL AND {condition} AND name <> ?"
    query = f"SELECT kind, name, shown FROM site_sources WHERE {where} ORDER BY words DESC LIMIT {MOST}"
    return tuple(store.sql(query, [last, known["name"]]).rows)


def _statements(store: Store, at: str, number: int) -> tuple[Statement, ...]:
    query = (
        "SELECT article, number, outlet, title, day, published, story, verb, form, stance, polarity, chain, text, words, place, confidence"
        " FROM site_statements WHERE slug = ? ORDER BY day NULLS LAST, published NULLS LAST, article, number"
        f" LIMIT {PER_PAGE} OFFSET {PER_PAGE * (number - 1)}"
    )
    return tuple(_statement(row) for row in store.sql(query, [at]).rows)


def _statement(row: tuple[Any, ...]) -> Statement:
    article, number, outlet, title, day, published, story, verb, form, stance, polarity, chain, text, words, place, confidence = row
    more = (STANCE[stance] + " hand-over") if stance != "acknowledges" else ""
    how = " · ".join(part for part in (FORM[form], POLARITY[polarity], more) if part)
    when = day.isoformat() if day else one_line(published or "")
    share = None if place is None else round(100 * place)
    return Statement(
        *(article, number, one_line(outlet or NOT_GIVEN), title, when, story, verb, how, chain, text, words, share),
        check=confidence < CHECK_BELOW,
    )
