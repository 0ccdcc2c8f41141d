"""The pages of a store, served; and what is said where there is nothing to be shown."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.demo.story import documents
from sayso.document import Document
from sayso.reader import Reader
from sayso.site import kept
from sayso.store.store import Store
from sayso.stories.keeping import update
from sayso.web.app import application
from sayso.web.desk import Desk
from sayso.web.guards import Door

HERE = "http://127.0.0.1:8765"
TEXT = "The ferry will not sail before June, the harbor office said on Monday. “No,” said Ines Okafor, the harbor master.\n"
reader = partial(Reader, rules=True)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the bundled story, with its stories and its figures."""
    path = tmp_path_factory.mktemp("web") / "alder"
    with Store.make(path, reader().generator) as store:
        store.add(reader().pipe(documents()))
        update(store)
        kept.keep(store)
    return path


class Browsing:
    """A visitor of a store."""

    def __init__(self, client: TestClient, desk: Desk) -> None:
        self.client, self.desk = client, desk

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def post(self, path: str, **fields: str) -> Any:
        headers = {"Origin": HERE}
        return self.client.post(path, data={"token": self.desk.token, **fields}, headers=headers, follow_redirects=False)

    def read(self, text: str, **fields: str) -> Any:
        job = self.post("/read", way="text", text=text, **fields).headers["location"]
        while (state := self.desk.jobs.state(job.rpartition("/")[2])) is not None and state.stage != "done":
            time.sleep(0.02)
        return self.client.get(job)


@pytest.fixture
def place(filled: Path, tmp_path: Path) -> Path:
    shutil.copytree(filled, tmp_path / "alder")
    return tmp_path / "alder"


@pytest.fixture
def visitor(place: Path) -> Iterator[Browsing]:
    desk = Desk(reader, Store.open(place))
    with TestClient(application(desk, Door(8765)), base_url=HERE) as client:
        yield Browsing(client, desk)


@pytest.fixture(scope="module")
def shared(filled: Path) -> Iterator[Browsing]:
    """The same for tests that change nothing."""
    desk = Desk(reader, Store.open(filled))
    with TestClient(application(desk, Door(8765)), base_url=HERE) as client:
        yield Browsing(client, desk)


def test_two_versions_are_laid_beside_each_other(visitor: Browsing) -> None:
    ids = []
    for text in (TEXT, TEXT + "Nobody in the town was told, she added.\n"):
        visitor.read(text, keep="yes", outlet="The Alder Gazette", title="Ferry")
        ids.append(Document(text, outlet="The Alder Gazette").id)
    answer = visitor.get(f"/versions/{ids[0]}/{ids[1]}")
    assert answer.status_code == 200
    assert "Nobody in the town was told" in answer.text
    assert visitor.get(f"/versions/{ids[0]}/{ids[0]}").status_code == 404


PAGES = ["/", "/articles", "/stories", "/outlets", "/sources", "/method", "/corrections", "/read"]


def links(page: str) -> set[str]:
    return {each.partition("#")[0].replace("&amp;", "&") for each in re.findall(r'(?:href|src)="(/[^"]*)"', page)}


def test_every_page_that_is_linked_is_there(shared: Browsing) -> None:
    seen: set[str] = set()
    wanted = set(PAGES)
    while wanted - seen:
        path = sorted(wanted - seen)[0]
        seen.add(path)
        answer = shared.get(path)
        assert answer.status_code == 200, f"{path}: {answer.text[:2000]}"
        if answer.headers["content-type"].startswith("text/html"):
            assert "alder" in answer.text
            wanted |= links(answer.text)
    assert {path.split("/")[1] for path in seen} >= {"articles", "outlets", "sources", "stories", "assets"}
    assert len(seen) > 20


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/nowhere",
            "/articles/x",
            "/articles/..%2f..%2fstore.json",
            "/outlets/x",
            "/sources/x",
            "/stories/x",
            "/versions/a/b",
            "/favicon.ico",
        ),
        *("/articles?page=x", "/articles?page=-1", "/articles?since=soon", "/articles?order=x"),
        *("/stories?page=1000000000000000000000", "/articles/%00", "/articles/%ff", "/articles/" + "a" * 500, "/articles/x/corrections"),
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(shared: Browsing, path: str) -> None:
    answer = shared.get(path)
    assert answer.status_code == 404
    assert answer.text.count('role="alert"') == 1
    assert '<nav aria-label="Pages">' in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/assets/",
            "/assets",
            "/assets/../app.py",
            "/assets/..%2fapp.py",
            "/assets/%2e%2e/%2e%2e/pyproject.toml",
            "/assets/base.html.jinja",
        ),
        *(
            "/assets/site.css%00.js",
            "/assets//etc/passwd",
            "/assets/%2fetc%2fpasswd",
            "/assets/SITE.CSS",
            "/assets/style.css",
            "/..%2f..%2fetc/passwd",
        ),
    ],
)
def test_there_is_no_way_out_of_the_assets(shared: Browsing, path: str) -> None:
    answer = shared.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "import" not in answer.text


@pytest.mark.parametrize("name", ["site.css", "site.js", "htmx.js"])
def test_assets(shared: Browsing, name: str) -> None:
    answer = shared.get(f"/assets/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/css" if name.endswith("css") else "text/javascript")
    assert not re.search(r"https?://(?!htmx\.org)", answer.text) or name == "htmx.js"


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "a\x00b", "\u202eabc", "' OR 1=1 --", "%", "_"]
)
@pytest.mark.parametrize("name", ["q", "outlet", "story"])
def test_what_is_searched_for_is_shown_and_nothing_more(shared: Browsing, name: str, query: str) -> None:
    answer = shared.client.get("/articles", params={name: query})
    assert answer.status_code in (200, 404)
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert "49" not in re.sub(r"<[^>]*>", "", answer.text).split()
    assert "\x00" not in answer.text
    assert query not in ("' OR 1=1 --",) or "0 articles" in answer.text or answer.status_code == 404


def test_what_is_read_is_kept_only_if_that_is_wanted(visitor: Browsing, place: Path) -> None:
    visitor.read(TEXT, outlet="The Alder Gazette")
    with Store.open(place) as store:
        assert len(store) == 3
    page = visitor.read(TEXT + "And later too.\n", keep="yes", outlet="The Alder Gazette")
    assert "1 article kept in the collection" in page.text
    with Store.open(place) as store:
        assert len(store) == 4
        assert Document(TEXT + "And later too.\n", outlet="The Alder Gazette").id in store.known()
    assert "/articles/" in visitor.get("/articles?here=yes").text
    for _ in range(500):  # the figures are counted anew meanwhile
        page = visitor.get("/outlets")
        if page.status_code == 200:
            break
        time.sleep(0.05)
    assert "The Alder Gazette" in page.text


def test_figures_are_counted_in_the_background(place: Path) -> None:
    with Store.open(place) as store:
        store.drop(kept.MARK)
    desk = Desk(reader, Store.open(place))
    with TestClient(application(desk, Door(8765)), base_url=HERE) as client:
        for _ in range(500):
            if not client.get("/articles").text.count("are being counted") and client.get("/outlets").status_code == 200:
                break
            time.sleep(0.05)
        assert client.get("/outlets").status_code == 200
        assert kept.current(desk.collection)


def test_pages_that_wait_for_figures_come_by_themselves(visitor: Browsing, monkeypatch: pytest.MonkeyPatch) -> None:
    assert visitor.desk.figures is not None
    visitor.desk.figures._thread.join()
    visitor.desk.collection.drop(kept.MARK)
    monkeypatch.setattr(visitor.desk.figures, "_notice", "The figures are being counted: articles, 1 of 3.")
    for path in ("/outlets", "/sources", "/outlets/x", "/sources/x"):
        answer = visitor.get(path)
        assert (answer.status_code, answer.headers["refresh"]) == (503, "5")
        assert "articles, 1 of 3" in answer.text
    assert visitor.get("/articles").status_code == 200


def test_a_store_by_another_reader_takes_nothing_in(place: Path) -> None:
    desk = Desk(partial(Reader, rules=True, measures=()), Store.open(place))
    with TestClient(application(desk, Door(8765)), base_url=HERE) as client:
        browsing = Browsing(client, desk)
        page = browsing.read(TEXT, keep="yes")
        assert "Nothing was kept in the collection" in page.text
        assert "what is read here cannot be kept in it" in client.get("/read").text
        assert 'name="keep"' not in client.get("/read").text


def test_a_damaged_store_is_told_in_one_line(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk(reader, Store.open(place))
    for shard in place.rglob("articles.parquet"):
        shard.write_bytes(b"PAR1 torn PAR1")
    with TestClient(application(desk, Door(8765)), base_url=HERE, raise_server_exceptions=False) as client:
        for path in ("/", "/articles", "/sources"):
            answer = client.get(path)
            assert answer.status_code == 500
            assert "Traceback" not in answer.text
            assert answer.text.count('role="alert"') == 1
            assert "damaged" in answer.text
        assert client.get("/read").status_code in (200, 500)
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "sayso: " in told


def test_a_fault_of_ours_is_one_line_for_the_person_and_one_on_the_terminal(
    visitor: Browsing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("<secret> \x1b[2J")

    monkeypatch.setattr(application.__globals__["browsing"], "index_page", broken)  # whatever else was imported anew meanwhile
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "please report it" in answer.text
    (line,) = [line for line in capsys.readouterr().err.splitlines() if "ZeroDivision" in line]
    assert "\x1b" not in line


@pytest.mark.parametrize("path", ["/stories", "/outlets", "/sources", "/method", "/stories/x", "/outlets/x", "/sources/x", "/versions/a/b"])
def test_without_a_store_its_pages_say_how_to_get_them(path: str) -> None:
    desk = Desk(reader)
    with TestClient(application(desk, Door(8765)), base_url=HERE) as client:
        answer = client.get(path)
        assert answer.status_code == 404
        assert "sayso serve STORE" in answer.text
        assert links(answer.text) <= {"/", "/articles", "/corrections", "/read", "/assets/site.css", "/assets/site.js"}
