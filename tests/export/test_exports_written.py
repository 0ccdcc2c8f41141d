"""All formats: read back with other programs' means, the same bytes twice, old or new and never a part."""

import csv
import hashlib
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from sayso.errors import StoreError, UsageError
from sayso.export.columns import STATEMENTS, text_digest
from sayso.export.material import NO_CLAIMS, Material, of_readings, of_store
from sayso.export.write import FORMATS, write
from sayso.export.xlsx import write_xlsx
from sayso.reading import Reading
from sayso.schema import dumps, loads
from sayso.store.duck import writer
from sayso.store.store import Store


def table(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, strict=True))


def digests(path: Path) -> dict[str, str]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()}


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_bytes_twice_nothing_left_over_and_what_made_it(material: Material, format: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    about = write(material, format, out)
    first = digests(out)
    assert write(material, format, out) == about
    assert digests(out) == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "store"]
    assert about["generator"] == {"version": "0.1.0", "bundle": "hand", "measures": ["loaded"]}
    assert about["notices"] == []
    if out.is_dir():
        assert json.loads((out / "about.json").read_text(encoding="utf-8")) == about


def test_csv_reads_back(material: Material, tmp_path: Path, articles: tuple[Reading, ...]) -> None:
    echo, ferryman, _, quiet = (each.document.id for each in articles)
    write(material, "csv", tmp_path / "out")
    raw = (tmp_path / "out" / "statements.csv").read_bytes()
    assert raw.startswith(b"doc_id,text_digest,")
    assert raw.count(b"\r\n") == 1 + 9
    rows = {row["stmt_id"]: row for row in table(tmp_path / "out" / "statements.csv")}
    assert rows[f"{echo}.O1"]["text"] == "🚢 The café on the quay lost its guests at once."
    for reading in articles:
        for row in (row for row in rows.values() if row["doc_id"] == reading.document.id):
            (start, end), *_ = json.loads(row["spans"])
            assert reading.document.text[start:end] == row["text"].removeprefix("'")
            assert row["text_digest"] == text_digest(reading.document.text)
    documents = {row["doc_id"]: row for row in table(tmp_path / "out" / "documents.csv")}
    assert (documents[ferryman]["meta.country"], documents[ferryman]["meta.desk"], documents[quiet]["meta.desk"]) == ("Sud", "'+1", "")
    assert (documents[echo]["title"], documents[echo]["story"]) == ('\'=HYPERLINK("http://x")', "bridge")
    assert table(tmp_path / "out" / "claims.csv")[0]["text"] == "'=The bridge stays shut"
    assert {row["statement"] for row in table(tmp_path / "out" / "claims.csv")} <= rows.keys()
    defined = table(tmp_path / "out" / "codebook.csv")
    for name in ("statements", "sources", "documents", "claims"):
        header = (tmp_path / "out" / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)[0].strip()
        assert [row["column"] for row in defined if row["table"] == name and not row["label"]] == header.split(",")


def test_no_cell_of_a_sheet_begins_a_formula(material: Material, tmp_path: Path) -> None:
    write(material, "csv", tmp_path / "csv")
    write(material, "xlsx", tmp_path / "x.xlsx")
    cells = [value for path in (tmp_path / "csv").glob("*.csv") for row in table(path) for value in row.values()]
    cells += [value for rows in workbook(tmp_path / "x.xlsx").values() for row in rows for value in row]
    assert sum(value.startswith("'") for value in cells) >= 8
    assert not [value for value in cells if re.match(r"\s*[=+\-@]", value)]


def test_excel_knows_utf8_by_the_mark(material: Material, tmp_path: Path, articles: tuple[Reading, ...]) -> None:
    echo, ferryman, cold, quiet = (each.document.id for each in articles)
    write(material, "csv", tmp_path / "out", bom=True)
    for path in (tmp_path / "out").glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert table(tmp_path / "out" / "documents.csv", "utf-8-sig")[0]["doc_id"] in (echo, ferryman, cold, quiet)
    with pytest.raises(UsageError, match="CSV only"):
        write(material, "tif", tmp_path / "tif", bom=True)


def test_jsonl_is_readings(material: Material, tmp_path: Path, articles: tuple[Reading, ...]) -> None:
    write(material, "jsonl", tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert {loads(line).document.id: loads(line) for line in lines} == {each.document.id: loads(dumps(each)) for each in articles}
    assert all(json.loads(line)["document"]["text_digest"] == text_digest(loads(line).document.text) for line in lines)


def test_parquet_has_types_and_spans(material: Material, tmp_path: Path, articles: tuple[Reading, ...]) -> None:
    _, _, cold, _ = (each.document.id for each in articles)
    about = write(material, "parquet", tmp_path / "out")
    connection = writer()
    for name, count in about["rows"].items():
        assert connection.execute(f"SELECT count(*) FROM '{tmp_path}/out/{name}.parquet'").fetchone() == (count,)
    asked = f"SELECT text, spans, start, named FROM '{tmp_path}/out/statements.parquet' WHERE stmt_id = '{cold}.A1'"
    assert connection.execute(asked).fetchall() == [("-5 degrees stopped the work", [[0, 27]], 0, True)]
    texts = dict(connection.execute(f"SELECT doc_id, text FROM '{tmp_path}/out/documents.parquet'").fetchall())
    assert texts == {each.document.id: each.document.text for each in articles}
    assert connection.execute(f"SELECT remark, confidence FROM '{tmp_path}/out/claims.parquet' ORDER BY 1").fetchall() == [
        ("x", 0.9),
        ("y", 0.8),
    ]
    connection.close()


def test_sqlite_finds_words_whatever_their_accents(material: Material, tmp_path: Path, articles: tuple[Reading, ...]) -> None:
    echo, ferryman, cold, _ = (each.document.id for each in articles)
    write(material, "sqlite", tmp_path / "out")
    with closing(sqlite3.connect(tmp_path / "out" / "sayso.db")) as database:

        def search(what: str, words: str) -> list[Any]:
            return database.execute(f"SELECT doc_id, snippet FROM search_{what} WHERE query MATCH ? ORDER BY rank", [words]).fetchall()

        for words in ("cafe", "café", "CAFÉ", '"the café"'):
            ((found, snippet),) = search("documents", words)
            assert found == echo
            assert "🚢 The " in snippet.replace("[", "").replace("]", "")
            assert "[café]" in snippet or "[The café]" in snippet
        assert {found for found, _ in search("documents", "angstrom")} == {echo, ferryman}
        assert search("documents", "הגשר")[0][0] == cold
        assert search("statements", "planned AND nobody") == [(ferryman, "that [nobody] had [planned] it")]
        assert database.execute("SELECT text FROM documents WHERE doc_id = ?", [echo]).fetchone() == (articles[0].document.text,)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        about = dict(database.execute("SELECT name, value FROM about"))
        assert json.loads(about["generator"])["bundle"] == "hand"
        queries = json.loads((tmp_path / "out" / "metadata.json").read_text(encoding="utf-8"))["databases"]["sayso"]["queries"]
        database.create_function("escape_fts", 1, lambda words: f'"{words}"')  # as Datasette has it
        for query in queries.values():
            assert len(database.execute(query["sql"], {"words": "bridge"}).fetchall()) == 2


def test_tif_is_a_corpus_and_its_statements(material: Material, tmp_path: Path, articles: tuple[Reading, ...]) -> None:
    write(material, "tif", tmp_path / "out")
    corpus = table(tmp_path / "out" / "corpus.csv")
    assert list(corpus[0])[:2] == ["doc_id", "text"]
    assert {row["doc_id"]: row["text"] for row in corpus} == {each.document.id: each.document.text for each in articles}
    statements = table(tmp_path / "out" / "statements.csv")
    assert list(statements[0]) == [column.name for column in STATEMENTS]
    assert {row["doc_id"] for row in statements} <= {row["doc_id"] for row in corpus}
    assert "-5 degrees stopped the work" in [row["text"] for row in statements]


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def workbook(path: Path) -> dict[str, list[list[str]]]:
    """The sheets by name, each cell as its text."""
    with zipfile.ZipFile(path) as archive:
        names = [sheet.get("name", "") for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{SHEET}sheet")]
        found = {}
        for number, name in enumerate(names, 1):
            tree = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            found[name] = [["".join(cell.itertext()) for cell in row.iter(f"{SHEET}c")] for row in tree.iter(f"{SHEET}row")]
        return found


def runs(path: Path, sheet: int) -> Iterator[tuple[tuple[str, bool], ...]]:
    """The cells in runs, each with whether it is bold."""
    with zipfile.ZipFile(path) as archive:
        tree = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
    for inline in tree.iter(f"{SHEET}is"):
        parts = tuple((run.findtext(f"{SHEET}t") or "", run.find(f"{SHEET}rPr/{SHEET}b") is not None) for run in inline.iter(f"{SHEET}r"))
        if parts:
            yield parts


def test_a_workbook_marks_the_words_in_their_sentence(material: Material, tmp_path: Path) -> None:
    write(material, "xlsx", tmp_path / "x.xlsx")
    sheets = workbook(tmp_path / "x.xlsx")
    assert list(sheets) == ["statements", "sources", "documents", "claims", "codebook", "about"]
    assert (("The bridge at Halden will stay shut until spring", True), (", Mayor Zoë Ångström said.", False)) in list(
        runs(tmp_path / "x.xlsx", 1)
    )
    assert (("'", False), ("-5 degrees stopped the work", True), (", the Halden Yard said.", False)) in list(runs(tmp_path / "x.xlsx", 1))
    assert ["sentence" in row for row in sheets["statements"]].count(True) == 1
    assert ["statements", "sentence", "the sentence (or sentences) that it stands in, its words marked; only in this workbook"] in sheets[
        "codebook"
    ]
    assert ["generator", '{"version":"0.1.0","bundle":"hand","measures":["loaded"]}'] in sheets["about"]
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        first = archive.read("xl/worksheets/sheet1.xml").decode()
        assert 'state="frozen"' in first
        assert "<autoFilter" in first
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert b"<hyperlink" not in everything
        assert b"TargetMode" not in everything
        assert b"<f>" not in everything


def test_excels_limits_are_told(tmp_path: Path, articles: tuple[Reading, ...]) -> None:
    long = replace(articles[3], document=replace(articles[3].document, title="🚢" * 20_000, id="x"))
    markup = replace(articles[3], document=replace(articles[3].document, title="<r><t>no</t></r>\uffff", id="y"))
    more = [long, markup, *articles]
    about = write_xlsx(of_readings(lambda: more, articles[0].generator), tmp_path / "x.xlsx", most_rows=4)
    sheets = workbook(tmp_path / "x.xlsx")
    titles = [row[5] for row in sheets["documents"][1:3]]  # no cell where there is no address
    assert titles[0].endswith("🚢 …")
    assert len(titles[0].encode("utf-16-le")) // 2 <= 32_767
    assert titles[1] == "'<r><t>no</t></r>\ufffd"
    assert len(sheets["documents"]) == 4
    assert "documents: 1 cells are longer than Excel's 32,767 characters and were cut: use CSV or Parquet" in about["notices"]
    assert "documents: 3 rows beyond Excel's 4 were left out: use CSV or Parquet" in about["notices"]
    assert about["rows"]["documents"] == 6


def test_a_store_without_claims_says_so(store: Store, tmp_path: Path) -> None:
    about = write(of_store(store), "csv", tmp_path / "out")
    assert about["notices"] == [NO_CLAIMS]
    assert "claims" not in about["rows"]
    assert not (tmp_path / "out" / "claims.csv").exists()


def test_an_empty_store_is_an_empty_export(tmp_path: Path, articles: tuple[Reading, ...]) -> None:
    empty = of_store(Store.make(tmp_path / "store", articles[0].generator))
    for format in FORMATS:
        assert set(write(empty, format, tmp_path / format)["rows"].values()) == {0}


@pytest.mark.parametrize("format", FORMATS)
def test_an_interruption_leaves_the_old_export(material: Material, format: str, tmp_path: Path, articles: tuple[Reading, ...]) -> None:
    write(material, format, tmp_path / "out")
    before = digests(tmp_path / "out")

    def broken() -> Iterator[Reading]:
        yield articles[0]
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="no room left"):
        write(replace(material, readings=broken), format, tmp_path / "out")
    assert digests(tmp_path / "out") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "store"]


@pytest.mark.parametrize("format", [format for format in FORMATS if format not in ("xlsx", "jsonl")])
def test_what_an_export_did_not_make_is_left_alone(material: Material, format: str, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "about.json").write_text('{"schema": "other"}', encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for out in (tmp_path / "mine", tmp_path / "file", tmp_path / "nowhere" / "out"):
        with pytest.raises(UsageError, match="name a folder"):
            write(material, format, out)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["about.json"]


def test_there_is_no_other_format(material: Material, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="csv, parquet, xlsx, jsonl, sqlite, tif"):
        write(material, "docx", tmp_path / "out")
    with pytest.raises(UsageError, match="name a file"):
        write(material, "xlsx", tmp_path)


def test_too_many_columns_of_the_users_are_told(articles: tuple[Reading, ...]) -> None:
    document = replace(articles[3].document, columns=tuple((f"c{number:04}", "x") for number in range(500)))
    found = of_readings(lambda: [replace(articles[3], document=document)], articles[0].generator)
    assert len(found.extra) == 200
    assert found.notices == ("the articles have more than 200 columns of their own: the first 200 by name are exported",)
