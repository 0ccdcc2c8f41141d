"""Chromium, a small store of invented articles, its site as files, a server over a copy of it, and a watch over what pages do.

Always true here: a page that a test opens may ask its own folder or server only, and says nothing on its console; otherwise the test fails.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Response, sync_playwright

from sayso.attribution.voices import summary, voices
from sayso.claims.story import claims
from sayso.demo import story
from sayso.document import Document
from sayso.quotations import quotations
from sayso.reader import Reader
from sayso.reading import OUTLET, Attribution, Reading, Source
from sayso.render.comparison import compare
from sayso.render.pages import page
from sayso.spans import Spans, span_list
from sayso.store.store import Store
from sayso.structure import paragraphs

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]
READY_WITHIN = 60.0  # seconds

ATTACK = "<script>window.ran=1</script><img src=x onerror=window.ran=1>{{ 7*7 }}</style></textarea>'\"\u202e"

PLAIN = {
    "wrapped": (
        "The ferry to Port Alder will not sail before June, the\nharbor office said on Monday. The crew, it added, would be\n"
        "paid in full.\n\n“We are waiting for one valve,” said Ines Okafor, the harbor\nmaster. Shop owners fear that the summer is lost.\n"
    ),
    "capitals": "MAYOR SAYS BRIDGE IS SAFE\n\nMAYOR ADA QUILL SAID THAT THE BRIDGE WAS SAFE. “NOBODY NEEDS TO WORRY,” SHE SAID.\n",
    "signs": (
        "The town 😀👩‍👩‍👧 said that the lake 🏞️ was clean.\n\n“We never said “never”, Mira Oland said. ‘So be it” she added, "
        "and the cafe\u0301 denied that it was closed.\n"
    ),
    "names": "The poet محمد الفايد said that the house in القاهرة was sold. “It is gone,” said عبد الله.\n\nThe sale was late.\n",
}
FIRST = (
    "The Harrow Dam will be repaired in spring, the water board said.\n\n“The wall is sound,” said Tilda Marsh, the chief engineer.\n\n"
    "Residents complained that nobody had told them about the cracks.\n"
)
SECOND = (
    "The Harrow Dam will be repaired next year, the water board admitted.\n\n“The wall is sound,” said Tilda Marsh, the chief engineer.\n\n"
    "Residents claimed that nobody had told them about the cracks. The board denied that letters were lost.\n"
)
ARABIC = "قال أحمد منصور إن الجسر القديم مغلق.\n\n«لن نعود قبل الصيف»، قالت ليلى حداد.\n"


Visit = Callable[..., Page]


def at(text: str, *words: str) -> Spans:
    return span_list([(text.index(part), text.index(part) + len(part)) for part in words])


def by_hand(document: Document, sources: tuple[Source, ...], made: tuple[Attribution, ...]) -> Reading:
    counts = summary(document, made, sources, quotations(document.text, paragraphs(document.text)))
    return Reading(document, made, sources, voices(document, made), summary=counts)


def arabic() -> Reading:
    """An article that is written from right to left."""
    document = Document(ARABIC, title="الجسر القديم مغلق", outlet="صحيفة المرفأ", published="2026-03-04", language="ar")
    sources = (Source("S1", "أحمد منصور", "person", named=True), Source("S2", "ليلى حداد", "person", named=True))
    first = Attribution("A1", at(ARABIC, "إن الجسر القديم مغلق"), at(ARABIC, "أحمد منصور"), at(ARABIC, "قال"), "S1", chain=(OUTLET, "S1"))
    quoted = at(ARABIC, "«لن نعود قبل الصيف»")
    second = Attribution("A2", quoted, at(ARABIC, "ليلى حداد"), at(ARABIC, "قالت"), "S2", form="direct", chain=(OUTLET, "S2"))
    return by_hand(document, sources, (first, second))


def hostile() -> Reading:
    """An attack in every field."""
    text = f"{ATTACK} said that {ATTACK} had fallen.\n\nThe {ATTACK} stood still.\n"
    content = span_list([(len(ATTACK) + 6, 2 * len(ATTACK) + 22)])
    source, cue = span_list([(0, len(ATTACK))]), span_list([(len(ATTACK) + 1, len(ATTACK) + 5)])
    known: dict[str, Any] = {"title": f"Hostile {ATTACK}", "outlet": ATTACK, "url": "javascript:window.ran=1", "section": ATTACK}
    known |= {"published": "2026-03-05", "authors": (ATTACK,), "columns": ((ATTACK, ATTACK),)}
    who = Source("S1", ATTACK, "person", named=True, role=ATTACK, affiliation=ATTACK, mentions=source)
    return by_hand(Document(text, **known), (who,), (Attribution("A1", content, source, cue, "S1", chain=(OUTLET, "S1"), confidence=0.4),))


def documents() -> list[Document]:
    """What the rules read: a story of three outlets, two versions of an article, and texts as people paste them."""
    address, outlet = "https://news.example/dam", "The Alder Gazette"
    dam = Document(FIRST, title="Dam to be repaired in spring", outlet=outlet, url=address, published="2026-04-01T08:00Z")
    later = Document(SECOND, title="Dam to be repaired next year", outlet=outlet, url=address, published="2026-04-01T17:30Z")
    return [*story.documents(), dam, later, *(Document(text, outlet=f"Pasted {name}") for name, text in PLAIN.items())]


@cache
def readings() -> list[Reading]:
    """All articles of the store, by one generator as a store wants it."""
    reader = Reader(rules=True)
    return [replace(each, generator=reader.generator).check() for each in (*reader.pipe(documents()), arabic(), hostile())]


def sayso(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "sayso", *map(str, arguments)]


def run(*arguments: str | Path) -> None:
    done = subprocess.run(sayso(*arguments), capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, done.stderr


def fill(path: Path, given: list[Reading]) -> Path:
    """A store with these articles, their stories and their claims."""
    with Store.make(path, given[0].generator) as store:
        assert store.add(given).new == len(given)
    run("stories", path, "--rules")
    run("claims", "--store", path, "--all", "--rules")
    return path


def write(store: Path, folder: Path) -> Path:
    """The pages of a store, in `folder/site`."""
    run("report", store, "-o", folder / "site")
    return folder / "site"


@contextmanager
def serve(store: Path, folder: Path) -> Iterator[str]:
    """The address of a server over a copy of the store, made in the folder."""
    shutil.copytree(store, folder / "store")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = sayso("serve", folder / "store", "--port", str(port), "--rules")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            yield wait_for(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def stores() -> SimpleNamespace:
    """What makes a store (`fill`), writes its pages (`write`) and serves them (`serve`)."""
    return SimpleNamespace(fill=fill, write=write, serve=serve)


@pytest.fixture(scope="session")
def articles() -> dict[str, Reading]:
    """The store's articles: by outlet, and `dam` and `later` for the two versions of one."""
    found = {each.document.outlet or "": each for each in readings()}
    versions = [each for each in readings() if each.document.url == "https://news.example/dam"]
    first, second = sorted(versions, key=lambda each: each.document.published or "")
    return found | {"first version": first, "second version": second, "hostile": found[ATTACK], "arabic": found["صحيفة المرفأ"]}


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("browser") / "store", readings())


@pytest.fixture(scope="session")
def site(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store as a folder of pages."""
    return write(store, tmp_path_factory.mktemp("written"))


@pytest.fixture(scope="session")
def single(articles: dict[str, Reading], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page that `sayso read --html` writes, with a few articles and the table that compares them."""
    chosen = [articles[name] for name in ("Meridian Newswire", "The Daily Clarion", "hostile", "arabic", "Pasted signs")]
    path = tmp_path_factory.mktemp("single") / "site" / "page.html"
    path.parent.mkdir()
    path.write_text(page(chosen, comparison=compare(chosen), matrix=claims(chosen[:2], None)), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def served(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a copy of the store."""
    with serve(store, tmp_path_factory.mktemp("served")) as address:
        yield address


def wait_for(address: str, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        assert process.poll() is None, process.stdout.read().decode() if process.stdout else ""
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
        else:
            return address
    raise AssertionError(f"no answer from {address}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a file; its event loop must not live on under other tests."""
    if CHROMIUM is None:
        pytest.skip("no chromium on the path")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


class Eyes:
    """Opens pages and notes what they do that they should not: ask for other addresses, complain on the console, open dialogs."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.complaints: list[str] = []
        self.refused: set[str] = set()  # pages that were answered as an error; that the browser says so is no fault of theirs

    def visit(self, address: str, width: int = 1280, *, scripts: bool = True, **options: Any) -> Page:
        """A page in a context of its own, with these options of playwright's."""
        context = self.browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts, **options)
        context.set_default_timeout(15_000)
        page = context.new_page()
        self.watch(page, own_part(address))
        page.goto(address)
        return page

    def watch(self, page: Page, own: str) -> None:
        """Look at a page from now on; `own` is what all addresses it asks for begin with."""

        def asked(request: Request) -> None:
            if not request.url.startswith((own, "data:", "blob:")):
                self.complaints.append(f"asked for {request.url[:200]}")

        def said(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                self.complaints.append(f"{message.type}: {message.text} at {message.location['url']}")

        def answered(response: Response) -> None:
            if response.request.is_navigation_request() and response.status >= 400:
                self.refused.add(f"error: Failed to load resource: the server responded with a status of {response.status}")

        def opened(dialog: Dialog) -> None:
            self.complaints.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("request", asked)
        page.on("response", answered)
        page.on("console", said)
        page.on("dialog", opened)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def close(self) -> None:
        """Close all pages and fail if one did what it should not."""
        for context in self.browser.contexts:
            context.close()
        complaints = [each for each in self.complaints if not any(each.startswith(refused) for refused in self.refused)]
        self.complaints, self.refused = [], set()
        assert complaints == []


def own_part(address: str) -> str:
    """The server of a page, or the folder of the site that its file is in."""
    if address.startswith("file:"):
        return address.partition("/site/")[0] + "/site/"
    return "/".join(address.split("/")[:3]) + "/"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open an address: `visit(address, width, scripts=…, **options of a context)`; pages are watched until the test ends."""
    eyes = Eyes(browser)
    yield eyes.visit
    eyes.close()


@pytest.fixture(scope="module")
def eyes(browser: Browser) -> Eyes:
    """For pages that several tests look at."""
    return Eyes(browser)
