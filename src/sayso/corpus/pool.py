"""The engine of one machine: a process for each core, each with a reader of its own.

Always true here: a worker has one chunk in work and one more in hand, and no more are taken from the source, so that memory does not
grow with the corpus; a worker that dies costs its chunk a second try and nothing else; workers end with the process that started them,
however it ends.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from sayso.corpus.chunks import Chunk, Source
from sayso.corpus.work import TRIES, Recipe, Result, Worker, ended_after, given_up, joined, singles
from sayso.errors import CorpusError

DEPTH = 2  # chunks that a worker holds
READY = "ready"
GRACE = 3.0  # seconds for a worker to end by itself
_spawn = get_context("spawn")


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Machine:
    """One machine as an engine.

    Args:
        workers: how many processes; None takes one for each core.

    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or processors()

    def read(self, source: Source, recipe: Recipe, notice: Callable[[str], None]) -> Generator[Result, None, None]:
        """What becomes of every chunk of a source, in the order in which they get ready.

        Raises:
            CorpusError: workers cannot be started.

        """
        pool = _Pool(recipe, self.workers)
        try:
            yield from pool.results(source.chunks(), notice)
        finally:
            pool.close()


def serve(recipe: Recipe, pipe: Connection) -> None:
    """The life of a worker: chunks come through the pipe, what became of them goes back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started us; it lets us end
    waiting: queue.SimpleQueue[Chunk] = queue.SimpleQueue()

    def receive() -> None:
        try:
            while True:
                waiting.put(pipe.recv())
        except (EOFError, OSError):
            os._exit(0)  # nobody is there any more

    threading.Thread(target=receive, daemon=True).start()
    worker = Worker(recipe)
    pipe.send(READY)
    while True:
        chunk = waiting.get()
        with ended_after(recipe.seconds(chunk)):
            result = worker.read(chunk)
        pipe.send(result)


class _Hand:
    """One worker as the pool sees it; `holds` are the chunks it has been given and not answered, the one in work first."""

    def __init__(self, recipe: Recipe) -> None:
        self.pipe, theirs = _spawn.Pipe()
        self.process: BaseProcess = _spawn.Process(target=serve, args=(recipe, theirs), daemon=True, name="sayso worker")
        self.process.start()
        theirs.close()
        self.holds: deque[Chunk] = deque()
        self.ready = False

    def give(self, chunk: Chunk) -> None:
        self.holds.append(chunk)
        try:
            self.pipe.send(chunk)
        except OSError:
            return  # it has died; that is seen where its answers are waited for

    def end(self) -> int | None:
        """Let it end, and return its exit code."""
        self.pipe.close()
        self.process.join(GRACE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(GRACE)
        return self.process.exitcode


class _Pool:
    def __init__(self, recipe: Recipe, workers: int) -> None:
        self._recipe = recipe
        self._hands = [_Hand(recipe) for _ in range(workers)]
        self._again: deque[Chunk] = deque()
        self._losses: Counter[tuple[int, int, int]] = Counter()
        self._apart: dict[tuple[int, int], tuple[Chunk, dict[int, Result]]] = {}
        self._stillborn = 0

    def results(self, fresh: Iterator[Chunk], notice: Callable[[str], None]) -> Iterator[Result]:
        more = True
        while True:
            for hand in sorted((hand for hand in self._hands if len(hand.holds) < DEPTH), key=lambda hand: len(hand.holds)):
                if self._again:
                    hand.give(self._again.popleft())
                    continue
                chunk = next(fresh, None) if more else None
                if chunk is None:
                    more = False
                    continue
                for line in chunk.notices:
                    notice(line)
                if chunk.items:
                    hand.give(chunk)
                else:
                    yield Result(chunk)
            if not more and not self._again and not any(hand.holds for hand in self._hands):
                return
            for pipe in wait([hand.pipe for hand in self._hands]):
                hand = next(hand for hand in self._hands if hand.pipe is pipe)
                try:
                    message = hand.pipe.recv()
                except (EOFError, OSError):
                    yield from self._lost(hand)
                    continue
                if message == READY:
                    hand.ready, self._stillborn = True, 0
                else:
                    hand.holds.popleft()
                    yield from self._settled(message)

    def close(self) -> None:
        for hand in self._hands:
            hand.pipe.close()
        for hand in self._hands:
            hand.end()

    def _settled(self, result: Result) -> Iterator[Result]:
        """Hand on a result; those of a chunk that was taken apart are kept until all are there."""
        key = (result.chunk.shard, result.chunk.place)
        if result.chunk.part is None:
            yield result
            return
        whole, parts = self._apart[key]
        parts[result.chunk.part] = result
        if len(parts) == len(whole.items):
            del self._apart[key]
            yield joined(whole, [parts[at] for at in range(len(parts))])

    def _lost(self, hand: _Hand) -> Iterator[Result]:
        """Put another worker in the place of one that has died, and see to its chunks: the one that it was reading is to blame."""
        code = hand.end()
        held = list(hand.holds)
        self._stillborn += not hand.ready
        if self._stillborn > len(self._hands) + TRIES:
            raise CorpusError(f"workers end before they can read (exit code {code}): try with fewer of them (--workers 1)")
        self._hands[self._hands.index(hand)] = _Hand(self._recipe)
        chunk = held.pop(0) if held and hand.ready else None
        self._again.extendleft(reversed(held))
        if chunk is None:
            return
        key = (chunk.shard, chunk.place, -1 if chunk.part is None else chunk.part)
        self._losses[key] += 1
        if self._losses[key] < TRIES:
            self._again.appendleft(chunk)
        elif chunk.part is None and len(chunk.items) > 1:
            self._apart[chunk.shard, chunk.place] = (chunk, {})
            self._again.extendleft(reversed(singles(chunk)))
        else:
            yield from self._settled(given_up(chunk))
