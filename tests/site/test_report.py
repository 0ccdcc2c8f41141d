"""The whole site as files: complete, the same every time, and never half of it."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from sayso.document import Document
from sayso.errors import ContractError, StoreError, UsageError
from sayso.reader import Reader
from sayso.reading import Reading
from sayso.site import report, sheets
from sayso.site.article import shown_page
from sayso.site.links import Files
from sayso.site.report import write
from sayso.site.sheets import Done
from sayso.store.store import Store

HOSTILE = "</title><script>document.documentElement.dataset.bad=1</script><b onclick=x>&\u202e\x1b[31m"


class Anchors(HTMLParser):
    """The ids of a page and where its links and assets lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src", "action", "for", "aria-labelledby", "aria-describedby", "aria-controls"):
                self.links += [f"#{each}" for each in (value or "").split()] if name not in ("href", "src", "action") else [value or ""]


def dead(site: Path) -> list[str]:
    """Every link of a site that leads nowhere, every id that stands twice."""
    pages = {path: Anchors(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        found += [f"{path}: id {each} stands twice" for each in {each for each in page.ids if page.ids.count(each) > 1}]
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                if parts.scheme not in ("http", "https") and link != "data:,":
                    found.append(f"{path}: {link}")
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                found.append(f"{path}: {link} leads nowhere")
            elif parts.fragment and unquote(parts.fragment) not in pages[target].ids:
                found.append(f"{path}: {link} has no such place")
    return found


def bytes_of(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


@pytest.fixture
def rich(counted: Store) -> Store:
    """The town, with an article whose every field is hostile, and one from right to left."""
    text = f"“We left,” said {HOSTILE} Mira Oland.\n\nThe mayor {HOSTILE} denied that it rained."
    documents = [
        Document(text, title=HOSTILE, outlet=HOSTILE, published=HOSTILE, url="javascript:alert(1)", authors=(HOSTILE,)),
        Document("“We left,” said Mira Oland of the yard.", title="שלום", outlet="../../etc/passwd"),
    ]
    more = "“We wait,” said Mayor Ines Calder. The board said that the yard opens in June. It rained in Alder for a week."
    first = Document(more, outlet="Alder Post", url="https://news.example/yard", published="2031-05-08")
    again = [first, replace(first, text=f"{more} It is dry.", published="2031-05-09", id="")]
    acting, foreign, *yard = Reader(rules=True).pipe([*documents, *again])
    counted.add([*yard, acting, replace(foreign, document=replace(foreign.document, language="he"))])
    return counted


def test_every_link_leads_to_a_file_and_every_anchor_is_there(rich: Store, tmp_path: Path) -> None:
    done = write(rich, tmp_path / "site")
    assert done.failed == ()
    assert dead(tmp_path / "site") == []
    written = bytes_of(tmp_path / "site")
    assert len(written) == done.pages + 1  # and about.json
    assert sum(map(len, written.values())) - len(written["about.json"]) == done.bytes
    assert sum(name.startswith("versions/") for name in written) == 1
    for article in rich.known():
        assert Files().article(article) in written
    assert {"index.html", "articles.html", "stories.html", "outlets.html", "sources.html", "method.html"} <= set(written)


def test_nothing_hostile_acts_and_nothing_needs_a_network(rich: Store, tmp_path: Path) -> None:
    write(rich, tmp_path / "site")
    for name, raw in bytes_of(tmp_path / "site").items():
        text = raw.decode("utf-8")
        assert not re.search("[\x1b\u202e]", text), name
        if name.endswith(".html"):
            assert "<script>document" not in text, name
            assert not re.search(r"<[^>]*\s(?:on\w+|style)=", text), name
            assert "<form" not in text, name
            assert text.count("Content-Security-Policy") == 1, name
            assert not re.search(r"<(?:link|script|img|iframe)[^>]*(?:href|src)=\"(?:https?:)?//", text), name
    assert not any(".." in path.parts for path in (tmp_path / "site").rglob("*"))


def test_the_same_store_gives_the_same_bytes(rich: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(rich, tmp_path / "one", workers=1)
    monkeypatch.setattr(report, "ALONE", 1)
    monkeypatch.setattr(report, "TOGETHER", 7)
    write(rich, tmp_path / "two", workers=2)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


@pytest.mark.parametrize("there", ["a file", "other things", "an export"])
def test_what_is_not_ours_is_left_alone(counted: Store, tmp_path: Path, there: str) -> None:
    out = tmp_path / "site"
    if there == "a file":
        out.write_text("mine")
    else:
        out.mkdir()
        (out / ("about.json" if there == "an export" else "mine.txt")).write_text('{"schema": "sayso-export/1"}')
    before = out.read_bytes() if out.is_file() else bytes_of(out)
    with pytest.raises(UsageError, match="one that sayso report made"):
        write(counted, out)
    assert (out.read_bytes() if out.is_file() else bytes_of(out)) == before


def test_an_older_site_is_replaced_and_an_empty_folder_is_filled(counted: Store, tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    write(counted, out)
    (out / "articles" / "old.html").write_text("old")
    write(counted, out)
    assert not (out / "articles" / "old.html").exists()
    assert json.loads((out / "about.json").read_text())["schema"] == "sayso-site/1"
    assert sorted(path.name for path in tmp_path.iterdir() if "site" in path.name) == ["site"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_interruption_leaves_the_older_site(
    counted: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    out = tmp_path / "site"
    write(counted, out)
    before = bytes_of(out)
    put = sheets.Desk.write

    def failing(desk: sheets.Desk, address: str, text: str) -> Done:
        if address == "index.html":
            raise error
        return put(desk, address, text)

    monkeypatch.setattr(sheets.Desk, "write", failing)
    with pytest.raises((KeyboardInterrupt, StoreError)):
        write(counted, out)
    assert bytes_of(out) == before
    assert sorted(path.name for path in tmp_path.iterdir() if "site" in path.name) == ["site"]


@pytest.mark.parametrize("error", [ContractError("a voice is missing"), KeyError("voice")])
def test_an_article_that_cannot_be_shown_costs_one_line(
    counted: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    bad = min(counted.known())
    shown: Callable[..., object] = shown_page

    def failing(store: Store, reading: Reading, *given: object) -> object:
        if reading.document.id == bad:
            raise error
        return shown(store, reading, *given)

    monkeypatch.setattr(sheets, "shown_page", failing)
    lines: list[str] = []
    done = write(counted, tmp_path / "site", notice=lines.append)
    assert len(done.failed) == 1
    assert done.failed[0].startswith(f"articles/{bad}.html: ")
    assert done.failed[0] in lines
    assert "This page could not be made" in (tmp_path / "site" / Files().article(bad)).read_text()
    assert [each for each in dead(tmp_path / "site") if "leads nowhere" in each] == []


def test_figures_are_counted_first(town: Store, tmp_path: Path) -> None:
    lines: list[str] = []
    write(town, tmp_path / "site", notice=lines.append)
    assert "counting the figures of outlets and sources" in lines
    assert dead(tmp_path / "site") == []


def test_without_stories_the_rest_is_there(town: Store, tmp_path: Path) -> None:
    town.drop("stories")
    assert write(town, tmp_path / "site").failed == ()
    assert dead(tmp_path / "site") == []
    assert "sayso stories" in (tmp_path / "site" / "stories.html").read_text()
