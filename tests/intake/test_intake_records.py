"""Tables and JSON: invented articles, each with an emoji and a name that is written from right to left."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.document import Document
from sayso.intake.aliases import ALIASES, mapping, plain
from sayso.intake.many import documents
from sayso.reading import Rejection

TEXT = "😀 The ferry will not sail, said יעל כהן, the harbor master.\n\n“We are waiting for one valve,” she added; it is late."
RECORD = {
    "text": TEXT,
    "title": "No ferry 😀",
    "outlet": "Alder Gazette",
    "url": "https://gazette.example/ferry",
    "published": "2024-03-04T10:00:00+01:00",
    "authors": "יעל כהן; Tom Reyes",
    "section": "World",
    "language": "en",
}
Read = Callable[..., list[Document | Rejection]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(name: str, data: bytes | str, told: list[str] | None = None, outlet: str | None = None) -> list[Document | Rejection]:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        found = list(documents([str(path)], outlet=outlet, notice=(told if told is not None else []).append))
        for item in found:
            assert item.origin.startswith(str(path))
            assert "\n" not in getattr(item, "reason", "")
        return found

    return reading


def only(found: list[Document | Rejection]) -> Document:
    assert [type(item) for item in found] == [Document], found
    assert isinstance(found[0], Document)
    return found[0]


def reasons(found: list[Document | Rejection]) -> list[str]:
    return ["" if isinstance(item, Document) else item.reason for item in found]


def check(document: Document) -> None:
    """All fields of `RECORD` are there."""
    assert (document.text, document.title, document.outlet) == (TEXT, "No ferry 😀", "Alder Gazette")
    assert (document.url, document.published) == ("https://gazette.example/ferry", "2024-03-04T10:00:00+01:00")
    assert (document.authors, document.section, document.language) == (("יעל כהן", "Tom Reyes"), "World", "en")
    assert document.id == Document(TEXT, outlet="Alder Gazette", url="https://gazette.example/ferry").id


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "noname", "a.jsonl.gz"])
def test_json_lines(name: str, read: Read) -> None:
    told: list[str] = []
    lines = "".join(json.dumps({**RECORD, "id": number, "extra": {"a": [1]}}) + "\n\n" for number in range(3))
    data = lines.encode()
    found = read(name, gzip.compress(data) if name.endswith("gz") else data, told)
    assert len(found) == 3
    for item in found:
        assert isinstance(item, Document)
        check(item)
    assert only(found[1:2]).columns == (("id", "1"), ("extra", '{"a":[1]}'))
    assert only(found[1:2]).origin.endswith(":3")
    assert len(told) == 1
    assert "text = text" in told[0]
    assert "kept as columns: id, extra" in told[0]


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("value", [[RECORD, RECORD], [RECORD], RECORD])
def test_json_values(value: Any, indent: int | None, read: Read) -> None:
    found = read("a.json", json.dumps(value, indent=indent, ensure_ascii=False))
    assert len(found) == (len(value) if isinstance(value, list) else 1)
    for item in found:
        check(only([item]))


def test_an_array_larger_than_a_chunk_comes_out_whole(read: Read) -> None:
    texts = [f"{number} {TEXT} " + "valve " * 40_000 for number in range(12)]
    found = read("a.json", json.dumps([{"text": text} for text in texts]))
    assert [only([item]).text for item in found] == texts


def test_a_broken_line_costs_that_line_only(read: Read) -> None:
    good = json.dumps(RECORD)
    deep = '{"a":' * 100_000
    lines = [
        good,
        '{"text": "x',
        "[1]",
        "null",
        deep,
        '{"text": ""}',
        '{"text": "…"}',
        '{"title": "x"}',
        '{"url": "https://a.example"}',
        good,
    ]
    lines += ['{"title": "x", "description": "short"}', '{"text": "It began [+2345 chars]"}', '{"text": 3}', '{"n": ' + "9" * 5000 + "}"]
    found = read("a.jsonl", "\n".join(lines))
    says = [
        "",
        "not JSON",
        "no object",
        "no object",
        "nested",
        "no text",
        "empty",
        "no text",
        "addresses",
        "",
        "summary",
        "cut off",
        "no text",
    ]
    says.append("too many digits")
    for reason, say in zip(reasons(found), says, strict=True):
        assert say in reason
        assert bool(say) == bool(reason)


def test_an_array_is_given_up_where_it_breaks(read: Read) -> None:
    record = json.dumps(RECORD)
    for broken in (
        f"[{record}, {{broken}} , {record}]{' ' * 99}",
        f"[{record},",
        f"[{record}, {record[:-9]}",
        f"[{record}," + "[" * 99_999,
    ):
        found = read("a.json", broken)
        check(only(found[:1]))
        assert len(found) == 2
        assert isinstance(found[1], Rejection)
        assert found[1].origin.endswith(":2")


def test_what_no_file_can_hold_is_replaced_one_for_one(read: Read) -> None:
    found = only(read("a.jsonl", '{"text": "a\\u0000b\\ud800c \\ud83d\\ude00 words", "x": "\\udfff"}'))
    assert found.text == "a\ufffdb\ufffdc 😀 words"
    assert found.columns == (("x", "\ufffd"),)


def test_windows_1252_lines_and_damage(read: Read) -> None:
    found = read("a.jsonl", b'{"text": "caf\xe9 society \x93no\x94"}\n{"text": "caf\xc3\xa9 \xff"}\n')
    assert only(found[:1]).text == "café society “no”"
    assert "UTF-8" in reasons(found)[1]


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        ({"maintext": TEXT, "source_domain": "gazette.example", "date_publish": "2024-03-04 10:00"}, "2024-03-04T10:00:00"),  # news-please
        ({"plaintext": TEXT, "publisher": "Gazette", "publishing_date": "2024-03-04 10:00+00:00"}, "2024-03-04T10:00:00+00:00"),  # fundus
        ({"text": TEXT, "meta_site_name": "Gazette", "publish_date": "2024-03-04"}, "2024-03-04"),  # newspaper
        ({"content": TEXT, "source": {"id": None, "name": "Gazette"}, "publishedAt": "2024-03-04T10:00Z"},
         "2024-03-04T10:00:00+00:00"),  # NewsAPI
        ({"Full Text": TEXT, "Publication": "Gazette", "Date": "March 4, 2024"}, "2024-03-04"),
        ({"body": {"summary": [], "sections": [{"headline": [], "paragraphs": TEXT.split("\n\n")}]}, "publisher": "G", "date": 1709546400},
         "2024-03-04T10:00:00+00:00"),
        ({"text": TEXT.split("\n\n"), "media": "Gazette"}, None),
    ],
)  # fmt: skip
def test_records_of_other_tools(record: dict[str, Any], wanted: str | None, read: Read) -> None:
    found = only(read("a.jsonl", json.dumps(record)))
    assert (found.text, found.published) == (TEXT, wanted)
    assert found.outlet


def test_html_in_a_field_becomes_paragraphs_that_keep_their_quotes(read: Read) -> None:
    body = "<p>One 😀 thing.</p><blockquote><p>No.</p><footer>יעל כהן</footer></blockquote><p>Then<br>this.</p><script>x()</script>"
    assert only(read("a.jsonl", json.dumps({"body_html": body}))).text == "One 😀 thing.\n\n“No.”\n\n— יעל כהן\n\nThen\nthis."
    assert only(read("a.jsonl", json.dumps({"content": body}))).text.startswith("One 😀")
    assert only(read("a.jsonl", json.dumps({"text": "<3 he said, and a < b > c"}))).text == "<3 he said, and a < b > c"
    page = (
        f"<!doctype html><html><head><meta property='og:site_name' content='Gazette'></head><body><article><p>{TEXT}</p></article></body>"
    )
    found = only(read("a.jsonl", json.dumps({"html": page, "title": "T"})))
    assert (found.outlet, found.title, found.text[:9]) == ("Gazette", "T", "😀 The fer")


def test_columns_are_bounded_and_told(read: Read) -> None:
    told: list[str] = []
    record = {"text": TEXT, "long": "x" * 6000, **{f"c{number}": number for number in range(5000)}, "none": None}
    found = only(read("a.jsonl", json.dumps(record), told))
    assert len(found.columns) == 100
    assert any("5,000 characters" in line and "long" in line for line in told)
    assert any("100 columns" in line for line in told)


def test_what_cannot_be_read_is_left_open_and_kept(read: Read) -> None:
    told: list[str] = []
    records = [{"text": TEXT, "date": day, "url": "urn:x", "language": "Klingon"} for day in ("03/04/2024", "04/05/2024")]
    first, second = read("a.jsonl", "\n".join(map(json.dumps, records)), told, "Option")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.published, first.url, first.language, first.outlet) == (None, None, "en", "Option")
    assert dict(first.columns) == {"url": "urn:x", "date": "03/04/2024", "language": "Klingon"}
    assert [line for line in told if "03/04/2024" in line]
    assert not [line for line in told if "04/05/2024" in line]


@pytest.mark.parametrize("packed", [False, True])
def test_a_line_without_an_end_costs_little_memory(packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.intake.source.lines.__defaults__", (1_000_000,))
    path = tmp_path / ("a.jsonl.gz" if packed else "a.jsonl")
    piece = b'{"text": "' + b"x" * 4_000_000
    data = io.BytesIO()
    with gzip.GzipFile(fileobj=data, mode="wb") if packed else data as file:
        for _ in range(8):
            file.write(piece)
        file.write(b"\n" + json.dumps(RECORD).encode())
        if not packed:
            path.write_bytes(data.getvalue())
    if packed:
        path.write_bytes(data.getvalue())
    del data
    tracemalloc.start()
    first, second = documents([str(path)])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(first, Rejection)
    assert "longer than" in first.reason
    check(only([second]))
    assert peak < 12_000_000


@given(st.lists(st.sampled_from([name for names in ALIASES.values() for name in names] + ["x", "Y", ""]), max_size=12))
def test_each_name_is_taken_for_one_field_at_most(given_names: list[str]) -> None:
    found = mapping(given_names)
    assert set(found.values()) <= set(given_names)
    assert len(set(found.values())) == len(found)


def test_no_alias_stands_twice() -> None:
    every = [name for names in ALIASES.values() for name in names]
    assert len(every) == len(set(every))
    assert all(plain(name) == name for name in every)
    assert [plain(name) for name in ("Full Text", "fullText", "FULL-TEXT", " full_text ")] == ["full_text"] * 4
