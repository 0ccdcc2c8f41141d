from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.document import Document
from sayso.intake.kinds import kind_of
from sayso.intake.many import documents
from sayso.reading import Rejection

TEXT = "😀 The ferry will not sail, said יעל כהן."
LINE = json.dumps({"text": TEXT, "outlet": "Gazette"})
FEED = "<?xml version='1.0'?>\n<!-- by hand -->\n<rss version='2.0'><channel/></rss>"


@pytest.mark.parametrize(
    ("name", "head", "wanted"),
    [
        ("a.txt", b"Words.", "article"),
        ("a.txt", b'{"text": "a quoted record"}', "article"),
        ("a.html", b"words", "article"),
        ("", b"<!doctype html><p>", "article"),
        ("", b'{"text": "x"}\n{"te', "lines"),
        ("a.json", b'{\n "text": "x"}', "values"),
        ("a.json", b'[{"text": "x"}]', "values"),
        ("a.jsonl.gz", b"whatever", "lines"),
        ("a.CSV", b"whatever", "table"),
        ("a.txt", b"title\ttext\turl\n", "table"),
        ("a.txt", b"Title, text and so on, said she\n", "article"),
        ("", FEED.encode(), "feed"),
        ("a.xml", b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss version='2.0'>", "feed"),
        ("a.opml", b"<opml version='2.0'>", "feed"),
        ("a.xml", b"<?xml version='1.0'?><nitf>", "xml"),
        ("a.xml", b"<!DOCTYPE html><html>", "article"),
        ("x", b"%PDF-1.7", "pdf"),
        ("x", b"PAR1", "parquet"),
        ("x", b"WARC/1.1\r\n", "warc"),
        ("x", b"PK\x03\x04", "zip"),
    ],
)
def test_kinds_are_told_by_beginning_and_name(name: str, head: bytes, wanted: str) -> None:
    assert kind_of(name, head) == wanted


@given(st.sampled_from(["", "a.txt", "a.json", "a.xml"]), st.binary(max_size=200))
def test_any_bytes_have_a_kind(name: str, head: bytes) -> None:
    assert kind_of(name, head) in {"lines", "values", "table", "parquet", "feed", "xml", "warc", "zip", "pdf", "article"}


def test_a_folder_is_read_by_name_and_the_bad_do_not_stop_the_good(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a[*].txt", "c.jsonl", ".hidden", ".git/x.txt", "יעל.txt", "b/.DS_Store"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(LINE if name.endswith("jsonl") else f"{TEXT} {name}", encoding="utf-8")
    (tmp_path / "bad.bin").write_bytes(b"\x89PNG\x00")
    (tmp_path / "d.json.gz").write_bytes(gzip.compress(LINE.encode()))
    (tmp_path / "e.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "twice.gz").write_bytes(gzip.compress(gzip.compress(b"x")))
    os.mkfifo(tmp_path / "pipe")
    found = list(documents([str(tmp_path)]))
    names = [item.origin.removeprefix(f"{tmp_path}/") for item in found]
    assert names == [
        *("a[*].txt", "b/1.txt", "b/2.txt", "bad.bin", "c.jsonl:1", "d.json.gz:1", "e.txt.gz", "loop", "pipe", "twice.gz", "יעל.txt")
    ]
    assert [name for name, item in zip(names, found, strict=True) if isinstance(item, Rejection)] == ["bad.bin", "loop", "pipe", "twice.gz"]
    assert {item.stage for item in found if isinstance(item, Rejection)} == {"intake"}
    assert found == list(documents([str(tmp_path)]))


def test_documents_come_as_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{LINE}\n" * 3, encoding="utf-8")
    found = documents([str(path), str(tmp_path / "later.txt"), str(tmp_path / "none.txt")])
    assert isinstance(next(found), Document)
    (tmp_path / "later.txt").write_text(TEXT, encoding="utf-8")
    rest = list(found)
    assert isinstance(rest[2], Document)
    assert rest[2].text == TEXT
    assert isinstance(rest[3], Rejection)
    assert "no such file" in rest[3].reason


@pytest.mark.parametrize(
    ("data", "count", "says"),
    [
        (TEXT.encode(), 1, None),
        (f"{LINE}\n".encode() * 900, 900, None),
        (json.dumps([json.loads(LINE)] * 2).encode(), 2, None),
        (b"title,text,url\nT,One.,x\n", 0, "standard input"),
        (b"PAR1", 0, "standard input"),
        (b"PK\x03\x04", 0, "standard input"),
        (gzip.compress(b"x"), 0, "unpack"),
        (FEED.encode(), 0, "no entry"),
        (b"", 0, "empty"),
    ],
)
def test_standard_input(data: bytes, count: int, says: str | None) -> None:
    found = list(documents(["-"], stdin=io.BytesIO(data)))
    if says is None:
        assert [item.text for item in found if isinstance(item, Document)] == [TEXT] * count
    else:
        assert len(found) == 1
        assert isinstance(found[0], Rejection)
        assert says in found[0].reason


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".hidden").write_text(TEXT, encoding="utf-8")
    origins = [str(tmp_path / "empty"), str(tmp_path / "*.txt"), "a\x00b", "ftp://gazette.example/x", "\udcff.txt"]
    found = list(documents(origins))
    assert [type(item) for item in found] == [Rejection] * len(origins)
    for item in found:
        item.origin.encode("utf-8")
        assert isinstance(item, Rejection)
        assert "\n" not in item.reason
    assert "no file in this folder" in getattr(found[0], "reason", "")


def test_a_name_that_is_no_unicode_is_read_and_shown(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.txt")
    path.write_text(TEXT, encoding="utf-8")
    (found,) = documents([str(tmp_path)])
    assert isinstance(found, Document)
    assert (found.text, found.origin) == (TEXT, f"{tmp_path}/\ufffd.txt")


@pytest.mark.parametrize(
    ("name", "library", "extra"), [("a.parquet", "duckdb", "corpus"), ("a.warc", "warcio", "archive"), ("a.pdf", "pypdfium2", "docs")]
)
def test_a_missing_extra_is_named(name: str, library: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (library, "warcio.archiveiterator"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    path = tmp_path / name
    path.write_bytes({"a.parquet": b"PAR1", "a.warc": b"WARC/1.0", "a.pdf": b"%PDF-"}[name])
    (found,) = documents([str(path)])
    assert isinstance(found, Rejection)
    assert f"pip install 'sayso[{extra}]'" in found.reason


def test_a_table_without_rows_is_listed_and_names_in_any_case_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,outlet\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(f'HeadLine,maintext\nFerry,"{TEXT}"\n', encoding="utf-8")
    none, one = documents([str(tmp_path)])
    assert isinstance(none, Rejection)
    assert "no article" in none.reason
    assert isinstance(one, Document)
    assert one.title == "Ferry"
