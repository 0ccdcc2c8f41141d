"""What is too slow to count for every view of a page, counted once and kept as derived tables of the store.

Always true here: the mark is taken away before the first table is replaced and comes back after the last, so that figures of an interrupted
count never pass for current ones; the mark tells which articles, stories and copies they rest on; memory holds sums and the words of at
most `SPOKEN` articles, whatever the size of the store.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sayso.compare.report import Asked, Comparison, compare
from sayso.compare.units import Units, known_measures, units
from sayso.compare.vocabulary import Spoken, vocabularies
from sayso.errors import UsageError
from sayso.export.names import folded
from sayso.export.sourced import CorpusAudit
from sayso.export.sourcing import Sources
from sayso.reading import VOICES
from sayso.render.safe import one_line
from sayso.site.links import slug
from sayso.site.papers import spans, stances, tags
from sayso.site.sorting import by_first
from sayso.site.statements import PASSAGES, STATEMENTS, passages, statements
from sayso.store.store import Store
from sayso.stories.keeping import kept as stories_of

EDITION = "2"  # of what is kept; another one has everything counted anew
SPOKEN = 4_000  # articles whose words are counted at most, in whole stories
TYPICAL = 12  # words in each direction
RESAMPLES = 500  # of the articles, for intervals of words

OWN = ("loaded/own", "editorial/own", "certainty:hedge/own", "certainty:booster/own")
OTHERS = ("loaded/endorsed", "loaded/neutral", "loaded/distanced", "certainty:hedge/neutral", "certainty:booster/neutral")
MAKEUP = ("own_share", "quoted_share", "reported_share")
SOURCING = (
    "sources", "unnamed_share", "kind:person", "kind:government", "kind:organization", "kind:media", "kind:document", "kind:group",
    "standing:official", "standing:politician", "standing:expert", "standing:citizen",
)  # fmt: skip
MEASURES = (*OWN, *OTHERS, *MAKEUP, *SOURCING)
"""What outlets are compared in, as `compare.measured` names it."""

CONTRASTS = {
    "measure": "VARCHAR", "unit": "VARCHAR", "counted": "VARCHAR", "outlet": "VARCHAR", "stories": "BIGINT", "articles": "BIGINT",
    "found": "DOUBLE", "base": "DOUBLE", "level": "DOUBLE", "other_level": "DOUBLE", "value": "DOUBLE", "low": "DOUBLE", "high": "DOUBLE",
    "q": "DOUBLE", "detectable": "DOUBLE", "said": "VARCHAR",
}  # fmt: skip
NOTES = {"about": "VARCHAR", "note": "VARCHAR"}
OUTLETS_KEPT = {
    "outlet": "VARCHAR", "articles": "BIGINT", "words": "BIGINT", "own_share": "DOUBLE", "attributions": "BIGINT", "speakers": "BIGINT",
    "first": "DOUBLE", "stories": "BIGINT", "shared": "BIGINT", "since": "DATE", "until": "DATE",
}  # fmt: skip
COUNTS = {"outlet": "VARCHAR", "what": "VARCHAR", "kind": "VARCHAR", "label": "VARCHAR", "number": "BIGINT"}
WORDS = {
    "outlet": "VARCHAR", "voice": "VARCHAR", "stories": "BIGINT", "word": "VARCHAR", "here": "BIGINT", "there": "BIGINT",
    "articles": "BIGINT", "logodds": "DOUBLE", "low": "DOUBLE", "high": "DOUBLE", "q": "DOUBLE", "all_here": "BIGINT",
}  # fmt: skip
SOURCES = {
    "slug": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR", "shown": "VARCHAR", "standing": "VARCHAR", "full_name": "BOOLEAN",
    "outlets": "BIGINT", "stories": "BIGINT", "articles": "BIGINT", "attributions": "BIGINT", "words": "BIGINT", "share": "DOUBLE",
    "first": "DOUBLE", "opens": "BIGINT", "verbs": "VARCHAR", "article": "VARCHAR", "number": "BIGINT",
}  # fmt: skip
PARTS = {
    "slug": "VARCHAR", "outlet": "VARCHAR", "articles": "BIGINT", "attributions": "BIGINT", "words": "BIGINT", "first": "DOUBLE",
    "opens": "BIGINT",
}  # fmt: skip
TABLES = {
    "site_contrasts": CONTRASTS, "site_notes": NOTES, "site_outlets": OUTLETS_KEPT, "site_counts": COUNTS, "site_words": WORDS,
    "site_sources": SOURCES, "site_parts": PARTS, "site_statements": STATEMENTS, "site_passages": PASSAGES,
}  # fmt: skip
"""The kept tables with their columns; SQL sees them under these names."""
MARK = "site_mark"

Progress = Callable[[str, int, int], None]
"""Told what is being counted, how much of it is done, and out of how much (0 where that is not known)."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one pass over all readings gives besides the statements."""

    sums: Sources
    passages: list[tuple[Any, ...]]


def mark(store: Store) -> str:
    """What the figures of a store rest on, as it is now: its articles, stories and copies, and how they are counted."""
    return f"{EDITION} {store.digest('stories', 'carriers')}"


def current(store: Store) -> bool:
    """Whether there are figures of the articles and stories that the store has now."""
    return store.has(MARK) and all(map(store.has, TABLES)) and store.sql(f"SELECT mark FROM {MARK}").rows == [(mark(store),)]


def need(store: Store) -> None:
    """Raise if the figures are not current.

    Raises:
        UsageError: that names the command.

    """
    if not current(store):
        raise UsageError(
            f"the figures of {store.path} are not counted yet: `sayso report {shlex.quote(str(store.path))} -o site` counts them,"
            " and so does the server in the background"
        )


def keep(store: Store, progress: Progress = lambda *_: None) -> None:
    """Count everything that the pages of outlets and sources need, and keep it in the store.

    Args:
        store: its articles are read from a second connection, so that others can go on asking meanwhile.
        progress: told how far it is.

    Raises:
        StoreError: the disk is full; the figures are not current then.

    """
    with Store.open(store.path) as own:
        rests_on = mark(own)
        own.drop(MARK)
        found = _gather(own, progress)
        _keep_audit(own, found)
        _keep_compared(own, progress)
        own.put(MARK, {"mark": "VARCHAR"}, [(rests_on,)])


def _gather(store: Store, progress: Progress) -> Gathered:
    """One pass over all readings: statements go to disk as they come, sums stay."""
    stories = stories_of(store) if store.has("stories") else None
    sizes = Counter((stories or {}).values())
    told = {article: story for article, story in (stories or {}).items() if sizes[story] > 1}
    days = dict(store.sql('SELECT id, CAST("day" AS VARCHAR) FROM articles').rows)
    found = Gathered(Sources("outlet", stories), [])

    def rows() -> Iterator[tuple[Any, ...]]:
        for number, reading in enumerate(store.readings(), 1):
            article = reading.document.id
            found.sums.add(reading)
            found.passages.extend(passages(reading))
            yield from statements(reading, told.get(article), days.get(article))
            progress("articles", number, len(days))

    store.put("site_statements", STATEMENTS, by_first(rows()))  # a page reads a stretch of it and not all
    return found


def _keep_audit(store: Store, found: Gathered) -> None:
    audit = found.sums.result()
    store.put("site_passages", PASSAGES, found.passages)
    known = spans(store)
    store.put("site_outlets", OUTLETS_KEPT, (
        (row.group, row.articles, row.words, row.own_share, row.attributions, row.speakers, row.first, *known[row.group])
        for row in audit.groups
    ))  # fmt: skip
    store.put("site_counts", COUNTS, [*_counts(audit), *stances(store), *tags(store)])
    alone = store.sql(
        "SELECT slug, any_value(article), min(number) FROM site_statements GROUP BY slug HAVING count(DISTINCT article) = 1"
    ).rows
    store.put("site_sources", SOURCES, _sources(audit, {at: (article, number) for at, article, number in alone}))
    store.put("site_parts", PARTS, (
        (_slug(one.kind, one.name), part.group, part.articles, part.attributions, part.words, part.first, part.opens)
        for one in audit.speakers for part in one.parts
    ))  # fmt: skip


def _counts(audit: CorpusAudit) -> Iterator[tuple[Any, ...]]:
    for group in audit.groups:
        for what, counted in (("identity", group.identities), ("kind", group.kinds), ("opener", group.openers)):
            yield from ((group.group, what, "", label, number) for label, number in counted)
        yield from ((group.group, "verb", kind, one_line(verb), number) for kind, verbs in group.verbs for verb, number in verbs)


def _sources(audit: CorpusAudit, alone: Mapping[str, tuple[str, int]]) -> Iterator[tuple[Any, ...]]:
    """A row for each source; one that speaks in one article only has its first statement there too."""
    for one in audit.speakers:
        verbs = ", ".join(f"{one_line(verb)} {number}" for verb, number in one.verbs[:5]) + (" …" if len(one.verbs) > 5 else "")
        at = _slug(one.kind, one.name)
        yield (
            *(at, one.kind, _folded(one.kind, one.name), one_line(one.name), one.standing, one.full_name),
            *(one.groups, one.stories, one.articles, one.attributions, one.words, one.share, one.first, one.opens, verbs),
            *alone.get(at, (None, None)),
        )


def _folded(kind: str, name: str) -> str:
    return folded(name, person=kind == "person")


def _slug(kind: str, name: str) -> str:
    return slug(kind, _folded(kind, name))


def _keep_compared(store: Store, progress: Progress) -> None:
    """Contrasts and typical words; empty tables and a note where there are no stories to compare within."""
    progress("comparison", 0, 0)
    made: Comparison | None = None
    words: list[Spoken] = []
    notes: list[tuple[str, str]] = []
    try:
        of = units(store)
        known = known_measures(store)
        names = tuple(name for name in MEASURES if "/" not in name or name.partition("/")[0].partition(":")[0] in known)
        made = compare(store, Asked(names=names))
        notes += [("comparison", note) for note in made.notes]
        notes.append(("tests", f"{made.tests}"))
        some = _some(of)
        if len(some.ids) < len(of.ids):
            notes.append(("words", f"words are counted in {len(some.ids):,} of {len(of.ids):,} articles, in whole stories"))
        progress("words", 0, 0)
        words = vocabularies(store, some, VOICES, top=TYPICAL, resamples=RESAMPLES)[0]
    except UsageError as error:
        notes.append(("missing", str(error)))
    store.put("site_contrasts", CONTRASTS, _contrasts(made) if made else ())
    store.put("site_words", WORDS, (row for one in words for row in _typical(one)))
    store.put("site_notes", NOTES, notes)


def _contrasts(made: Comparison) -> Iterator[tuple[Any, ...]]:
    for row in made.rows:
        yield (
            *(row.measure, row.unit, row.counted, row.group, row.stories, row.here.articles, row.here.found, row.here.base),
            *(row.level, row.other_level, row.value, row.low, row.high, row.q, row.detectable, row.said),
        )


def _typical(one: Spoken) -> Iterator[tuple[Any, ...]]:
    if one.vocabulary is None:
        yield (one.group, one.voice, one.stories, *(None,) * 9)
        return
    for word in one.vocabulary.words:
        counted = (word.here, word.there, word.articles, word.logodds, word.low, word.high, word.q, one.vocabulary.here[0])
        yield (one.group, one.voice, one.stories, word.word, *counted)


def _some(of: Units) -> Units:
    """The articles of as many whole stories as hold `SPOKEN` articles, in the order of the stories' names (which are digests)."""
    sizes = Counter(of.story.tolist())
    chosen, total = set[int](), 0
    for story in sorted(sizes):
        total += sizes[story]
        if total <= SPOKEN:
            chosen.add(story)
    rows = [n for n, story in enumerate(of.story.tolist()) if story in chosen]
    if len(rows) == len(of.ids):
        return of
    shares = {name: values[rows] for name, values in of.shares.items()}
    ids, outlets = (tuple(each[n] for n in rows) for each in (of.ids, of.outlets))
    return replace(of, ids=ids, outlets=outlets, group=of.group[rows], story=of.story[rows], words=of.words[rows], shares=shares)
