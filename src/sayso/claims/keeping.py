"""The claims of a store's stories, kept as its derived tables `claims`, `contradictions` and `claim_runs`, and brought up to date.

Always true here: a kept claim belongs to a story as the store has it now: rows of a story whose articles, carriers or matcher have changed,
or that is no more, go at the next update, and `current` says meanwhile which stories may be shown; the tables hold whole stories, each text
once, whatever window somebody looks at.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from sayso.claims.matrix import Matrix
from sayso.claims.meaning import PieceScorer
from sayso.claims.record import record
from sayso.claims.story import claims
from sayso.errors import UsageError
from sayso.reading import Reading
from sayso.store.store import Store
from sayso.stories.keeping import need_stories, text_of
from sayso.stories.profile import day_of

CLAIMS, CONTRADICTIONS, RUNS = "claims", "contradictions", "claim_runs"
EDITION = "1"  # of what is kept; another one makes all stories anew
SAVE_AFTER = 120.0  # seconds after which an update of many stories writes down what it has

COLUMNS = {
    "story": "VARCHAR", "claim": "VARCHAR", "article": "VARCHAR", "statement": "VARCHAR", "outlet": "VARCHAR", "how": "VARCHAR",
    "voice": "VARCHAR", "speaker": "VARCHAR", "chain": "VARCHAR", "outlet_stance": "VARCHAR", "commitment": "VARCHAR",
    "polarity": "VARCHAR", "confidence": "DOUBLE", "text": "VARCHAR", "spans": "BIGINT[][]",
}  # fmt: skip
CLASHES = {
    "story": "VARCHAR", "kind": "VARCHAR", "confidence": "DOUBLE", "claim": "VARCHAR", "article": "VARCHAR", "statement": "VARCHAR",
    "outlet": "VARCHAR", "text": "VARCHAR", "spans": "BIGINT[][]", "other_claim": "VARCHAR", "other_article": "VARCHAR",
    "other_statement": "VARCHAR", "other_outlet": "VARCHAR", "other_text": "VARCHAR", "other_spans": "BIGINT[][]",
}  # fmt: skip
_RUN = {"story": "VARCHAR", "articles": "VARCHAR", "matcher": "VARCHAR", "claims": "BIGINT", "miss_rate": "DOUBLE"}

Row = tuple[Any, ...]


class Kept(NamedTuple):
    """What an update did: stories made now, stories that were up to date, stories whose rows went."""

    made: int
    already: int
    gone: int


def articles(store: Store, story: str, days: int | None = None) -> tuple[list[Reading], int]:
    """The articles of a story in order of publication, and how many were left out because they stand outside the window.

    Args:
        store: with its stories.
        story: id of one.
        days: how many days after the story's first article one may be published; an article without a date is outside then. None takes all.

    Raises:
        UsageError: there are no stories, or none of that name.

    """
    need_stories(store)
    rows = store.sql(
        "SELECT s.article, a.published FROM stories s JOIN articles a ON a.id = s.article WHERE s.story = ? "
        "ORDER BY a.published NULLS LAST, a.id",
        [story],
    ).rows
    if not rows:
        raise UsageError(f"there is no story {story[:60]!r} in {store.path}: `sayso stories {store.path}` lists them")
    dated = {str(key): day_of(published) for key, published in rows}
    first = min((day for day in dated.values() if day is not None), default=None)
    kept = [key for key, day in dated.items() if days is None or (day is not None and first is not None and day - first <= days)]
    found = {reading.document.id: reading for reading in store.readings(kept)}
    return [found[key] for key in kept if key in found], len(rows) - len(kept)


def current(store: Store) -> frozenset[str]:
    """The stories whose kept claims are those of their articles as the store has them now, by whatever matcher."""
    if not store.has(RUNS) or not store.has("stories"):
        return frozenset()
    now = _articles(store)
    return frozenset(str(row[0]) for row in _rows(store, RUNS, _RUN) if now.get(str(row[0])) == row[1])


def is_current(store: Store, story: str) -> bool:
    """The same of one story, without looking at the others."""
    if not store.has(RUNS) or not store.has("stories"):
        return False
    rests_on = _articles(store, story).get(story)
    return any(row[1] == rests_on for row in _rows(store, RUNS, _RUN) if row[0] == story)


def outdated(store: Store) -> frozenset[str]:
    """The stories with kept claims that are no longer those of their articles; what others put into the table is left alone."""
    if not store.has(CLAIMS) or not store.has(RUNS):
        return frozenset()
    return frozenset(str(story) for (story,) in store.sql(f"SELECT DISTINCT story FROM {CLAIMS}").rows) - current(store)


def keep(store: Store, made: Mapping[str, Matrix], matcher: str) -> int:
    """Write down the matrices of some whole stories in place of what was kept of them, and return how many stories lost stale rows.

    Args:
        store: that they come from.
        made: by story.
        matcher: the name of the network that matched, or `record.MATCHED_BY_WORDS`.

    """
    now, runs = _articles(store), _rows(store, RUNS, _RUN)
    stay = [row for row in runs if row[0] not in made and now.get(str(row[0])) == row[1]]
    stories = {str(row[0]) for row in stay}
    new = [(story, now.get(story, ""), matcher, len(matrix.claims), matrix.miss_rate) for story, matrix in made.items()]
    records = [(story, record(matrix, {})) for story, matrix in made.items()]
    # Runs go first and come last: rows without a run are never taken for current, wherever this is interrupted.
    store.put(RUNS, _RUN, stay)
    for name, columns, rows in ((CLAIMS, COLUMNS, _claims), (CONTRADICTIONS, CLASHES, _clashes)):
        old = [row for row in _rows(store, name, columns) if row[0] in stories]
        store.put(name, columns, [*old, *(row for story, each in records for row in rows(story, each))])
    store.put(RUNS, _RUN, sorted([*stay, *new]))
    return len({str(row[0]) for row in runs} - stories - made.keys())


def update(
    store: Store,
    scorer: PieceScorer | None,
    matcher: str,
    progress: Callable[[int, int], None] = lambda _, __: None,
) -> Kept:
    """Make the claims of all stories of at least two articles that have none, or none that are current; the others stay as they are.

    Args:
        store: with its stories.
        scorer: the claim network; None matches by words.
        matcher: its name.
        progress: told how many stories are made, and of how many.

    """
    need_stories(store)
    fresh = current(store)
    by = {str(row[0]): row[2] for row in _rows(store, RUNS, _RUN)}
    sized = store.sql("SELECT story, count(*) FROM stories GROUP BY story ORDER BY story").rows
    stories = [str(story) for story, size in sized if size > 1]
    wanted = [story for story in stories if story not in fresh or by.get(story) != matcher]
    carried, made, gone, saved = text_of(store), dict[str, Matrix](), 0, time.monotonic()
    for number, story in enumerate(wanted, 1):
        made[story] = claims(articles(store, story)[0], scorer, text_of=carried)
        progress(number, len(wanted))
        if time.monotonic() - saved > SAVE_AFTER:
            gone += keep(store, made, matcher)
            made, saved = {}, time.monotonic()
    gone += keep(store, made, matcher)
    return Kept(len(wanted), len(stories) - len(wanted), gone)


def _articles(store: Store, story: str | None = None) -> dict[str, str]:
    """What the claims of each story (or of one) rest on, as one digest: its articles, and whose text each carries."""
    carried = text_of(store)
    held: dict[str, list[str]] = {}
    only, of = ("WHERE story = ? ", [story]) if story is not None else ("", [])
    for name, article in store.sql(f"SELECT story, article FROM stories {only}ORDER BY ALL", of).rows:
        held.setdefault(str(name), []).append(f"{article} {carried.get(str(article), article)}")
    return {name: hashlib.sha256("\n".join((EDITION, *lines)).encode()).hexdigest()[:16] for name, lines in held.items()}


def _rows(store: Store, name: str, columns: Mapping[str, str]) -> list[Row]:
    """The rows of a table as they were written; none where it is missing or of another make."""
    if not store.has(name):
        return []
    table = store.sql(f"SELECT * FROM {name}")
    return table.rows if table.columns == tuple(columns) else []


def _claims(story: str, made: Mapping[str, Any]) -> Iterator[Row]:
    for claim in made["claims"]:
        for telling in claim["tellings"]:
            values = telling | {"story": story, "claim": claim["claim"], "chain": " > ".join(telling["chain"])}
            yield tuple(values[name] for name in COLUMNS)


def _clashes(story: str, made: Mapping[str, Any]) -> Iterator[Row]:
    for each in made["contradictions"]:
        first, second = each["tellings"]
        values = first | {f"other_{name}": value for name, value in second.items()}
        values |= {"story": story, "kind": each["kind"], "confidence": each["confidence"]}
        yield tuple(values[name] for name in CLASHES)
