"""The whole site of a store as a folder of files: every page that the server shows, written aside and then renamed.

Always true here: the same store gives the same bytes; whoever looks at the folder sees the old site or the new one, never a part; a folder
that holds anything else is never touched; memory does not grow with the number of articles but for their ids and what is kept of them.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from sayso.corpus.pace import Progress
from sayso.corpus.pool import processors
from sayso.corrections.log import FILE, Log
from sayso.errors import CorpusError
from sayso.export.aside import new_folder, say
from sayso.fields import Json
from sayso.render.safe import one_line
from sayso.render.words import many
from sayso.site import kept
from sayso.site.frame import assets
from sayso.site.listing import LISTING, bring_up_to_date
from sayso.site.search import PER_PAGE
from sayso.site.sheets import Desk, Done, Key, Task, make
from sayso.site.source import PER_PAGE as STATEMENTS_PER_PAGE
from sayso.site.sources import PER_PAGE as SOURCES_PER_PAGE
from sayso.site.story_list import FEWEST, STORIES_PER_PAGE
from sayso.store.store import Store
from sayso.stories import versions
from sayso.stories.keeping import STORIES

SCHEMA = "sayso-site/1"
MAKER = "sayso report"
TOGETHER = 64  # pages in one task
ALONE = 300  # pages from which it pays to start other processes

Tell = Callable[[Progress], None]


def write(
    store: Store,
    out: Path,
    *,
    workers: int | None = None,
    tell: Tell = lambda _: None,
    notice: Callable[[str], None] = lambda _: None,
) -> Done:
    """Write the site of a store.

    Args:
        store: its figures are counted first if they are not current.
        out: a folder that is not there yet, or a site that was written before.
        workers: processes that write; by default one for each core.
        tell: told how many pages are written, and of how many.
        notice: told what is going on, and each page that could not be made.

    Raises:
        UsageError: something else stands at `out`.
        StoreError: the disk does not let it be written, or the store cannot be read; an older site stays as it is.
        CorpusError: a process that was writing came to an end.

    """
    with new_folder(out, SCHEMA, MAKER) as folder:
        Log(store.path / FILE, notice).all()
        keep_current(store, tell, notice)
        desk = Desk(store, folder, one_line(store.path.resolve().name), made_by(store))
        done = Done()
        for name, text in assets().items():
            done += desk.write(f"assets/{name}", text)
        tasks = list(plan(store))
        pace = _Pace(sum(len(task.keys) for task in tasks), tell)
        for one in _made(desk, tasks, workers):
            for line in one.failed:
                notice(line)
            done += one
            pace.count(one.pages)
        say(folder, about(store))
    return done


def keep_current(store: Store, tell: Tell, notice: Callable[[str], None]) -> None:
    """Count what the pages need and the store does not have yet."""
    if bring_up_to_date(store):
        notice("articles are listed")
    versions.bring_up_to_date(store)
    if not kept.current(store):
        notice("counting the figures of outlets and sources")
        kept.keep(store, lambda _, done, total: tell(Progress(read=done, total=total or None)))


def made_by(store: Store) -> str:
    """What read the articles of a store, in words."""
    made = store.generator
    return one_line(f"{many(len(store), 'article')}, read by sayso {made.version} ({made.bundle})")


def about(store: Store) -> Json:
    """What the folder says of itself; by this it is known as ours."""
    made = store.generator
    generator = {"version": made.version, "bundle": made.bundle, "measures": list(made.measures)}
    return {"schema": SCHEMA, "generator": generator, "articles": len(store), "open": "index.html"}


def plan(store: Store) -> Iterator[Task]:
    """Every page of the site but its assets, those that take longest first."""
    articles = len(store)
    ids = [(str(row[0]),) for row in store.sql("SELECT id FROM articles").rows]
    outlets = store.sql(f"SELECT outlet, count(*) FROM {LISTING} WHERE outlet <> '' GROUP BY outlet ORDER BY outlet").rows
    stories = store.sql(f"SELECT story, count(*) FROM {STORIES} GROUP BY story ORDER BY story").rows if store.has(STORIES) else []
    sources = store.sql("SELECT kind, name, attributions FROM site_sources WHERE article IS NULL ORDER BY slug").rows
    yield from _tasks("outlets", [()])
    yield from _tasks("outlet", [(str(name),) for name, _ in outlets])
    yield from _tasks("article", ids)
    yield from _tasks("versions", list(versions.pairs(store)))
    yield from _tasks("story", [(str(name),) for name, _ in stories])
    yield from _tasks("source", [(kind, name, at) for kind, name, size in sources for at in _numbers(size, STATEMENTS_PER_PAGE)])
    yield from _tasks("list", [("", at) for at in _numbers(articles, PER_PAGE)])
    yield from _tasks("list", [(name, at) for name, size in outlets for at in _numbers(size, PER_PAGE)])
    yield from _tasks("stories", [(at,) for at in _numbers(sum(size >= FEWEST for _, size in stories), STORIES_PER_PAGE)])
    yield from _tasks("sources", [(at,) for at in _numbers(len(sources), SOURCES_PER_PAGE)])
    yield from _tasks("method", [()])
    yield from _tasks("index", [()])


def _tasks(kind: str, keys: Sequence[Key]) -> Iterator[Task]:
    for start in range(0, len(keys), TOGETHER):
        yield Task(kind, tuple(keys[start : start + TOGETHER]))


def _numbers(size: int, per_page: int) -> list[str]:
    return [str(number) for number in range(1, max(1, -(-size // per_page)) + 1)]


def _made(desk: Desk, tasks: list[Task], workers: int | None) -> Iterator[Done]:
    """What becomes of each task, as it gets ready."""
    count = workers or processors()
    if count == 1 or sum(len(task.keys) for task in tasks) < ALONE:
        yield from (make(desk, task) for task in tasks)
        return
    pool = ProcessPoolExecutor(count, get_context("spawn"), _begin, (desk,))
    try:
        waiting: list[Future[Done]] = [pool.submit(_serve, task) for task in tasks]
        for ready in as_completed(waiting):
            yield ready.result()
    except BrokenProcessPool:
        raise CorpusError("a process that was writing pages came to an end: try again, with --workers 1 if memory is short") from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_desk: list[Desk] = []


def _begin(desk: Desk) -> None:
    """The start of a process that helps; Ctrl-C is for the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _desk[:] = [desk]


def _serve(task: Task) -> Done:
    return make(_desk[0], task)


class _Pace:
    """How many pages are written, and how long the rest may take."""

    def __init__(self, total: int, tell: Tell) -> None:
        self._total, self._tell, self._done, self._began = total, tell, 0, time.monotonic()

    def count(self, pages: int) -> None:
        self._done += pages
        seconds = time.monotonic() - self._began
        rate = self._done / seconds if seconds else 0.0
        left = (self._total - self._done) / rate if rate else None
        self._tell(Progress(read=self._done, total=self._total, rate=rate, left=left, seconds=seconds))
