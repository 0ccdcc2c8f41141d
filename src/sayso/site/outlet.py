"""The page of one outlet: what its articles are made of, whom it lets speak and how, its words, and where to look in its own voice.

Always true here: it says nothing of the outlet that it does not say of every other one in the same way; passages are the latest ones, not
the worst ones; what these pages cannot tell stands on the page itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sayso.errors import UsageError
from sayso.export.sourcing import NOT_GIVEN
from sayso.reading import KINDS, OUTLET_STANCES
from sayso.render.safe import one_line
from sayso.render.words import IDENTITY, STANCE
from sayso.site.charts import Chart, Dot
from sayso.site.contrasts import missing, panels
from sayso.site.handed import FEW_CUES, KIND, Handed, handed_over
from sayso.site.kept import need
from sayso.site.links import slug
from sayso.site.outlets import opener_in_words
from sayso.site.spoken import Spoken, spoken
from sayso.store.store import Store

LATEST, MOST_SOURCES, MOST_PASSAGES = 30, 40, 40
LABEL = {
    "loaded": "loaded words",
    "evaluation": "evaluation",
    "exhortation": "call to do something",
    "generalization": "generalization",
    "presupposition": "taken for granted",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One of its articles."""

    article: str
    title: str
    day: str
    words: int
    own: int
    story: str | None


@dataclass(frozen=True, slots=True)
class Heard:
    """One of its sources: name to be shown, folded name, kind and standing, and what it gets in this outlet; `article` and `number`
    lead to its first statement where it speaks in one article only.
    """

    name: str
    folded: str
    kind: str
    standing: str
    full_name: bool
    articles: int
    attributions: int
    words: int
    opens: int
    outlets: int
    article: str | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence in its own voice that a measure points at.

    Attributes:
        number: of the finding in its article, from 1: the anchor is `f` and this number.
        label: what was found, in words.
        words: that it rests on.
        text: the sentence that holds them.

    """

    article: str
    number: int
    title: str
    day: str
    label: str
    words: str
    text: str


@dataclass(frozen=True, slots=True)
class OutletPage:
    """What the template needs; shares in per cent.

    Attributes:
        key: the outlet's name as it was given; `name` safe to be shown.
        stories: how many it tells, and `shared` how many of them others tell as well; None without stories.
        since: the first day and `until` the last one; empty without dates.
        identities: how far it is known who speaks, with how many attributions.
        kinds: of its sources, with how many attributions.
        openers: who speaks first, with how many articles.
        found: passages there are; `passages` shows the latest.

    """

    key: str
    name: str
    articles: int
    words: int
    own: int
    attributions: int
    speakers: int
    stories: int | None
    shared: int | None
    since: str
    until: str
    missing: str
    panels: tuple[tuple[str, tuple[tuple[Chart, Dot], ...]], ...]
    identities: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    openers: tuple[tuple[str, int], ...]
    handed: tuple[tuple[str, Handed], ...]
    words_of: tuple[Spoken, ...]
    heard: tuple[Heard, ...]
    passages: tuple[Passage, ...]
    found: int
    latest: tuple[Listed, ...]
    stances: tuple[str, ...] = tuple(STANCE[label] for label in OUTLET_STANCES)
    few: int = FEW_CUES


def outlet_page(store: Store, at: str) -> OutletPage:
    """The page of one outlet.

    Args:
        store: with its figures kept (`kept.keep`).
        at: what stands for it in an address (`links.slug` of its name).

    Raises:
        UsageError: the figures are not current, or there is no such outlet.

    """
    need(store)
    kept = {slug(row[0]): row for row in store.sql("SELECT * FROM site_outlets").rows if row[0] != NOT_GIVEN}
    if at not in kept:
        raise UsageError("no outlet has this address here: the list of outlets leads to those there are")
    key, articles, words, own, attributions, speakers, _, stories, shared, since, until = kept[at]
    counted = store.sql("SELECT what, label, number FROM site_counts WHERE outlet = ? ORDER BY number DESC, label", [key]).rows
    handed = handed_over(store)
    return OutletPage(
        key=key,
        name=one_line(key),
        articles=articles,
        words=words,
        own=round(100 * own),
        attributions=attributions,
        speakers=speakers,
        stories=stories,
        shared=shared,
        since=since.isoformat() if since else "",
        until=until.isoformat() if until else "",
        missing=missing(store),
        panels=_panels(store, key),
        identities=tuple((IDENTITY[label], number) for what, label, number in counted if what == "identity"),
        kinds=tuple((KIND[label], number) for what, label, number in counted if what == "kind"),
        openers=tuple((opener_in_words(label), number) for what, label, number in counted if what == "opener")[:6],
        handed=tuple((KIND[kind], handed[key, kind]) for kind in KINDS if (key, kind) in handed),
        words_of=spoken(store, [key]),
        heard=_heard(store, key),
        passages=_passages(store, key),
        found=int(store.sql("SELECT count(*) FROM site_passages WHERE outlet = ?", [key]).rows[0][0]),
        latest=_latest(store, key),
    )


def _panels(store: Store, key: str) -> tuple[tuple[str, tuple[tuple[Chart, Dot], ...]], ...]:
    """Its own dot of each chart, on the scale that the chart has for all outlets."""
    outlets = [str(row[0]) for row in store.sql("SELECT DISTINCT outlet FROM site_contrasts ORDER BY 1").rows]
    found = (
        (panel.title, tuple((chart, dot) for chart in panel.charts for dot in chart.dots if dot.point.outlet == key))
        for panel in panels(store, outlets)
    )
    return tuple((title, rows) for title, rows in found if rows)


def _heard(store: Store, key: str) -> tuple[Heard, ...]:
    query = (
        "SELECT s.shown, s.name, s.kind, s.standing, s.full_name,"
        " p.articles, p.attributions, p.words, p.opens, s.outlets, s.article, s.number"
        " FROM site_parts p JOIN site_sources s USING (slug) WHERE p.outlet = ?"
        f" ORDER BY p.words DESC, p.attributions DESC, s.shown LIMIT {MOST_SOURCES}"
    )
    return tuple(Heard(*row) for row in store.sql(query, [key]).rows)


def _passages(store: Store, key: str) -> tuple[Passage, ...]:
    query = (
        "SELECT article, number, title, published, label, words, text FROM site_passages WHERE outlet = ?"
        f" ORDER BY published DESC NULLS LAST, article, number LIMIT {MOST_PASSAGES}"
    )
    return tuple(_passage(row) for row in store.sql(query, [key]).rows)


def _passage(row: Sequence[Any]) -> Passage:
    article, number, title, published, label, words, text = row
    return Passage(article, number, title, one_line(published or "")[:10], LABEL.get(label, one_line(label)), words, text)


def _latest(store: Store, key: str) -> tuple[Listed, ...]:
    several = " LEFT JOIN (SELECT * FROM stories QUALIFY count(*) OVER (PARTITION BY story) > 1) s ON s.article = a.id"
    story, join = ("s.story", several) if store.has("stories") else ("NULL", "")
    query = (
        f'SELECT a.id, a.title, a."day", a.words, a.own_share, {story} FROM articles a{join} WHERE a.outlet = ?'
        f' ORDER BY a."day" DESC NULLS LAST, a.published DESC NULLS LAST, a.id LIMIT {LATEST}'
    )
    return tuple(
        Listed(article, one_line(title or "") or "(no title)", day.isoformat() if day else "", words, round(100 * own), story)
        for article, title, day, words, own, story in store.sql(query, [key]).rows
    )
