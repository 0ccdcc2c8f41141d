"""First paint and weight of pages in real Chromium: `python benchmarks/paint.py [SITE]`; SITE is what `sayso report` wrote.

Always true here: numbers are printed and never asserted; every round begins with an empty cache; weights are those of the files as they lie
on the disk, not compressed. The article of 1,500 words is made of the invented ones of this repository, read by the rules.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import articles
from playwright.sync_api import Browser, Page, sync_playwright

from sayso.demo import story
from sayso.document import Document
from sayso.reader import Reader
from sayso.render.pages import page
from sayso.store.store import Store

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]
WORDS = 1_500
PAINT, WEIGHT = 200.0, 300_000  # what is aimed at for an article: milliseconds, bytes
FIRST = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


@dataclass(frozen=True, slots=True)
class Seen:
    """One page as a browser saw it: milliseconds to the first contentful paint (median), bytes, elements."""

    name: str
    paint: float
    slowest: float
    size: int
    shared: int
    elements: int


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    options = _options().parse_args(arguments)
    if CHROMIUM is None:
        sys.exit("no chromium on the path")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = dict(_pages(Path(folder), options.site))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        print(f"Chromium {browser.version}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; medians of {options.rounds} rounds")
        print(f"{'page':44} {'paint ms':>9} {'slowest':>9} {'page kB':>9} {'+ shared':>9} {'elements':>9}")
        for name, path in pages.items():
            found = look(browser, name, path, options.rounds, pages["a page of one word"])
            print(
                f"{found.name[:44]:44} {found.paint:9.0f} {found.slowest:9.0f} {found.size / 1000:9.1f} {found.shared / 1000:9.1f} "
                f"{found.elements:9,}"
            )
        browser.close()
    print(f"aimed at for an article of {WORDS:,} words: paint under {PAINT:.0f} ms, page and what it loads under {WEIGHT / 1000:.0f} kB")


def look(browser: Browser, name: str, path: Path, rounds: int, empty: Path) -> Seen:
    """Open a page so many times, each with an empty cache."""
    times: list[float] = []
    elements = shared = 0
    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        opened = context.new_page()
        loaded: list[str] = []
        opened.goto(empty.as_uri())  # so that what is timed is the page, and not the start of a process for it
        _note_files(opened, loaded)
        opened.goto(path.as_uri())
        times.append(_painted(opened))
        elements = int(opened.evaluate("document.querySelectorAll('*').length"))
        shared = sum(Path(each.removeprefix("file://")).stat().st_size for each in loaded if each != path.as_uri())
        context.close()
    return Seen(name, median(times), max(times), path.stat().st_size, shared, elements)


def _painted(opened: Page) -> float:
    """Milliseconds from the start of the visit to the first contentful paint; the page's policy forbids to wait for it inside the page."""
    while (at := opened.evaluate(FIRST)) is None:
        opened.wait_for_timeout(20)
    return float(at)


def _note_files(opened: Page, loaded: list[str]) -> None:
    opened.on("request", lambda request: loaded.append(request.url.partition("#")[0]) if request.url.startswith("file:") else None)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("site", nargs="?", type=Path, metavar="SITE", help="written by sayso report; by default a small one is made")
    parser.add_argument("--rounds", type=int, default=9, help="times that each page is opened (default: %(default)s)")
    return parser


def _pages(folder: Path, site: Path | None) -> Iterator[tuple[str, Path]]:
    empty = folder / "empty.html"
    empty.write_text("<!doctype html><title>Empty</title><p>Word", encoding="utf-8")
    yield "a page of one word", empty
    reader = Reader(rules=True)
    long = reader.read(Document(articles.text_of_words(WORDS), title="A long article", outlet="The Alder Gazette", published="2026-03-04"))
    said = f"{long.summary.words:,} words, {len(long.attributions)} attributions"
    alone = folder / "page.html"
    alone.write_text(page([long]), encoding="utf-8")
    yield f"sayso read --html: {said}", alone
    if site is None:
        site = _written(folder, reader, long)
        yield f"article: {said}", site / "articles" / f"{long.document.id}.html"
    for each in sorted(site.glob("*.html")):
        yield each.stem, each
    for each in sorted(one for one in site.iterdir() if one.is_dir() and any(one.glob("*.html"))):
        ranked = sorted(each.glob("*.html"), key=lambda path: path.stat().st_size)
        yield f"{each.name}: middle one", ranked[len(ranked) // 2]
        yield f"{each.name}: largest", ranked[-1]


def _written(folder: Path, reader: Reader, long: Any) -> Path:
    """A site of the invented articles and the long one."""
    known = [replace(each, outlet=each.outlet or "Invented News", id="") for each in (*articles.articles(), *story.documents())]
    with Store.make(folder / "store", reader.generator) as store:
        store.add((long, *reader.pipe(dict.fromkeys(known))))
    for command in (["stories", folder / "store", "--rules"], ["claims", "--store", folder / "store", "--all", "--rules"]):
        subprocess.run([sys.executable, "-m", "sayso", *map(str, command)], check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "sayso", "report", str(folder / "store"), "-o", str(folder / "site")], check=True)
    return folder / "site"


if __name__ == "__main__":
    main()
