"""The claims of a store's stories, kept as its derived tables `claims`, `contradictions` and `claim_runs`, and brought up to date.

Always true here: a kept claim belongs to a story as the store has it now: rows of a story whose articles, carriers or matcher have changed,
or that is no more, go at the next update, and `current` says meanwhile which stories may be shown; the tables hold whole stories, each text
once, whatever window somebody looks at.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sayso.claims.matrix import Matrix
from sayso.claims.meaning import PieceScorer
from sayso.claims.record import record
from sayso.claims.story import claims
from sayso.errors import UsageError
from sayso.reading import Reading
from sayso.store.store import Store
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
    if not store.has("stories"):
        raise UsageError(f"no stories in {store.path} yet: run sayso stories {store.path}")
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


def text_of(store: Store) -> dict[str, str]:
    """Whose text each article carries, as far as copies were looked for."""
    if not store.has("carriers"):
        return {}
    return {str(article): str(text) for article, text in store.sql("SELECT article, text_of FROM carriers WHERE article <> text_of").rows}


def current(store: Store) -> set[str]:
    """The stories whose kept claims are those of their articles as the store has them now, by whatever matcher."""
    if not store.has(RUNS) or not store.has("stories"):
        return set()
    now = _articles(store)
    return {str(story) for story, had in store.sql(f"SELECT story, articles FROM {RUNS}").rows if now.get(str(story)) == had}


def keep(store: Store, made: Mapping[str, Matrix], matcher: str) -> int:
    """Write down the matrices of some whole stories in place of what was kept of them; return how many stories lost rows that are stale.

    Args:
        store: that they come from.
        made: by story.
        matcher: the name of the network that matched, or `record.MATCHED_BY_WORDS`.

    """
    now, fresh = _articles(store), current(store)
    before = {str(story) for (story,) in store.sql(f"SELECT story FROM {RUNS}").rows} if store.has(RUNS) else set()
    stays = fresh - made.keys()
    records = {story: record(matrix, {}) for story, matrix in made.items()}
    runs = [(story, now.get(story, ""), matcher, len(matrix.claims), matrix.miss_rate) for story, matrix in made.items()]
    # The runs go first and come last: rows without a run are never shown, whenever this stops.
    store.put(RUNS, _RUN, [])
    old_runs = [] if not before else _runs_left
    del old_runs
    return _written(store, stays, records, runs, before)
