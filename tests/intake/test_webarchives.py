from __future__ import annotations

import gzip
import io
import time
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from sayso.document import Document
from sayso.intake.many import documents
from sayso.reading import Rejection

TEXT = "😀 The ferry to Port Alder will not sail before June, said יעל כהן of the harbor office on Monday."
PAGE = (
    f'<!doctype html><html><head><meta charset="utf-8"><title>T</title></head><body><article><p>{TEXT}</p></article></body></html>'.encode()
)
MENU = b"<!doctype html><html><body><a href='/'>Home</a> <a href='/in'>Log in</a></body></html>"
WHEN = "2024-03-04T10:00:00Z"
OK = ("200 OK", [("Content-Type", "text/html; charset=utf-8")])


class Writer(WARCWriter):  # type: ignore[misc]
    _create_temp_file = staticmethod(io.BytesIO)  # its own is never closed


def warc(*answers: tuple[str, bytes, str, list[tuple[str, str]]], packed: bool = True, cut: str | None = None) -> bytes:
    out = io.BytesIO()
    writer: Any = Writer(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for url, data, status, fields in answers:
        http = StatusAndHeaders(status, fields, protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(data),
            http_headers=http,
            warc_headers_dict={"WARC-Date": WHEN} | ({"WARC-Truncated": cut} if cut else {}),
        )
        writer.write_record(record)
    return out.getvalue()


ANSWERS = (
    ("https://gazette.example/a", PAGE, *OK),
    ("https://gazette.example/a.png", b"\x89PNG", "200 OK", [("Content-Type", "image/png")]),
    ("https://gazette.example/gone", PAGE, "404 Not Found", [("Content-Type", "text/html")]),
    ("https://gazette.example/", MENU, *OK),
    ("https://gazette.example/b", gzip.compress(PAGE), "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]),
    ("https://gazette.example/c", b"\x0b\x02\x80", "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "br")]),
)


def check(found: list[Document | Rejection], count: int = 1) -> None:
    assert [type(item).__name__ for item in found] == ["Document", "Rejection", "Document", "Rejection"] * count
    first, menu, second, brotli = found[:4]
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.text, first.url, first.columns) == (TEXT, "https://gazette.example/a", (("WARC-Date", WHEN),))
    assert (second.text, second.url) == (TEXT, "https://gazette.example/b")
    assert isinstance(menu, Rejection)
    assert "no article on the page https://gazette.example/" in menu.reason
    assert isinstance(brotli, Rejection)
    assert "“br”" in brotli.reason


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_a_warc_file(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(warc(*ANSWERS, packed=packed))
    told: list[str] = []
    found = list(documents([str(path)], notice=told.append))
    check(found)
    assert found[0].origin == f"{path}:2"
    assert "7 records, 4 of them HTML pages" in told[-1]


def test_the_outlet_stands_in_where_a_page_does_not_say(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    said = PAGE.replace(b"<title>", b'<meta property="og:site_name" content="Gazette"><title>')
    path.write_bytes(warc(("https://a.example/", PAGE, *OK), ("https://b.example/", said, *OK)))
    first, second = documents([str(path)], outlet="Option")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.outlet, second.outlet) == ("Option", "Gazette")
    assert first.id == Document(first.text, outlet="Option", url=first.url).id


def test_a_wacz_package_is_read_without_unpacking_it(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("../../escaped.txt", "no")
        package.writestr("pages/pages.jsonl", "{}")
        package.writestr("archive/b.warc.gz", warc(*ANSWERS))
        package.writestr("archive/a.warc", warc(*ANSWERS, packed=False), compress_type=zipfile.ZIP_DEFLATED)
    check(list(documents([str(path)])), 2)
    assert sorted(item.name for item in tmp_path.rglob("*")) == ["a.wacz"]


def test_damage_costs_what_stands_after_it(tmp_path: Path) -> None:
    whole = warc(("https://gazette.example/a", PAGE, *OK), ("https://gazette.example/b", PAGE, *OK))
    for name, data in (("cut.warc.gz", whole[:-40]), ("junk.warc.gz", whole + b"\x1f\x8bjunk" * 9)):
        path = tmp_path / name
        path.write_bytes(data)
        found = list(documents([str(path), str(path)]))
        half = len(found) // 2
        assert isinstance(found[0], Document)
        assert isinstance(found[half - 1], Rejection)
        assert isinstance(found[half], Document)
    (tmp_path / "x.wacz").write_bytes(b"PK\x03\x04 no package")
    (found_bad,) = documents([str(tmp_path / "x.wacz")])
    assert isinstance(found_bad, Rejection)


def test_a_page_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(("https://gazette.example/a", PAGE, *OK), cut="length"))
    (found,) = documents([str(path)])
    assert isinstance(found, Rejection)
    assert "cut off" in found.reason


@pytest.mark.parametrize("kind", ["body", "header", "wacz"])
def test_zip_bombs_are_bounded(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.intake.source.FREE", 1_000_000)
    monkeypatch.setattr("sayso.intake.webarchives.MAX_RUN", 4_000_000)
    path = tmp_path / ("a.wacz" if kind == "wacz" else "a.warc.gz")
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        file.write(b"WARC/1.0\r\n" if kind != "body" else warc(("https://a.example/", b"", *OK), packed=False))
        for _ in range(40):
            file.write(b"a" * 1_000_000)
    if kind == "wacz":
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("archive/a.warc.gz", packed.getvalue())
    else:
        path.write_bytes(packed.getvalue())
    list(documents([str(tmp_path / "none")]))  # what is imported is not counted
    tracemalloc.start()
    found = list(documents([str(path)]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found[-1], Rejection)
    assert "250 times" in found[-1].reason or "MB" in found[-1].reason or "damaged" in found[-1].reason
    assert peak < 40_000_000


def test_a_line_without_an_end_costs_no_time_that_grows_with_its_square(tmp_path: Path) -> None:
    """A package of 722 bytes once held the reader for minutes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("archive/data.warc.gz", gzip.compress(b"a" * 200_000_000, 9))
    (tmp_path / "a.wacz").write_bytes(packed.getvalue())
    started = time.process_time()
    (found,) = documents([str(tmp_path / "a.wacz")])
    assert isinstance(found, Rejection)
    assert "a line of more than 64 MB" in found.reason
    assert time.process_time() - started < 20
