"""Giving something to be read: what is taken, what is refused, and how far it is; all of it may be an attack."""

from __future__ import annotations

import gzip
import io
import re
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sayso.document import Document
from sayso.web import reading_here
from sayso.web.answers import MAX_FILES
from sayso.web.inputs import LONGEST

TEXT = "The ferry will not sail before June, the harbor office said on Monday. “No,” said Ines Okafor, the harbor master.\n"
SCRIPT = "<script>alert(1)</script>"
ATTACKS = [
    SCRIPT,
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onfocus=alert(1) autofocus='",
    "</title></textarea></style><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{7*7}} {% for x in (1).__class__.__base__.__subclasses__() %} ${7*7} #{7*7}",
    "a\r\nSet-Cookie: stolen=1\r\n\r\n<script>alert(1)</script>",
    "a\x00b",
    "\u202egnp.exe\u2066",
    "&#60;script&#62;",
    "<!--",
    "]]>",
]


def harmless(page: Any) -> None:
    """Nothing of an attack acts in this answer: no element or attribute that we did not write."""
    assert "set-cookie" not in page.headers
    scripts = re.findall(r"<script[^>]*>", page.text)
    assert all(re.fullmatch(r'<script src="/assets/[a-z]+\.js" defer>', each) for each in scripts), scripts
    tags = re.findall(r"<[a-zA-Z][^>]*>", page.text)
    assert not [tag for tag in tags if re.search(r"\son\w+\s*=", re.sub(r'"[^"]*"', '""', tag))]
    assert not re.search(r'(?:href|src|action)="\s*(?:javascript|data:text|vbscript)', page.text, re.IGNORECASE)
    assert "<svg onload" not in page.text
    assert "<img" not in page.text
    assert "49" not in re.sub(r"<[^>]*>", "", page.text).split()
    assert "\u202e" not in page.text
    assert "\x00" not in page.text


def test_the_forms_are_there(visitor: Any) -> None:
    page = visitor.get("/read").text
    assert page.count(f'name="token" value="{visitor.desk.token}"') == 3
    assert 'type="file"' in page
    assert "Nothing is kept on disk" in page
    assert visitor.get("/").text.count("<form") == 3


def test_a_text_leads_to_its_progress_at_once_and_then_to_its_article(visitor: Any) -> None:
    answer = visitor.post(
        "/read", {"way": "text", "text": TEXT, "outlet": "The Alder Gazette", "title": "Ferry", "published": "2024-03-31"}
    )
    assert answer.status_code == 303
    job = answer.headers["location"]
    assert re.fullmatch(r"/reading/[\w-]{16,}", job)
    visitor.wait(job)
    led = visitor.get(job, follow_redirects=False)
    (reading,) = visitor.desk.shelf.newest()
    assert (led.status_code, led.headers["location"]) == (303, f"/articles/{reading.document.id}")
    assert reading.document == Document(
        TEXT, title="Ferry", outlet="The Alder Gazette", published="2024-03-31", origin="pasted text", language="en"
    )
    assert 'href="/articles/' in visitor.get("/read").text
    assert "The Alder Gazette · 2024-03-31" in visitor.get("/articles").text


def test_progress_is_shown_with_and_without_scripts(visitor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor.desk.jobs, "_outcome", None, raising=False)
    slow = visitor.desk.jobs._take

    def take(reading: Any) -> None:
        time.sleep(1.0)
        slow(reading)

    visitor.desk.jobs._take = take
    answer = visitor.post("/read", {"way": "files"}, [("files", ("a.csv", table(3).encode()))])
    job = answer.headers["location"]
    for _ in range(200):
        page = visitor.get(job).text
        if "article 1 of 3" in page:
            break
        time.sleep(0.02)
    assert "article 1 of 3" in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert f'data-hx-get="{job}/state"' in page
    assert 'src="/assets/htmx.js"' in page
    part = visitor.get(f"{job}/state")
    assert part.text.lstrip().startswith('<div id="state"')
    assert "<html" not in part.text
    visitor.post(f"{job}/stop")
    done = visitor.wait(job)
    assert "not read any more" in done.text
    assert "http-equiv" not in done.text
    assert visitor.get(f"{job}/state").headers["hx-redirect"] == job


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"way": "text", "text": "  \n "}, "there is no text yet"),
        ({"way": "text", "text": "word " * (LONGEST // 5 + 1)}, "longer than 1,000,000 characters"),
        ({"way": "text", "text": TEXT, "published": "31/03/24"}, "write it as 2024-03-31"),
        ({"way": "url", "url": "file:///etc/passwd"}, "no web address"),
        ({"way": "url", "url": "/etc/passwd"}, "no web address"),
        ({"way": "url", "url": "-"}, "no web address"),
        ({"way": "url", "url": "javascript:alert(1)"}, "no web address"),
        ({"way": "files"}, "no file was chosen"),
        ({"way": "folder"}, "say what is to be read"),
        ({}, "say what is to be read"),
    ],
)
def test_what_makes_no_sense_is_told_beside_the_form(visitor: Any, fields: dict[str, str], says: str) -> None:
    answer = visitor.post("/read", fields)
    assert answer.status_code == 422
    assert says in answer.text.lower()
    assert answer.text.count('role="alert"') == 1


def test_what_was_typed_is_not_lost(visitor: Any) -> None:
    answer = visitor.post("/read", {"way": "text", "text": TEXT + "</textarea><b>x", "outlet": 'The "Post"', "published": "soon"})
    assert "The ferry will not sail before June" in answer.text
    assert "&lt;/textarea&gt;&lt;b&gt;x" in answer.text
    assert "The &#34;Post&#34;" in answer.text


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost:8765/", "http://[::1]/", "http://169.254.169.254/latest/", "http://0/"]
)
def test_addresses_inside_are_never_fetched(visitor: Any, url: str) -> None:
    answer = visitor.post("/read", {"way": "url", "url": url})
    page = visitor.wait(answer.headers["location"])
    assert "never fetched" in page.text or "no host named" in page.text
    assert len(visitor.desk.shelf) == 0


def test_an_address_that_does_not_answer_says_so_and_how_to_go_on(visitor: Any) -> None:
    answer = visitor.post("/read", {"way": "url", "url": "gazette.example/ferry"})
    page = visitor.wait(answer.headers["location"])
    assert "https://gazette.example/ferry" in page.text
    assert "there is no host named gazette.example" in page.text
    assert "Read another text" in page.text


@pytest.mark.parametrize("attack", ATTACKS)
def test_stored_attacks_do_nothing(visitor: Any, attack: str) -> None:
    """In a text, its headline, its outlet; in the lists and on the article's page."""
    page = visitor.read(f"{TEXT} {attack.replace(chr(0), '')}", title=attack, outlet=attack)
    for answer in (page, visitor.get("/read"), visitor.get("/articles"), visitor.get("/")):
        assert answer.status_code == 200
        harmless(answer)


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_in_what_is_refused_do_nothing(visitor: Any, attack: str) -> None:
    for fields in ({"way": "url", "url": attack}, {"way": "text", "text": attack, "published": attack}, {"way": attack}):
        answer = visitor.post("/read", fields)
        if answer.status_code == 303:
            answer = visitor.wait(answer.headers["location"])
        harmless(answer)


@pytest.mark.parametrize("attack", [*ATTACKS, "../../../etc/passwd", "..\\..\\x", "/etc/passwd", "a/../b.txt", "con", ".", "", "\ufffd"])
def test_names_of_files_do_nothing(visitor: Any, attack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    name = attack.replace("\r\n", " ").replace('"', "%22").replace("\x00", "")
    answer = visitor.upload((f"{name}.bin", b"\x00\x01\x02\x03"), (name, TEXT.encode()), ("b.txt", TEXT.encode() * 2))
    harmless(answer)
    assert str(tmp_path) not in answer.text
    assert list(tmp_path.iterdir()) == []  # and nothing stays


def table(rows: int) -> str:
    return "title,text\n" + "".join(f'T{n},"{TEXT.strip()} And {n} others said the same."\n' for n in range(rows))


def test_a_table_is_read_row_by_row(visitor: Any) -> None:
    page = visitor.upload(("twenty.csv", table(20).encode()), ("bad.pdf", b"%PDF-1.4 nothing"))
    assert "20 articles read, 1 not read" in page.text
    assert page.text.count('href="/articles/') >= 20
    assert '<b dir="auto">bad.pdf</b>' in page.text


def test_kinds_are_told_by_content_whatever_the_name_says(visitor: Any) -> None:
    page = visitor.upload(("picture.png", TEXT.encode()))
    assert page.status_code == 200
    assert len(visitor.desk.shelf) == 1


def test_a_drawing_is_never_served_back(visitor: Any) -> None:
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
    page = visitor.upload(("x.svg", svg), ("y.html", svg))
    harmless(page)
    assert "svg" not in page.headers["content-type"]
    for path in ("/x.svg", "/assets/x.svg", "/uploads/x.svg", "/read/x.svg"):
        assert visitor.get(path).status_code == 404


def bomb() -> bytes:
    return gzip.compress(b"a" * 200_000_000, 9)


def word_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<w>" + "a" * 150_000_000)
    return packed.getvalue()


def wacz_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/data.warc.gz", bomb())
    return packed.getvalue()


@pytest.mark.parametrize(("name", "made"), [("a.txt.gz", bomb), ("a.jsonl.gz", bomb), ("a.docx", word_bomb), ("a.wacz", wacz_bomb)])
def test_bombs_do_not_go_off(visitor: Any, name: str, made: Any) -> None:
    started = time.perf_counter()
    page = visitor.upload((name, made()), ("good.txt", TEXT.encode()))
    assert "1 article read" in page.text
    assert f'<b dir="auto">{name}' in page.text
    assert time.perf_counter() - started < 60


@pytest.mark.parametrize("tag", ["div", "blockquote", "q", "b"])
def test_a_page_that_is_nested_very_deeply_does_no_harm(visitor: Any, tag: str) -> None:
    page = f"<!doctype html><html><body>{f'<{tag}>' * 50_000}<p>{TEXT * 5}</p>".encode()
    answer = visitor.upload(("deep.html", page), ("good.txt", TEXT.encode()))
    assert answer.status_code == 200
    assert "fault of ours" not in answer.text
    assert len(visitor.desk.shelf) >= 1


def test_a_name_inside_a_package_leads_nowhere(visitor: Any, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("../../escaped.txt", TEXT)
        package.writestr("/tmp/escaped.txt", TEXT)
    page = visitor.upload(("x.zip", packed.getvalue()))
    assert "ZIP archive" in page.text
    assert not Path("/tmp/escaped.txt").exists()


def test_too_many_files_are_refused(visitor: Any) -> None:
    files = [("files", (f"{n}.txt", TEXT.encode())) for n in range(MAX_FILES + 1)]
    answer = visitor.post("/read", {"way": "files"}, files)
    assert answer.status_code == 413
    assert len(visitor.desk.jobs._states) == 0


def test_too_many_fields_are_refused(visitor: Any) -> None:
    answer = visitor.post("/read", {f"x{n}": "y" for n in range(200)} | {"way": "text"}, [("files", ("a", b""))])
    assert answer.status_code == 413


def test_a_file_that_is_too_large_is_refused(visitor: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(reading_here, "MAX_FILE", 1000)
    answer = visitor.post("/read", {"way": "files"}, [("files", ("a.txt", b"a" * 1001))])
    assert answer.status_code == 422
    assert "The file a.txt is larger than" in answer.text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: nonsense\r\n\r\na\r\n--x--"),
        ("multipart/form-data; boundary=x", b"no boundary at all"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n' + b"a" * 9_000_000),
        ("application/x-www-form-urlencoded", b"%%%&&&===" * 10),
        ("application/json", b'{"token": 1}'),
        ("text/plain", b"token=x"),
        ("", b""),
    ],
)
def test_bodies_that_are_no_forms_are_refused(visitor: Any, kind: str, body: bytes) -> None:
    headers = {"Origin": "http://127.0.0.1:8765", "Content-Type": kind}
    answer = visitor.client.post("/read", content=body, headers=headers)
    assert answer.status_code in (400, 403, 413)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("job", ["x", "..%2f..%2fetc", "%00", "a" * 300, "<script>"])
def test_jobs_that_are_not_known(visitor: Any, job: str) -> None:
    for path in (f"/reading/{job}", f"/reading/{job}/state"):
        answer = visitor.get(path)
        assert answer.status_code == 404
        harmless(answer)
    assert visitor.post(f"/reading/{job}/stop").status_code == 404
