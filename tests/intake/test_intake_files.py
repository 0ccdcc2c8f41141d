"""PDF, Word, Parquet and ninjs: invented articles, each with an emoji and a name that is written from right to left."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import duckdb
import pytest

from sayso.document import Document
from sayso.intake.many import documents
from sayso.reading import Rejection

TEXT = "😀 The ferry will not sail, said יעל כהן, the harbor master.\n\n“We are waiting for one valve,” she added."


def read(path: Path, data: bytes | None = None, told: list[str] | None = None) -> list[Document | Rejection]:
    if data is not None:
        path.write_bytes(data)
    return list(documents([str(path)], notice=(told if told is not None else []).append))


def only(found: list[Document | Rejection]) -> Document:
    assert [type(item) for item in found] == [Document], found
    assert isinstance(found[0], Document)
    return found[0]


def why(found: list[Document | Rejection]) -> str:
    assert [type(item) for item in found] == [Rejection], found
    assert isinstance(found[0], Rejection)
    return found[0].reason


def pdf(pages: list[list[tuple[int, int, str]]], **info: str) -> bytes:
    """A document by hand: each character is a glyph without an outline, and a table says what each glyph stands for."""
    glyphs: dict[str, int] = {}
    contents = []
    for lines in pages:
        shown = (
            f"1 0 0 1 {x} {y} Tm <{''.join(f'{glyphs.setdefault(char, len(glyphs) + 1):04x}' for char in text)}> Tj" for x, y, text in lines
        )
        contents.append("\n".join(["BT /F 10 Tf", *shown, "ET"]).encode())
    rows = "\n".join(f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in glyphs.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def 1 begincodespacerange <0000> <ffff> "
        f"endcodespacerange\n{len(glyphs)} beginbfchar\n{rows}\nendbfchar endcmap end end"
    ).encode()

    def stream(data: bytes) -> bytes:
        return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)

    facts = " ".join(f"/{key} <feff{value.encode('utf-16-be').hex()}>" for key, value in info.items())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{7 + 2 * at} 0 R' for at in range(len(pages)))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        stream(table),
        f"<< {facts} >>".encode(),
    ]
    for at, content in enumerate(contents):
        page = f"/MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> /Contents {8 + 2 * at} 0 R"
        objects += [f"<< /Type /Page /Parent 2 0 R {page} >>".encode(), stream(content)]
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, data in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, data))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


FIRST = [
    *[
        (50, 700, "No ferry before June"),
        (50, 670, "😀 The ferry to Port Alder will not sail before"),
        (50, 658, "June, said לעי, the harbor mas\u00ad"),
    ],
    *[
        (50, 646, "ter. She waits."),
        (50, 634, "The crew is paid in full for as long as the ship"),
        (50, 622, "stays where it is, and until the"),
    ],
]


def test_pdf_keeps_lines_and_paragraphs_and_joins_divided_words(tmp_path: Path) -> None:
    data = pdf(
        [FIRST, [(50, 700, "page ends. It does.")]], Title="No ferry before June", Author="Ines Okafor and Tom Reyes", CreationDate="D:2024"
    )
    found = only(read(tmp_path / "a.pdf", data))
    assert found.text == (
        "No ferry before June\n\n😀 The ferry to Port Alder will not sail before\nJune, said יעל, the harbor master. She waits.\n\n"
        "The crew is paid in full for as long as the ship\nstays where it is, and until the\npage ends. It does."
    )
    assert (found.title, found.authors, found.published) == ("No ferry before June", ("Ines Okafor", "Tom Reyes"), None)
    assert found.columns == (("CreationDate", "D:2024"),)
    assert only(read(tmp_path / "b", pdf([FIRST], Title="Microsoft Word - x.doc"))).title is None


def test_pdf_that_cannot_be_read(tmp_path: Path) -> None:
    assert "OCR" in why(read(tmp_path / "a.pdf", pdf([[]])))
    assert "cannot be read as a PDF" in why(read(tmp_path / "a.pdf", b"%PDF-1.7\njunk"))
    whole = pdf([FIRST])
    for cut in range(10, len(whole), 150):
        for item in read(tmp_path / "a.pdf", whole[:cut]):
            assert isinstance(item, Document | Rejection)


def word(*paragraphs: str, **facts: Any) -> bytes:
    file = docx.Document()
    for paragraph in paragraphs:
        file.add_paragraph(paragraph)
    for name, value in facts.items():
        setattr(file.core_properties, name, value)
    table = file.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Seats", "😀 40"
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def test_word_documents(tmp_path: Path) -> None:
    when = datetime(2024, 3, 4, 10, 0)
    data = word(*TEXT.split("\n\n"), "", author="יעל כהן; Tom Reyes", title="Draft 3", created=when, modified=when)
    for name in ("a.docx", "noname"):
        found = only(read(tmp_path / name, data))
        assert found.text == f"{TEXT}\n\nSeats \t 😀 40"
        assert (found.title, found.authors, found.published) == (None, ("יעל כהן", "Tom Reyes"), None)
        assert dict(found.columns)["title"] == "Draft 3"
        assert dict(found.columns)["created"].startswith("2024-03-04T10:00:00")
    assert only(read(tmp_path / "a.docx", word(TEXT, title="The ferry"))).title == "The ferry"


def test_word_documents_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = word(TEXT)
    for cut in (10, len(whole) // 2, len(whole) - 30):
        assert "DOCX" in why(read(tmp_path / "a.docx", whole[:cut]))
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret valve", encoding="utf-8")
    body = parts["word/document.xml"].decode()
    hostile = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + body.partition("?>")[2].replace("The ferry", "The &e; ferry")
    for document in (hostile.encode(), b"<w" * 1000, b" " * 60_000_000):
        with zipfile.ZipFile(tmp_path / "b.docx", "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in parts.items():
                package.writestr(name, document if name == "word/document.xml" else part)
        (found,) = read(tmp_path / "b.docx")
        assert "secret valve" not in repr(found)
        assert isinstance(found, Rejection) or document.startswith(b"<!")
    assert "far more" in why([found])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("../../up.txt", "x")
    assert "ZIP archive" in why(read(tmp_path / "a.zip"))


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a [*].parquet"
    plain = tmp_path / "plain.parquet"
    told: list[str] = []
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(
            f"COPY (SELECT ? AS body, 'Gazette' AS media_name, TIMESTAMPTZ '2024-03-04 10:00:00+00' AS publish_date,"
            f" ['יעל כהן', 'Tom Reyes'] AS authors,"
            f" {{'a': 1}} AS extra, n, NULL AS none FROM range(3) t(n) ORDER BY n) TO '{plain}' (FORMAT parquet)",
            [TEXT],
        )
    plain.rename(path)
    found = read(path, told=told)
    assert len(found) == 3
    document = only(found[1:2])
    assert (document.text, document.outlet, document.published) == (TEXT, "Gazette", "2024-03-04T10:00:00+00:00")
    assert (document.authors, document.columns) == (("יעל כהן", "Tom Reyes"), (("extra", '{"a":1}'), ("n", "1")))
    assert document.origin == f"{path}:2"
    assert "text = body" in told[0]


def test_parquet_that_cannot_be_read(tmp_path: Path) -> None:
    assert "Parquet" in why(read(tmp_path / "a.parquet", b"PAR1 junk PAR1"))
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 'https://a.example' AS url, 'T' AS title) TO '{tmp_path / 'b.parquet'}' (FORMAT parquet)")
    assert "addresses without the text" in why(read(tmp_path / "b.parquet"))


BODY = (
    "<section><p>😀 The ferry will not sail, said יעל כהן, the harbor master.</p>"
    "<p>“We are waiting for one valve,” she added.</p></section>"
)
ONE = {
    "uri": "urn:a:1",
    "type": "text",
    "versioncreated": "2024-03-04T10:00:00+01:00",
    "headline": "No ferry",
    "byline": "By יעל כהן",
    "body_html": BODY,
}
THREE = {
    "uri": "https://agency.example/1",
    "versionCreated": "2024-03-04T10:00:00+01:00",
    "copyrightHolder": "Alder Press",
    "by": "By יעל כהן",
    "urgency": 4,
    "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "No ferry"}],
    "subjects": [{"name": "sea"}, {"name": "ships"}],
    "bodies": [
        {"role": "caption", "contentType": "text/plain", "value": "A ship."},
        {"role": "main", "contentType": "text/html", "value": BODY},
    ],
}


@pytest.mark.parametrize(
    "item", [ONE, {**ONE, "body_html": None, "body_text": TEXT}, THREE, {**THREE, "bodies": [{"role": "html", "value": BODY}]}]
)
def test_ninjs_of_every_generation(item: dict[str, Any], tmp_path: Path) -> None:
    found = only(read(tmp_path / "a.json", json.dumps(item, indent=1).encode()))
    assert (found.text, found.title, found.published, found.authors) == (TEXT, "No ferry", "2024-03-04T10:00:00+01:00", ("יעל כהן",))
    if "bodies" in item:
        assert (found.outlet, found.url) == ("Alder Press", "https://agency.example/1")
        assert dict(found.columns)["subjects"] == "sea; ships"
        assert dict(found.columns)["urgency"] == "4"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"pubstatus": "canceled"}, "withdrawn"),
        ({"type": "picture", "body_html": ""}, "picture"),
        ({"body_html": "<p> </p>"}, "empty"),
        ({"body_html": 3}, "no body"),
    ],
)
def test_ninjs_items_that_are_refused(change: dict[str, Any], says: str, tmp_path: Path) -> None:
    assert says in why(read(tmp_path / "a.json", json.dumps({**ONE, **change}).encode()))
