"""Corrections through the forms: kept with who and when, shown, handed out, taken back; and nothing that a form sends is believed."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from typing import Any

import pytest

ATTACK = '=HYPERLINK("http://evil.example","x")<script>alert(1)</script>'


@pytest.fixture
def article(visitor: Any) -> str:
    """The address of an article that was read here."""
    visitor.read()
    (reading,) = visitor.desk.shelf.newest()
    return f"/articles/{reading.document.id}"


def form(visitor: Any, article: str) -> dict[str, str]:
    """What the form beside the first statement sends, without its buttons."""
    page = visitor.get(article).text
    first = page[page.index(f'action="{article}/corrections"') :].partition("</form>")[0]
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', first)
    assert {"token", "content", "cue"} <= {name for name, _ in fields}
    return {name: html.unescape(value) for name, value in fields}


def test_a_correction_is_kept_and_leads_back_to_its_row(visitor: Any, article: str) -> None:
    answer = visitor.post(f"{article}/corrections", {**form(visitor, article), "kind": "confirm", "who": "Ada Quill"})
    assert answer.status_code == 303
    assert re.fullmatch(rf"{article}#[a-z]\d+", answer.headers["location"])
    (kept,) = visitor.desk.corrections.all()
    assert (kept.who, kept.kind) == ("Ada Quill", "confirm")
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("sayso-who=ada%20quill;")
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "Ada Quill" in visitor.get(article).text
    assert "Ada Quill" in visitor.get("/corrections").text


def test_the_name_is_remembered(visitor: Any, article: str) -> None:
    visitor.post(f"{article}/corrections", {**form(visitor, article), "kind": "confirm", "who": "Ada Quill"})
    visitor.post(f"{article}/corrections", {**form(visitor, article), "kind": "remove"})
    assert [each.who for each in visitor.desk.corrections.all()] == ["Ada Quill"] * 2
    values = form(visitor, article)
    page = visitor.get(f"{article}/corrections", params={"content": values["content"], "cue": values["cue"]})
    assert page.status_code == 200
    assert 'value="Ada Quill"' in page.text


def test_a_correction_is_taken_back(visitor: Any, article: str) -> None:
    visitor.post(f"{article}/corrections", {**form(visitor, article), "kind": "confirm", "who": "Ada Quill"})
    (kept,) = visitor.desk.corrections.all()
    assert f'action="/corrections/{kept.id}/withdraw"' in visitor.get("/corrections").text
    answer = visitor.post(f"/corrections/{kept.id}/withdraw", {"from": "list"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/corrections")
    page = visitor.get("/corrections").text
    assert "0 of them count" in page
    assert "<form" not in page
    assert visitor.post(f"/corrections/{'0' * 32}/withdraw").status_code == 404


def test_corrections_are_handed_out_as_files(visitor: Any, article: str) -> None:
    visitor.post(f"{article}/corrections", {**form(visitor, article), "kind": "confirm", "who": ATTACK, "note": "@SUM(1)"})
    lines = visitor.get("/corrections?as=jsonl")
    assert lines.headers["content-disposition"] == 'attachment; filename="sayso-corrections.jsonl"'
    (line,) = lines.text.splitlines()
    assert json.loads(line)["who"] == ATTACK
    sheet = visitor.get("/corrections?as=csv")
    assert sheet.headers["content-disposition"] == 'attachment; filename="sayso-corrections.csv"'
    assert sheet.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(sheet.text.removeprefix("\ufeff"))))
    assert len(rows) == 2
    assert not [cell for cell in rows[1] if cell[:1] in tuple("=+-@\t\r")]
    assert visitor.get("/corrections?as=exe").status_code == 404
    page = visitor.get("/corrections")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


@pytest.mark.parametrize(
    "changed",
    [
        *({"kind": ""}, {"kind": "explode"}, {"content": ""}, {"content": "99999-100000"}, {"content": "a"}, {"content": "5-1"}),
        *({"content": "0-" + "9" * 400}, {"cue": "x" * 5000}, {"who": ""}, {"who": "a" * 500}, {"note": "a" * 100_000}),
        *({"kind": "label", "form": "nonsense"}, {"kind": "speaker", "speaker": "S99 nobody"}, {"kind": "label"}),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_kept(visitor: Any, article: str, changed: dict[str, str]) -> None:
    answer = visitor.post(f"{article}/corrections", {**form(visitor, article), "kind": "confirm", "who": "Ada", **changed})
    assert answer.status_code in (400, 422)
    assert 'role="alert"' in answer.text
    assert "Traceback" not in answer.text
    assert visitor.desk.corrections.all() == ()


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "t1\r\nX: y", "javascript:alert(1)", "../..", "t1" * 50])
def test_a_form_leads_nowhere_but_back(visitor: Any, article: str, back: str) -> None:
    answer = visitor.post(f"{article}/corrections", {**form(visitor, article), "kind": "confirm", "who": "Ada", "back": back})
    assert answer.status_code == 303
    assert answer.headers["location"] == article


@pytest.mark.parametrize("who", ["a\r\nSet-Cookie: x=1", "a;Path=/;Domain=evil.example", "\u202eadA", "é😀", "a\x00b", ATTACK])
def test_a_name_cannot_write_headers(visitor: Any, article: str, who: str) -> None:
    answer = visitor.post(f"{article}/corrections", {**form(visitor, article), "kind": "confirm", "who": who})
    assert answer.status_code in (303, 400, 422)
    for cookie in answer.headers.get_list("set-cookie"):
        assert cookie.startswith("sayso-who=")
        assert "domain=" not in cookie.lower()
        assert cookie.isascii()
    page = visitor.get(article)
    assert page.status_code == 200
    assert "\u202e" not in page.text
    assert "<script>alert" not in page.text


def test_an_article_that_is_not_here(visitor: Any) -> None:
    assert visitor.get("/articles/x/corrections").status_code == 404
    answer = visitor.post("/articles/x/corrections", {"kind": "confirm", "who": "Ada", "content": "0-1"})
    assert answer.status_code == 400
