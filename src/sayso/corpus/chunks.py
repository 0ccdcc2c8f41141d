"""The stream of inputs cut into chunks: what one worker reads at a time, and which shard it belongs to.

Always true here: the same inputs over the same store give the same chunks on every machine and for any number of workers, since
nothing but the inputs' order, number and size decides; an article that is known is not in any chunk, and is counted in the next one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from sayso.corpus.known import Known
from sayso.document import Document
from sayso.intake.many import documents
from sayso.reading import Rejection
from sayso.store.store import Store

Item = Document | Rejection
CHUNK = 16  # items read by one worker at a time
CHARACTERS = 200_000  # of text, after which a chunk is closed early
PASSED = 5_000  # known articles after which an empty chunk says how far it is
SHARD = 256  # items in one shard


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some inputs in their order.

    Attributes:
        shard: which shard their readings go into, from 0.
        place: its place among the chunks of that shard, from 0.
        items: documents to be read, and inputs that could not be opened.
        last: whether it is the last chunk of its shard.
        already: known articles that were passed over before it.
        notices: lines for the user that came up before it.
        part: which item of the whole chunk this is, where it is read one by one.

    """

    shard: int
    place: int
    items: tuple[Item, ...]
    last: bool = False
    already: int = 0
    notices: tuple[str, ...] = ()
    part: int | None = None

    @property
    def characters(self) -> int:
        """How much text there is to read."""
        return sum(len(item.text) for item in self.items if isinstance(item, Document))


class Source(Protocol):
    """Where chunks come from; it can be sent to another process and gives the same chunks there."""

    def chunks(self) -> Iterator[Chunk]:
        """The chunks, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the user named.

    Attributes:
        origins: folders, files, addresses.
        known: articles that need no reading.
        outlet: who published them, where they do not say so themselves.
        shard: items in one shard.
        home: the folder that relative paths start from.

    """

    origins: tuple[str, ...]
    known: Known
    outlet: str | None = None
    shard: int = SHARD
    home: Path | None = None

    def chunks(self) -> Iterator[Chunk]:
        """The chunks, in order."""
        if self.home is not None and self.home != Path.cwd():
            os.chdir(self.home)
        notices: list[str] = []
        items = documents(self.origins, outlet=self.outlet, notice=notices.append)
        return cut(items, self.known, self.shard, notices)


@dataclass(frozen=True, slots=True)
class Stored:
    """The articles of a store, to be read anew.

    Attributes:
        store: its folder.
        known: articles that the new reader has read already.
        shard: items in one shard.

    """

    store: Path
    known: Known
    shard: int = SHARD

    def chunks(self) -> Iterator[Chunk]:
        """The chunks, in order."""
        with Store.open(self.store) as store:
            named = (replace(document, origin=document.url or document.id) for document in store.documents())
            yield from cut(named, self.known, self.shard)


def cut(items: Iterable[Item], known: Known, shard: int = SHARD, notices: list[str] | None = None) -> Iterator[Chunk]:
    """Cut a stream of inputs into chunks.

    Args:
        items: the inputs.
        known: articles that are passed over; those that come by are added.
        shard: items in one shard.
        notices: lines for the user; taken from here into the next chunk.

    """
    told = [] if notices is None else notices
    number = place = held = already = characters = 0
    waiting: list[Item] = []
    for item in items:
        if isinstance(item, Document) and not known.add(item.id):
            already += 1
            if already < PASSED:
                continue
        else:
            waiting.append(item)
            held += 1
            characters += len(item.text) if isinstance(item, Document) else 0
        if held < shard and len(waiting) < CHUNK and characters < CHARACTERS and already < PASSED:
            continue
        yield Chunk(number, place, tuple(waiting), held >= shard, already, tuple(told))
        number, place, held = (number + 1, 0, 0) if held >= shard else (number, place + 1, held)
        waiting, already, characters = [], 0, 0
        told.clear()
    yield Chunk(number, place, tuple(waiting), True, already, tuple(told))
    told.clear()
