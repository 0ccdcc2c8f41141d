"""What people give: nothing of it becomes a path or anything but a web address."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.document import Document
from sayso.errors import UsageError
from sayso.reading import Rejection
from sayso.web.inputs import ENDINGS, LONGEST, About, Saved, about, address, fetched, pasted, place, shown_name, uploaded

TEXT = "The ferry will not sail, the harbor office said."


def only(items: object) -> Document | Rejection:
    (item,) = list(items)  # type: ignore[call-overload]
    assert isinstance(item, Document | Rejection)
    return item


def test_a_pasted_text_is_the_article_unaltered() -> None:
    text = "  “No,” she\nsaid. \n\n\tHe left.\xa0\u200b\n"
    found = only(pasted(text, About("The Alder Gazette", "A headline", "2024-03-31")))
    assert isinstance(found, Document)
    assert found.text == text
    assert (found.outlet, found.title, found.published) == ("The Alder Gazette", "A headline", "2024-03-31")


def test_the_line_breaks_that_a_browser_puts_in_are_taken_out() -> None:
    found = only(pasted("One.\r\nTwo.\r\n", About()))
    assert isinstance(found, Document)
    assert found.text == "One.\nTwo.\n"


def test_the_source_of_a_page_is_read_as_a_page() -> None:
    page = f"<!doctype html><html><head><title>Ferry</title></head><body><article><p>{TEXT * 8}</p></article><script>x</script>"
    found = only(pasted(page, About()))
    assert isinstance(found, Document)
    assert "<" not in found.text
    assert TEXT in found.text


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "no text"), (" \n ", "no text"), ("\x00\x01\x02 binary", "binary"), ("12345 67", "no word"), ("%PDF-1.7 xxx", "PDF")],
)
def test_what_is_no_text_is_told(text: str, says: str) -> None:
    found = only(pasted(text, About()))
    assert isinstance(found, Rejection)
    assert says in found.reason
    assert "\n" not in found.reason


def test_lone_surrogates_do_no_harm() -> None:
    found = only(pasted(f"{TEXT} \ud800", About()))
    assert isinstance(found, Document)
    found.text.encode()


def test_what_is_said_of_a_text_stands_on_one_line() -> None:
    said = about(" The\r\nSet-Cookie: x\n", "a" * 3000, "31 March 2024")
    assert said.outlet == "The Set-Cookie: x"
    assert said.title is not None
    assert len(said.title) <= 500
    assert said.published == "2024-03-31"
    with pytest.raises(UsageError, match="2024-03-31"):
        about("", "", "03/04/2024")


@pytest.mark.parametrize("url", ["https://a.example/x?y=1#z", "HTTP://a.example", " https://a.example/ "])
def test_web_addresses(url: str) -> None:
    assert address(url) == url.strip()


def test_a_scheme_is_put_before_what_has_none() -> None:
    assert address("www.gazette.example/ferry") == "https://www.gazette.example/ferry"


@pytest.mark.parametrize(
    "url",
    [
        *("", "-", "/etc/passwd", "../../etc/passwd", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://a.example/"),
        *("https://", "https://a b", "https://a.example/\r\nX: y", "https://a.example/\x00", "a", "~", ".", "C:\\x", "//a.example/x"),
        *("gopher://a.example", "https://a.example/" + "a" * 3000, "https://a.example/\u202etxt", "view-source:https://a.example"),
    ],
)
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(UsageError, match="no web address"):
        address(url)


@given(st.text(max_size=60))
def test_whatever_is_typed_leads_to_the_web_or_nowhere(text: str) -> None:
    try:
        url = address(text)
    except UsageError:
        return
    assert url.lower().startswith(("http://", "https://"))
    assert url.isprintable()
    assert " " not in url


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/meta-data"])
def test_an_address_inside_is_not_fetched(url: str) -> None:
    found = only(fetched(url, About()))
    assert isinstance(found, Rejection)
    assert "never fetched" in found.reason


@given(st.text(max_size=80))
def test_a_name_never_leaves_the_folder(name: str) -> None:
    folder = Path("/folder")
    path = place(folder, 3, name)
    assert path.parent == folder
    assert path.name.startswith("3")
    assert path.name.removeprefix("3").removesuffix(".gz") in ("", *ENDINGS)
    shown = shown_name(name)
    assert shown
    assert "\n" not in shown
    assert "\x00" not in shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        *(("../../etc/passwd", "passwd"), ("C:\\Users\\x\\a.txt", "a.txt"), ("/", "file"), ("", "file"), ("a\r\nb.txt", "a b.txt")),
        *(("..", ".."), ("x\x00.txt", "x .txt"), ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt")),
        *(("a\u202etxt.exe", "a\\u202etxt.exe"), ("a" * 300, "a" * 120)),
    ],
)
def test_names_as_they_are_shown(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_files_are_told_by_their_own_names(tmp_path: Path) -> None:
    one, two = tmp_path / "0.txt", tmp_path / "1.csv"
    one.write_text(TEXT)
    two.write_text("title,text\nA,\nB,The mayor said no to all of it on Monday.\n")
    found = list(uploaded((Saved(one, "ferry.txt"), Saved(two, "all.csv")), About("The Alder Gazette")))
    assert [item.origin for item in found] == ["ferry.txt", "all.csv:1", "all.csv:2"]
    assert all(str(tmp_path) not in repr(item) for item in found)
    assert isinstance(found[0], Document)
    assert found[0].outlet == "The Alder Gazette"


def test_an_article_that_is_far_too_long_is_not_read() -> None:
    found = only(pasted("word " * (LONGEST // 5 + 1), About()))
    assert isinstance(found, Rejection)
    assert "sayso ingest" in found.reason
