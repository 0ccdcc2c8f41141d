"""What the server works with: a store or none, the shelf of articles read here, the jobs, and what stands around every page.

Always true here: an article is looked for on the shelf first, then in the store; without a store nothing of it stays on a disk.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hmac import compare_digest
from secrets import token_urlsafe

from sayso.corrections.log import Log
from sayso.errors import StoreError, UsageError
from sayso.reader import Reader
from sayso.reading import Generator, Reading
from sayso.render.safe import encodable, one_line
from sayso.render.words import OPENING, heading, headline, many
from sayso.site.frame import Frame, on_server
from sayso.store.store import Store
from sayso.web.figures import Figures
from sayso.web.jobs import Jobs
from sayso.web.memory_log import Corrections, MemoryLog
from sayso.web.shelf import Shelf

WITHOUT = ("articles",)  # pages that there are without a store


class Desk:
    """All that one server holds.

    Args:
        reader: makes the reader.
        store: a collection to browse, and to keep articles in; None for none.
        shared: whether others than this machine can reach the server.

    Attributes:
        token: what every form has to send back; new for every start.
        corrections: what people corrected: in the store, or in memory.

    """

    def __init__(self, reader: Callable[[], Reader], store: Store | None = None, *, shared: bool = False) -> None:
        self.store, self.shared = store, shared
        self.shelf, self.token = Shelf(), token_urlsafe(24)
        self.jobs = Jobs(reader, lambda reading: self.shelf.put((reading,)), self.keep, complain)
        self.corrections: Corrections = MemoryLog() if store is None else Log(store.path, complain)
        self.figures = None if store is None else Figures(store, complain)

    def is_ours(self, token: str) -> bool:
        """Whether a form that sends this was made by this start of the server."""
        return compare_digest(token.encode("utf-8", "replace"), self.token.encode())

    def start(self) -> None:
        """Begin to work in the background."""
        self.jobs.start()
        if self.figures is not None:
            self.figures.count()

    def stop(self) -> None:
        """End what goes on in the background, and let go of the store."""
        self.jobs.stop()
        if self.figures is not None:
            self.figures.stop()
        if self.store is not None:
            self.store.close()

    @property
    def collection(self) -> Store:
        """The store.

        Raises:
            UsageError: there is none.

        """
        if self.store is None:
            raise UsageError("no collection is open here: start the server with one (sayso serve STORE) to see this page")
        return self.store

    def reading(self, article: str) -> Reading:
        """The reading of an article.

        Raises:
            UsageError: it is neither on the shelf nor in the store.

        """
        found = self.shelf.get(article)
        if found is None and self.store is not None:
            found = next(self.store.readings([article]), None)
        if found is None:
            gone = "" if self.store else " (without a collection only the newest are held, and none after the server has stopped)"
            raise UsageError(f"there is no such article here{gone}: choose one from the list")
        return found

    def titles(self, articles: Iterable[str]) -> dict[str, str]:
        """The headings of those of the articles that are here."""
        held = {article: self.shelf.get(article) for article in articles}
        found = {article: heading(reading) for article, reading in held.items() if reading is not None}
        missing = [article for article in held if article not in found]
        if missing and self.store is not None:
            query = "SELECT id, title, left(text, ?) FROM articles WHERE id IN (SELECT unnest(?))"
            found |= {str(key): headline(title, text) for key, title, text in self.store.sql(query, [OPENING, missing]).rows}
        return found

    def is_kept(self, article: str) -> bool:
        """Whether an article is in the store."""
        return self.store is not None and bool(self.store.sql("SELECT 1 FROM articles WHERE id = ?", [article]).rows)

    def no_keeping(self) -> str:
        """Why articles read here cannot be kept in the store; empty if they can."""
        reads = self.jobs.generator
        if self.store is None or reads is None or reads == self.store.generator:
            return ""
        return (
            f"the collection was read by {_said(self.store.generator)}, and this is {_said(reads)}: what is read here cannot be kept in it"
        )

    def keep(self, readings: Sequence[Reading]) -> str:
        """Put readings into the store, and say how that went."""
        if self.store is None or self.figures is None:
            return "Nothing was kept: no collection is open."
        try:
            added = self.store.add(readings)
        except StoreError as error:
            return f"Nothing was kept in the collection: {error}"
        self.figures.count()
        return f"{many(added.new, 'article')} kept in the collection; `sayso stories` finds the story that each belongs to."

    def frame(self, title: str, current: str = "") -> Frame:
        """What stands around a page."""
        if self.store is None or self.figures is None:
            reads = self.jobs.generator
            made = f"Read by {_said(reads)}" if reads else ""
            return replace(on_server("", made, self.token).titled(title, current), pages=WITHOUT)
        try:
            made = f"{many(len(self.store), 'article')}, read by {_said(self.store.generator)}"
        except StoreError:  # damaged: what is wrong with it is told in the page
            made = f"Read by {_said(self.store.generator)}"
        return replace(on_server(one_line(self.store.path.name), made, self.token).titled(title, current), notice=self.figures.notice)


def complain(text: str) -> None:
    """One line on standard error."""
    line = encodable(one_line(text), sys.stderr.encoding or "ascii")
    print(f"sayso: {line}", file=sys.stderr, flush=True)


def _said(generator: Generator) -> str:
    return one_line(f"sayso {generator.version} ({generator.bundle})")
