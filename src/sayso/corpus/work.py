"""What a worker does, wherever it runs: a chunk of inputs in, rows of the store out. Both engines run this and nothing else.

Always true here: every input of a chunk comes out as one row or one rejection, whatever happens while it is read; the reader is loaded
once and reads on one core; whoever takes far too long over a chunk is ended from within, as if it had been killed.
"""

from __future__ import annotations

import faulthandler
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.corpus.chunks import Chunk
from sayso.document import Document
from sayso.errors import SaysoError, UnsupportedLanguage
from sayso.intake.languages import refuse_foreign
from sayso.reader import Reader
from sayso.reading import Reading, Rejection
from sayso.store import rows

PATIENCE = 600.0  # seconds for any chunk, and …
SLOWEST = 100.0  # … characters in a second; the model reads some 3,000
TRIES = 2  # how often a chunk may end its worker before its articles are read one by one, and one article before it is rejected


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to read; see `Reader`."""

    rules: bool = False
    measures: tuple[str, ...] | None = None
    bundle: Path | None = None
    patience: float = PATIENCE

    def reader(self, threads: int | None = 1) -> Reader:
        """A reader by this recipe."""
        return Reader(self.bundle, rules=self.rules, threads=threads, measures=self.measures)

    def seconds(self, chunk: Chunk) -> float:
        """How long a worker may take for a chunk."""
        return self.patience + chunk.characters / SLOWEST


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one chunk.

    Attributes:
        chunk: the chunk without its items.
        articles: for each article that was read, its id and its row in the store.
        rejections: inputs that were not read, and why.
        left_out: ids of the documents among them.
        seconds: how long the worker read.

    """

    chunk: Chunk
    articles: tuple[tuple[str, str], ...] = ()
    rejections: tuple[Rejection, ...] = ()
    left_out: tuple[str, ...] = ()
    seconds: float = 0.0


class Worker:
    """Reads chunks; make one in a process and keep it."""

    def __init__(self, recipe: Recipe) -> None:
        self._reader = recipe.reader()

    def read(self, chunk: Chunk) -> Result:
        """What becomes of a chunk."""
        started = time.perf_counter()
        refused = [_refusal(item) if isinstance(item, Document) else item for item in chunk.items]
        documents = [item for item, why in zip(chunk.items, refused, strict=True) if isinstance(item, Document) and why is None]
        readings = self._readings(documents)
        outcomes = [next(readings) if why is None else why for why in refused]
        articles = tuple((rows.clean(each.document.id), rows.article(each)) for each in outcomes if isinstance(each, Reading))
        rejections = tuple(each for each in outcomes if isinstance(each, Rejection))
        there = {id_ for id_, _ in articles}
        left_out = tuple(item.id for item in chunk.items if isinstance(item, Document) and rows.clean(item.id) not in there)
        return Result(emptied(chunk), articles, rejections, left_out, time.perf_counter() - started)

    def _readings(self, documents: Sequence[Document]) -> Iterator[Reading | Rejection]:
        try:
            return iter(list(self._reader.pipe(documents)))
        except Exception:  # one of them cannot be read: find out which by reading each alone
            return map(self._alone, documents)

    def _alone(self, document: Document) -> Reading | Rejection:
        try:
            return self._reader.read(document)
        except SaysoError as error:
            return Rejection(document.origin, "reading", str(error))
        except Exception as error:  # a fault of ours must not cost the user the other articles
            return Rejection(document.origin, "reading", f"it cannot be read ({type(error).__name__}: {error}): please report this fault")


def emptied(chunk: Chunk) -> Chunk:
    """The chunk without its items, which are no longer needed."""
    return replace(chunk, items=())


def singles(chunk: Chunk) -> list[Chunk]:
    """The chunk's items one by one, each as a chunk of its own."""
    return [Chunk(chunk.shard, chunk.place, (item,), part=at) for at, item in enumerate(chunk.items)]


def joined(chunk: Chunk, parts: Sequence[Result]) -> Result:
    """What became of a chunk whose items were read one by one."""
    return Result(
        emptied(chunk),
        tuple(row for part in parts for row in part.articles),
        tuple(rejection for part in parts for rejection in part.rejections),
        tuple(id_ for part in parts for id_ in part.left_out),
        sum(part.seconds for part in parts),
    )


def given_up(chunk: Chunk) -> Result:
    """What becomes of a chunk of one item that ends every worker; in the same words whoever the worker was, since they are stored."""
    why = f"reading it ended the process {TRIES} times (it was killed, ran out of memory, or took too long): it was left out"
    rejections = tuple(Rejection(item.origin, "reading", why) for item in chunk.items)
    return Result(emptied(chunk), (), rejections, tuple(item.id for item in chunk.items if isinstance(item, Document)))


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """End the whole process, from a thread that needs no lock of the interpreter's, if what is inside takes longer than this."""
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _refusal(document: Document) -> Rejection | None:
    try:
        refuse_foreign(document)
    except UnsupportedLanguage as error:
        return Rejection(document.origin, "language", str(error))
    return None
