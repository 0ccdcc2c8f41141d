"""The page of one story: its articles, claims × outlets, headline against body, who is quoted where, how each outlet tells it, who had it
first.

Always true here: everything is said of these articles and of nothing beyond them; articles that carry one text are told once, and how many
carry it is told beside; outlets stand in the order of their first article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.claims.keeping import articles
from sayso.claims.matrix import outlet_of
from sayso.export.moments import moment
from sayso.export.names import Key, key
from sayso.export.timeline import Entry, First, firsts
from sayso.reading import Reading
from sayso.render.places import in_quotes
from sayso.render.safe import one_line
from sayso.render.words import heading, many
from sayso.site import kept
from sayso.site.links import Links
from sayso.site.story_claims import KeptClaims, StoryClaims, kept_claims, story_claims
from sayso.site.story_headlines import Headline, headlines
from sayso.site.story_sources import StorySources, story_sources
from sayso.site.story_telling import StoryTelling, story_telling
from sayso.store.store import Store
from sayso.stories.keeping import text_of

MOST_FIRSTS = 20  # shown; what most outlets have comes first


@dataclass(frozen=True, slots=True)
class Told:
    """One article: its outlet with the address of the outlet's page, when it came out, its headline, and whose text it carries."""

    address: str
    outlet: str
    outlet_address: str
    when: str
    title: str
    words: int
    carries: str


@dataclass(frozen=True, slots=True)
class Earliest:
    """A claim or a source that several outlets have: its words, who could have had it first with addresses, and how many have it."""

    kind: str
    label: str
    by: tuple[tuple[str, str], ...]
    sure: bool
    outlets: int


@dataclass(frozen=True, slots=True)
class StoryPage:
    """What `story.html.jinja` needs.

    Attributes:
        title: headline of the article that founded it.
        facts: how much it is, in words.
        articles: in order of publication, those without a date last.
        firsts: who had what first, as far as the times tell.

    """

    title: str
    facts: str
    articles: tuple[Told, ...]
    claims: StoryClaims
    headlines: tuple[Headline, ...]
    sources: StorySources
    telling: StoryTelling
    firsts: tuple[Earliest, ...]


def story_page(store: Store, story: str, links: Links) -> StoryPage:
    """The page of a story.

    Args:
        store: with its stories.
        story: id of one.
        links: as seen from the page.

    Raises:
        UsageError: there are no stories, or none of that id.

    """
    readings = articles(store, story)[0]
    carried = text_of(store)
    there = {reading.document.id: reading for reading in readings}
    once = tuple(reading for reading in readings if carried.get(reading.document.id, "") not in there)
    claims = kept_claims(store, story)
    return StoryPage(
        title=_title(story, readings),
        facts=_facts(readings, len(readings) - len(once)),
        articles=tuple(_told(reading, carried, there, links) for reading in readings),
        claims=story_claims(claims, readings, carried, links),
        headlines=headlines(once, links),
        sources=story_sources(once, links, _paged(store)),
        telling=story_telling(once),
        firsts=tuple(_earliest(each, there, links) for each in _firsts(claims, readings)[:MOST_FIRSTS]),
    )


def _title(story: str, readings: Sequence[Reading]) -> str:
    founder = next((reading for reading in readings if f"s{reading.document.id}" == story), readings[0])
    return heading(founder)


def _facts(readings: Sequence[Reading], copies: int) -> str:
    days = sorted(reading.document.published[:10] for reading in readings if reading.document.published)
    outlets = len({outlet_of(reading) for reading in readings})
    parts = [many(outlets, "outlet"), many(len(readings), "article")]
    if copies:
        parts.append(f"{copies} of them with a text that another one has too, counted once below")
    if days:
        parts.append(days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}")
    return one_line(" · ".join(parts))


def _told(reading: Reading, carried: Mapping[str, str], there: Mapping[str, Reading], links: Links) -> Told:
    document = reading.document
    text = carried.get(document.id, document.id)
    source = there.get(text) if text != document.id else None
    return Told(
        address=links.article(document.id),
        outlet=one_line(outlet_of(reading)),
        outlet_address=links.outlet(document.outlet) if document.outlet else "",
        when=one_line(document.published or "").replace("T", " "),
        title=heading(reading),
        words=reading.summary.words,
        carries=one_line(outlet_of(source)) if source else "another article" if text != document.id else "",
    )


def _firsts(claims: KeptClaims | None, readings: Sequence[Reading]) -> tuple[First, ...]:
    """Who had which claim and which source first, by the same rules as `sayso timeline`."""
    entries = {reading.document.id: _entry(reading) for reading in readings}
    held = [
        (row["claim"], row["text"], entries[row["article"]]) for row in (claims.tellings if claims else ()) if row["article"] in entries
    ]
    speaking = [
        (" ".join(who), source.name, entries[reading.document.id])
        for reading in readings
        for source in (reading.source(each) for each in dict.fromkeys(attribution.speaker for attribution in reading.attributions))
        if (who := key(source)) is not None
    ]
    return (*firsts("claim", held), *firsts("source", speaking))


def _entry(reading: Reading) -> Entry:
    document = reading.document
    when, said = moment(document.published), len(reading.attributions)
    return Entry(document.id, outlet_of(reading), document.title or "", document.url, document.published, when, None, said)


def _earliest(first: First, there: Mapping[str, Reading], links: Links) -> Earliest:
    label = first.label if first.kind == "source" else in_quotes(one_line(first.label), 160)
    by = {outlet_of(there[article]): article for article in reversed(first.first) if article in there}
    addresses = tuple((one_line(outlet), links.article(article)) for outlet, article in reversed(by.items()))
    return Earliest(first.kind, one_line(label), addresses, first.sure, first.outlets)


def _paged(store: Store) -> frozenset[Key]:
    """The sources that have a page of their own: those that speak in several articles, once figures are kept and current."""
    if not kept.current(store):
        return frozenset()
    return frozenset((str(kind), str(name)) for kind, name in store.sql("SELECT kind, name FROM site_sources WHERE article IS NULL").rows)
