from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import NoArticle, RejectedInput, UnreadableInput
from sayso.intake import fetch
from sayso.intake.open import is_page, open_document

TEXT = "\r\n“We won’t,” she said.\r\n\r\nThen she left.\r\n "
ARTICLE = "<p>The harbor of Port Amsel will be closed for a week, the port authority said on Monday.</p>"


def test_a_text_file_is_read_exactly(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    document = open_document(str(path), outlet="Gazette")
    assert (document.text, document.outlet, document.origin, document.title) == (TEXT, "Gazette", str(path), None)


def test_standard_input_is_read() -> None:
    assert open_document("-", stdin=io.BytesIO(TEXT.encode())).text == TEXT
    page = open_document("-", stdin=io.BytesIO(f"<!DOCTYPE html>\n<body>{ARTICLE}</body>".encode()))
    assert page.text.startswith("The harbor")
    assert "<" not in page.text


def test_a_page_is_known_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.HTM"
    path.write_text(f"some words first {ARTICLE}", encoding="utf-8")
    assert "<p>" not in open_document(str(path)).text


@pytest.mark.parametrize(
    ("start", "wanted"),
    [
        ("<!doctype html>", True),
        ("\r\n <HTML lang=en>", True),
        ("<?xml version='1.0'?>\n<!-- saved -->\n<html>", True),
        ("<p>One", True),
        ("He wrote <p> on the wall", False),
        ("<pause> he said", False),
        ("a < b", False),
        ("<!--" * 100, False),
    ],
)
def test_a_page_is_known_by_its_beginning(start: str, wanted: bool) -> None:
    assert is_page(start.encode()) is wanted
    assert is_page(b"\xff\xfe" + start.encode("utf-16-le")) is wanted


def test_an_address_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(url: str) -> fetch.Page:
        asked.append(url)
        kind = "text/plain" if url.endswith("txt") else "text/html"
        return fetch.Page(TEXT.encode() if kind == "text/plain" else ARTICLE.encode(), "https://gazette.example/final", kind, None)

    monkeypatch.setattr(fetch, "fetch", answer)
    page = open_document("https://gazette.example/x")
    assert (page.url, page.origin, page.text[:10]) == ("https://gazette.example/final", "https://gazette.example/x", "The harbor")
    assert open_document("HTTP://gazette.example/a.txt").text == TEXT
    assert asked == ["https://gazette.example/x", "HTTP://gazette.example/a.txt"]


def test_a_huge_file_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(UnreadableInput, match="larger than 20 MB"):
        open_document(str(path))


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    for origin, says in (
        (str(tmp_path), "folder"),
        (str(tmp_path / "none.txt"), "no such file"),
        ("gazette.com/harbor", "https://"),
        ("a\x00b", "cannot be read"),
        ("x" * 5000, "cannot be read"),
        ("ftp://gazette.example/x", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
    ):
        with pytest.raises(UnreadableInput, match=says) as caught:
            open_document(origin)
        assert "\n" not in str(caught.value)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: str = "r") -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableInput, match="no permission"):
        open_document(str(tmp_path / "a.txt"))


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", NoArticle, "empty"),
        (b"<html><body>Log in</body></html>", NoArticle, "no article"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", UnreadableInput, "feed"),
        (b"PK\x03\x04word/", UnreadableInput, "Word"),
    ],
)
def test_rejections(data: bytes, error: type[RejectedInput], says: str) -> None:
    with pytest.raises(error, match=says):
        open_document("-", stdin=io.BytesIO(data))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_read_or_rejected(data: bytes) -> None:
    for whole in (data, b"<html>" + data):
        try:
            assert open_document("-", stdin=io.BytesIO(whole)).text
        except RejectedInput as error:
            check_line(error)


def test_text_needs_neither_the_extractor_nor_the_web_client() -> None:
    program = (
        "import io, sys; from sayso.intake.open import open_document; open_document('-', stdin=io.BytesIO(b'No, she said.'));"
        "sys.exit(any(name in sys.modules for name in ('trafilatura', 'lxml', 'httpx2', 'py3langid', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def check_line(error: Exception) -> None:
    assert len(str(error).splitlines()) == 1
