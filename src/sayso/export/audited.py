"""The source audit of a store.

Always true here: every article is counted once; with `once`, articles that carry another one's text are left out and counted apart.
"""

from __future__ import annotations

from sayso.errors import UsageError
from sayso.export.sourced import CorpusAudit
from sayso.export.sourcing import Sources
from sayso.store.store import Store
from sayso.stories.keeping import kept, text_of


def audit_store(store: Store, *, by: str = "outlet", once: bool = False) -> CorpusAudit:
    """Count who speaks in a store.

    Args:
        store: with or without the tables `stories` and `carriers`.
        by: what makes groups of articles: `outlet`, `section`, `language`, or a column that came with the articles.
        once: leave out articles that carry another one's text.

    Raises:
        UsageError: no article has that column, or it was never looked for who carries whose text.

    """
    if once and not store.has("carriers"):
        raise UsageError(f"it is not known yet which articles carry the same text: run `sayso stories {store.path}` first")
    copies = text_of(store) if once else {}
    sums = Sources(by, kept(store) if store.has("stories") else None)
    for reading in store.readings():
        if reading.document.id not in copies:
            sums.add(reading)
    return sums.result(len(copies))
