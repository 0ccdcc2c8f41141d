"""Reading in the background: one worker, one thing at a time, and where each stands for whoever asks.

Always true here: what was given is read in the order in which it came; one input that cannot be read never stops the others, and one fault
never stops the worker; a job ends after a time, however much was given; as many may wait as `WAITING`, no more.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Condition, Thread

from sayso.document import Document
from sayso.errors import RejectedInput, SaysoError, UsageError
from sayso.intake.languages import refuse_foreign
from sayso.intake.source import STAGE
from sayso.reader import Reader
from sayso.reading import Generator, Reading, Rejection
from sayso.render import words

WAITING = 8  # jobs
REMEMBERED = 40  # jobs that are done
MOST = 500  # articles in one job
SECONDS = 1_800.0  # for one job

OPENING, READING, DONE = "opening", "reading", "done"
QUEUED = "waiting"

Take = Callable[[Reading], None]
"""Takes over an article as soon as it is read."""
Keep = Callable[[Sequence[Reading]], str]
"""Puts what a job has read into the store, and says how that went."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read.

    Attributes:
        said: what was given, in words.
        documents: opens it.
        keep: whether the readings are to be kept in the store.
        tidy: is called once it has been opened, or will never be.

    """

    said: str
    documents: Callable[[], Iterator[Document | Rejection]]
    keep: bool = False
    tidy: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class State:
    """Where a job stands.

    Attributes:
        id: of the job; cannot be guessed.
        said: what was given.
        stage: `waiting`, `opening`, `reading` or `done`.
        ahead: jobs before it in the queue.
        opened: articles found so far.
        words: in all of them.
        words_read: in those that are read.
        now: the headline or the beginning of what is being read.
        articles: ids of those that are read, in order.
        rejections: what cannot be read, and why.
        note: one more line for the person; empty for none.
        seconds: since it was given.

    """

    id: str
    said: str
    stage: str = QUEUED
    ahead: int = 0
    opened: int = 0
    words: int = 0
    words_read: int = 0
    now: str = ""
    articles: tuple[str, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    note: str = ""
    seconds: float = 0.0


class Jobs:
    """The queue and its worker.

    Args:
        reader: makes the reader, once, in the worker.
        take: takes over what was read.
        keep: puts into the store what is to be kept.
        told: is told of faults, one line each.
        seconds: for one job.

    """

    def __init__(self, reader: Callable[[], Reader], take: Take, keep: Keep, told: Callable[[str], None], seconds: float = SECONDS) -> None:
        self._make, self._take, self._keep, self._told, self._seconds = reader, take, keep, told, seconds
        self._reader: Reader | None = None
        self._turn = Condition()
        self._queue: deque[tuple[str, Wanted]] = deque()
        self._states: OrderedDict[str, State] = OrderedDict()
        self._since: dict[str, float] = {}
        self._given_up: set[str] = set()
        self._ended = False
        self._worker: Thread | None = None

    def start(self) -> None:
        """Begin to work; the reader is made at once, so that it is ready when the first text comes."""
        self._worker = Thread(target=self._work, name="sayso-reading", daemon=True)
        self._worker.start()

    def stop(self, seconds: float = 5.0) -> None:
        """End after the article that is being read, or after so many seconds."""
        with self._turn:
            self._ended = True
            self._given_up.update(self._states)
            waiting = [wanted for _, wanted in self._queue]
            self._queue.clear()
            self._turn.notify_all()
        for wanted in waiting:
            wanted.tidy()
        if self._worker is not None:
            self._worker.join(seconds)

    def add(self, wanted: Wanted) -> str:
        """Put something into the queue, and return the id of its job.

        Raises:
            UsageError: too many are waiting.

        """
        with self._turn:
            if len(self._queue) >= WAITING:
                raise UsageError(f"{WAITING} readings are waiting already: wait until one of them is done")
            key = secrets.token_urlsafe(12)
            self._states[key] = State(key, wanted.said)
            self._since[key] = time.monotonic()
            self._queue.append((key, wanted))
            self._forget()
            self._turn.notify_all()
        return key

    def state(self, key: str) -> State | None:
        """Where a job stands; None for one that is not known (any more)."""
        with self._turn:
            state = self._states.get(key)
            if state is None or state.stage == DONE:
                return state
            ahead = [waiting for waiting, _ in self._queue]
            busy = any(each.stage in (OPENING, READING) for each in self._states.values())
            before = ahead.index(key) + busy if key in ahead else 0
            return replace(state, ahead=before, seconds=time.monotonic() - self._since[key])

    def give_up(self, key: str) -> None:
        """End a job after the article that is being read; what was read stays."""
        with self._turn:
            if key in self._states:
                self._given_up.add(key)

    def _forget(self) -> None:
        done = [key for key, state in self._states.items() if state.stage == DONE]
        for key in done[: max(0, len(done) - REMEMBERED)]:
            del self._states[key], self._since[key]
            self._given_up.discard(key)

    def _tell(self, key: str, **changes: object) -> None:
        with self._turn:
            self._states[key] = replace(self._states[key], seconds=time.monotonic() - self._since[key], **changes)  # type: ignore[arg-type]

    def _work(self) -> None:
        self._guarded(self._ready)
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._queue or self._ended)
                if self._ended:
                    return
                key, wanted = self._queue.popleft()
            fault = self._guarded(partial(self._job, key, wanted))
            wanted.tidy()
            state = self._states[key]
            self._tell(key, stage=DONE, now="", note=" ".join(filter(None, (state.note, fault))))

    @property
    def generator(self) -> Generator | None:
        """What reads here; None as long as it is not ready."""
        return self._reader.generator if self._reader else None

    def _guarded(self, work: Callable[[], None]) -> str:
        """Do something; what went wrong, in one line, or nothing."""
        try:
            work()
        except SaysoError as error:
            self._told(str(error))
            return str(error)
        except Exception as error:
            self._told(f"a fault of ours while reading ({type(error).__name__}: {error}): please report it")
            return "a fault of ours stopped it: what was read until then is here; please report what you gave"
        return ""

    def _ready(self) -> None:
        if self._reader is None:
            self._reader = self._make()

    def _job(self, key: str, wanted: Wanted) -> None:
        until = time.monotonic() + self._seconds
        self._tell(key, stage=OPENING)
        rejections: list[Rejection] = []
        found = self._opened(key, wanted, rejections, until)
        wanted.tidy()
        self._ready()
        reader = self._reader
        assert reader is not None
        sizes = [len(document.text.split()) for document in found]
        self._tell(key, stage=READING, words=sum(sizes))
        read: list[Reading] = []
        count = 0
        for document, size in zip(found, sizes, strict=True):
            if self._over(key, until):
                rejections.append(Rejection(document.origin, "reading", "it was not read any more: give it again by itself"))
                continue
            self._tell(key, now=words.headline(document.title, document.text[: words.OPENING]))
            outcome = _outcome(reader, document)
            count += size
            if isinstance(outcome, Reading):
                self._take(outcome)
                read.append(outcome)
            else:
                rejections.append(outcome)
            self._tell(key, words_read=count, articles=tuple(each.document.id for each in read), rejections=tuple(rejections))
        self._tell(key, rejections=tuple(rejections), note=self._keep(read) if wanted.keep and read else "")

    def _opened(self, key: str, wanted: Wanted, rejections: list[Rejection], until: float) -> list[Document]:
        found: list[Document] = []
        for item in wanted.documents():
            if isinstance(item, Rejection):
                if len(rejections) < MOST:
                    rejections.append(item)
            else:
                found.append(item)
            self._tell(key, opened=len(found), rejections=tuple(rejections))
            if len(found) == MOST:
                rejections.append(Rejection(wanted.said, STAGE, f"only the first {MOST} articles are read: use sayso ingest for more"))
                break
            if self._over(key, until):
                break
        return found

    def _over(self, key: str, until: float) -> bool:
        return key in self._given_up or time.monotonic() > until


def _outcome(reader: Reader, document: Document) -> Reading | Rejection:
    try:
        refuse_foreign(document)
    except RejectedInput as error:
        return Rejection(document.origin, "language", str(error))
    try:
        return reader.read(document)
    except SaysoError as error:
        return Rejection(document.origin, "reading", str(error))
    except Exception as error:  # a fault of ours must not cost the person the other articles
        return Rejection(document.origin, "reading", f"it cannot be read ({type(error).__name__}): please report this fault")
