"""The straight line: a document in, a reading out; the model or the rules are loaded once.

Always true here: readings come out in the order in which documents go in; no more than one batch is held at a time; an input that
cannot be read becomes a `Rejection` with its reason and never stops the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from sayso.attribution.assemble import assemble
from sayso.attribution.draft import Found
from sayso.baseline import rules as baseline
from sayso.document import Document
from sayso.errors import BundleError, RejectedInput, SaysoError, UsageError
from sayso.intake.languages import refuse_foreign
from sayso.intake.many import documents
from sayso.intake.open import open_document
from sayso.measures import wordlist
from sayso.measures.actors import actors as cast
from sayso.measures.heard import Actor, Heard
from sayso.measures.run import chosen, measured
from sayso.reading import Generator, Reading, Rejection

BATCH_CHARACTERS = 200_000  # a batch is closed early once it holds this much text, so that long documents do not pile up

_log: Callable[[str], None] = logging.getLogger(__name__).info
Finder = Callable[[Sequence[Document]], list[Found]]
Listener = Callable[[Sequence[Document], Sequence[Sequence[Actor]]], list[Heard]]


class Reader:
    """Reads documents; make one and keep it.

    Args:
        bundle: folder of a model; None takes the one that ships with the package.
        rules: read without the model.
        threads: cores for the model; None takes all.
        convention: whose annotation guidelines the model follows; `contract` is this product's.
        measures: names of the measures to take; None takes all that are installed, and none of them costs nothing.

    Raises:
        BundleError: the model is missing, truncated or altered.

    """

    def __init__(
        self,
        bundle: Path | None = None,
        *,
        rules: bool = False,
        threads: int | None = None,
        convention: str = "contract",
        measures: Sequence[str] | None = None,
    ) -> None:
        if rules and bundle is not None:
            raise UsageError("a reader works by rules or with a bundle, not both: leave one of them out")
        self._measures = chosen(measures)
        self._find, self._listen, maker = (_by_rules, lambda: wordlist.listen, "rules") if rules else _by_model(bundle, threads, convention)
        self.generator = Generator(version("sayso"), maker, tuple(measure.name for measure in self._measures))

    @property
    def fingerprint(self) -> str:
        """What made the readings, in one word: two readers with the same fingerprint read alike."""
        return "/".join(("sayso", self.generator.version, self.generator.bundle, *self.generator.measures))

    def find(self, documents: Sequence[Document]) -> list[Found]:
        """Drafts and names of each document, before they are made into readings."""
        return self._find(documents)

    def hear(self, documents: Sequence[Document], actors: Sequence[Sequence[Actor]] | None = None) -> list[Heard]:
        """How each document sounds, before anything is booked to a voice.

        Args:
            documents: any number.
            actors: for each document, whose mentions are listened to; by default whoever is named in it.

        """
        if actors is None:
            actors = [cast(document, found) for document, found in zip(documents, self._find(documents), strict=True)]
        return self._listen()(documents, actors)

    def read(self, document: Document) -> Reading:
        """The reading of one document."""
        return next(self.pipe((document,)))

    def pipe(self, documents: Iterable[Document], batch: int = 32) -> Iterator[Reading]:
        """The readings of many documents, in order, as they get ready.

        Args:
            documents: any number of them; taken one batch at a time.
            batch: how many documents share a pass through the model at most.

        Raises:
            UsageError: if `batch` is not positive.

        """
        if batch < 1:
            raise UsageError(f"a batch holds at least one document: batch={batch} makes no sense")
        for group in _groups(documents, batch):
            found = self._find(group)
            readings = [assemble(document, each, self.generator) for document, each in zip(group, found, strict=True)]
            if not self._measures:
                yield from readings
                continue
            heard = self.hear(group, [cast(document, each) for document, each in zip(group, found, strict=True)])
            yield from (measured(reading, sound, self._measures) for reading, sound in zip(readings, heard, strict=True))


def read(origin: str | Path, *, rules: bool = False, outlet: str | None = None) -> Reading:
    """Read one article.

    Args:
        origin: a file, an http(s) address, or `-` for standard input.
        rules: read without the model.
        outlet: who published it, where the article does not say so itself.

    Raises:
        RejectedInput: it cannot be read as an English article; the message says why.
        BundleError: the model is missing, truncated or altered.

    """
    document = open_document(str(origin), outlet=outlet)
    refuse_foreign(document)
    return _default(rules).read(document)


def outcomes(
    origins: Iterable[str],
    reader: Reader,
    *,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
    batch: int = 8,
    notice: Callable[[str], None] = _log,
) -> Iterator[Reading | Rejection]:
    """A reading or rejection for each article in everything named, in order.

    Args:
        origins: files and folders of any kind that `intake.many` knows, addresses, `-` for standard input.
        reader: what to read with.
        outlet: who published them, where the articles do not say so themselves.
        stdin: where `-` reads from; by default the process's standard input.
        batch: how many inputs are opened before they are read together.
        notice: takes lines about how a file is read (the columns that were chosen).

    """
    waiting: list[Document | Rejection] = []
    for item in documents(origins, outlet=outlet, stdin=stdin, notice=notice):
        waiting.append(_understood(item) if isinstance(item, Document) else item)
        opened = [item for item in waiting if isinstance(item, Document)]
        if len(opened) >= batch or sum(len(item.text) for item in opened) >= BATCH_CHARACTERS:
            yield from _settle(waiting, reader)
            waiting = []
    yield from _settle(waiting, reader)


def _understood(document: Document) -> Document | Rejection:
    try:
        refuse_foreign(document)
    except RejectedInput as error:
        return Rejection(document.origin, "language", str(error))
    return document


def _settle(waiting: Sequence[Document | Rejection], reader: Reader) -> Iterator[Reading | Rejection]:
    documents = [item for item in waiting if isinstance(item, Document)]
    try:
        read_together: Iterator[Reading | Rejection] = iter(list(reader.pipe(documents)))
    except BundleError:
        raise
    except SaysoError:
        # One of them cannot be read: find out which by reading each alone.
        read_together = (_alone(document, reader) for document in documents)
    for item in waiting:
        yield next(read_together) if isinstance(item, Document) else item


def _alone(document: Document, reader: Reader) -> Reading | Rejection:
    try:
        return reader.read(document)
    except SaysoError as error:
        return Rejection(document.origin, "reading", str(error))


def _groups(documents: Iterable[Document], batch: int) -> Iterator[list[Document]]:
    group: list[Document] = []
    held = 0
    for document in documents:
        group.append(document)
        held += len(document.text)
        if len(group) >= batch or held >= BATCH_CHARACTERS:
            yield group
            group, held = [], 0
    if group:
        yield group


def _by_rules(documents: Sequence[Document]) -> list[Found]:
    return [Found(tuple(baseline.find(document))) for document in documents]


def _by_model(bundle: Path | None, threads: int | None, convention: str) -> tuple[Finder, Callable[[], Listener], str]:
    # Only who reads with the model pays for its libraries; where they cannot be installed, the rules still work.
    try:
        from sayso.attribution.decode import find
        from sayso.encoder.bundle import load
        from sayso.encoder.session import Session
        from sayso.encoder.tone_session import ToneSession
        from sayso.measures.listen import listen
    except ModuleNotFoundError as error:
        raise BundleError(
            f"the model needs {error.name}, which is not installed here: install it, or read without the model (--rules)"
        ) from None
    loaded = load(bundle)

    @cache  # who takes no measure does not pay for the tone network
    def listener() -> Listener:
        return partial(listen, ToneSession(loaded, threads=threads))

    return partial(find, Session(loaded, threads=threads, convention=convention)), listener, loaded.name


@cache
def _default(rules: bool) -> Reader:
    return Reader(rules=rules)
