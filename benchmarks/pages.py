"""How long the pages of a large store take: `python benchmarks/pages.py --articles 20000`, on invented articles or on a store of yours.

Always true here: pages are made by the functions that the server calls, from the database to the last byte of HTML; times are printed and
never asserted; what was counted beforehand (lists, figures) is timed by itself.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from invented import store as invented

from sayso.site import kept
from sayso.site.article import stored_page
from sayso.site.frame import on_server, show
from sayso.site.index import index_page
from sayso.site.links import Served, slug
from sayso.site.listing import bring_up_to_date
from sayso.site.lists import articles_page
from sayso.site.method import method_page
from sayso.site.outlet import outlet_page
from sayso.site.outlets import outlets_page
from sayso.site.report import plan, write
from sayso.site.search import asked_for
from sayso.site.sheets import Desk, Done, Task, make
from sayso.site.source import source_page
from sayso.site.sources import sources_page
from sayso.site.story import story_page
from sayso.site.story_list import StoryListing, stories_page
from sayso.store.store import Store

LINKS = Served()
Numbers = dict[str, Any]


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    options = _options().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        place = options.store or Path(folder) / "store"
        took: dict[str, float] = {}
        if not place.exists():
            took["store of invented articles"] = timed(lambda: invented(place, options.articles).close())
        with Store.open(place) as opened:
            took["list of articles, counted"] = timed(lambda: bring_up_to_date(opened))
            took["figures, counted"] = timed(lambda: None if kept.current(opened) else kept.keep(opened))
            numbers: Numbers = {"articles": len(opened), "before": took, "pages": pages(opened, options.runs)}
            numbers["written"] = written(opened, Path(folder) / "site", options.sample)
    print(json.dumps(numbers) if options.json else told(numbers))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000, metavar="N", help="invented articles (default: %(default)s)")
    parser.add_argument("--store", type=Path, metavar="DIR", help="a store to use; it is made of invented articles if it is not there")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="times that each page is made (default: %(default)s)")
    parser.add_argument(
        "--sample",
        type=int,
        default=200,
        metavar="N",
        help="pages of each kind to write; 0 writes the whole site (default: %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="write the numbers as one JSON object")
    return parser


def timed(work: Callable[[], object]) -> float:
    """Seconds of a piece of work."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def kinds(store: Store) -> Mapping[str, Callable[[], tuple[str, object]]]:
    """Every kind of page of a store by name: what makes its content, and the template that shows it; articles and sources by chance."""
    chance = random.Random(6)
    articles = [str(row[0]) for row in store.sql("SELECT article FROM listing ORDER BY article").rows]
    most = str(store.sql("SELECT article FROM listing ORDER BY attributions DESC, article LIMIT 1").rows[0][0])
    outlets = [str(row[0]) for row in store.sql("SELECT outlet FROM site_outlets ORDER BY articles DESC").rows]
    sources = [str(row[0]) for row in store.sql("SELECT slug FROM site_sources ORDER BY attributions DESC").rows]
    by_size = "SELECT story FROM stories GROUP BY story HAVING count(*) > 1 ORDER BY count(*) DESC, story"
    stories = [str(row[0]) for row in store.sql(by_size).rows]
    longest = stories[0]
    words = " ".join(str(store.sql("SELECT text FROM articles WHERE id = ?", [articles[0]]).rows[0][0]).split()[5:8])

    def listed(**values: str) -> tuple[str, object]:
        return "articles.html.jinja", articles_page(store, asked_for(values), LINKS)

    last = str(-(-len(articles) // 100))
    return {
        "overview": lambda: ("index.html.jinja", index_page(store, LINKS)),
        "articles, first page": listed,
        "articles, last page": lambda: listed(page=last),
        "articles of an outlet with something to check, by share": lambda: listed(outlet=outlets[0], check="yes", order="own"),
        "articles with three words together": lambda: listed(q=f'"{words}"'),
        "articles with a frequent word": lambda: listed(q="said"),
        "articles with a word that is nowhere": lambda: listed(q="xylophone"),
        "an article": lambda: ("article.html.jinja", stored_page(store, chance.choice(articles), LINKS)),
        "the article with most attributions": lambda: ("article.html.jinja", stored_page(store, most, LINKS)),
        "a story": lambda: ("story.html.jinja", story_page(store, chance.choice(stories), LINKS)),
        "the story with most articles": lambda: ("story.html.jinja", story_page(store, longest, LINKS)),
        "stories": lambda: ("stories.html.jinja", stories_page(store, StoryListing(), LINKS)),
        "outlets": lambda: ("outlets.html.jinja", outlets_page(store)),
        "an outlet": lambda: ("outlet.html.jinja", outlet_page(store, slug(chance.choice(outlets)))),
        "sources": lambda: ("sources.html.jinja", sources_page(store)),
        "the most frequent source": lambda: ("source.html.jinja", source_page(store, sources[0])),
        "a source": lambda: ("source.html.jinja", source_page(store, chance.choice(sources))),
        "method": lambda: ("method.html.jinja", method_page(store)),
    }


def pages(store: Store, runs: int) -> dict[str, Numbers]:
    """Milliseconds and bytes of each kind of page, over some runs."""
    frame = on_server("invented", "", "token")
    found: dict[str, Numbers] = {}
    for name, made in kinds(store).items():
        times, size = [], 0
        for _ in range(runs):
            started = time.perf_counter()
            html = show(frame.titled(name, ""), *made())
            times.append(1000 * (time.perf_counter() - started))
            size = max(size, len(html.encode("utf-8", "replace")))
        found[name] = {"least": min(times), "median": statistics.median(times), "most": max(times), "bytes": size}
    return found


def written(store: Store, out: Path, sample: int) -> dict[str, Numbers]:
    """Seconds, pages and bytes of writing the site: all of it by `write`, or so many pages of each kind in this process."""
    started = time.perf_counter()
    if not sample:
        done = write(store, out)
        return {"all": _written(done, done.pages, time.perf_counter() - started)}
    desk = Desk(store, out, "invented", "")
    total: dict[str, int] = {}
    some: dict[str, list[tuple[str, ...]]] = {}
    for task in plan(store):
        total[task.kind] = total.get(task.kind, 0) + len(task.keys)
        some.setdefault(task.kind, []).extend(task.keys[: max(0, sample - len(some.get(task.kind, [])))])
    found = {}
    for kind, keys in some.items():
        started = time.perf_counter()
        done = make(desk, Task(kind, tuple(keys)))
        found[kind] = _written(done, total[kind], time.perf_counter() - started)
    return found


def _written(done: Done, total: int, seconds: float) -> Numbers:
    return {"pages": done.pages, "of": total, "seconds": seconds, "bytes": done.bytes, "failed": len(done.failed)}


def told(numbers: Numbers) -> str:
    """The numbers as Markdown."""
    lines = [f"{numbers['articles']:,} articles", "", "| once | seconds |", "|---|---|"]
    lines += [f"| {name} | {seconds:.1f} |" for name, seconds in numbers["before"].items()]
    lines += ["", "| page | least, ms | median, ms | most, ms | kB |", "|---|---|---|---|---|"]
    for name, one in numbers["pages"].items():
        lines.append(f"| {name} | {one['least']:.0f} | {one['median']:.0f} | {one['most']:.0f} | {one['bytes'] / 1000:.0f} |")
    lines += ["", "| written as files | pages | of | pages a second | kB a page | failed |", "|---|---|---|---|---|---|"]
    for name, one in numbers["written"].items():
        rate, size = one["pages"] / one["seconds"], one["bytes"] / 1000 / one["pages"]
        lines.append(f"| {name} | {one['pages']:,} | {one['of']:,} | {rate:.1f} | {size:.0f} | {one['failed']} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024) / 1024
    return "\n".join([*lines, "", f"peak memory of this process: {peak:.1f} GiB"])


if __name__ == "__main__":
    main()
