"""Looking on while the product works: what goes into its encoder, and how long each of its steps takes.

Always true here: what is watched is the product's own code on its own path; it is put back as it was when the watching ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sayso import reader
from sayso.attribution import decode
from sayso.encoder.session import Session

STEPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("tokenize, cut into windows", decode, ("pieces", "windows")),
    ("encoder", Session, ("encode",)),
    ("role head", Session, ("roles",)),
    ("link head", Session, ("links",)),
    ("decode: best paths", decode, ("best_span", "best_spans")),
    ("decode: what drafts leave open, nesting", decode, ("complete",)),
    ("assemble", reader, ("assemble",)),
)
REST = "decode: batches, drafts"


@dataclass(slots=True)
class Recorded:
    """The session that worked, and every batch that its encoder was given, in order."""

    session: Session | None = None
    batches: list[tuple[Any, ...]] = field(default_factory=list)

    def replay(self, batches: list[tuple[Any, ...]] | None = None) -> float:
        """Seconds that the same encoder takes for the same batches (or for some of them) with nothing around it."""
        assert self.session is not None, "nothing was recorded"
        started = time.perf_counter()
        with ThreadPoolExecutor(self.session.threads) as pool:
            for _ in pool.map(partial(_encode, self.session), self.batches if batches is None else batches):
                pass
        return time.perf_counter() - started


def _encode(session: Session, batch: tuple[Any, ...]) -> None:
    session.encode(*batch)


@contextmanager
def recording() -> Iterator[Recorded]:
    """Record what every `Session` is given to encode."""
    recorded = Recorded()
    plain = Session.encode

    def encode(session: Session, *batch: Any) -> Any:
        recorded.session = session
        recorded.batches.append(batch)
        return plain(session, *batch)

    with _replaced([(Session, "encode", encode)]):
        yield recorded


@contextmanager
def timing() -> Iterator[dict[str, float]]:
    """Seconds by step; filled while the product reads."""
    spent = dict.fromkeys([name for name, _, _ in STEPS], 0.0)
    with _replaced([(owner, part, _timed(getattr(owner, part), spent, name)) for name, owner, parts in STEPS for part in parts]):
        yield spent


def _timed(plain: Callable[..., Any], spent: dict[str, float], name: str) -> Callable[..., Any]:
    def timed(*arguments: Any, **options: Any) -> Any:
        started = time.perf_counter()
        try:
            return plain(*arguments, **options)
        finally:
            spent[name] += time.perf_counter() - started

    return timed


@contextmanager
def _replaced(parts: list[tuple[Any, str, Any]]) -> Iterator[None]:
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in parts]
    try:
        for owner, name, value in parts:
            setattr(owner, name, value)
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)
