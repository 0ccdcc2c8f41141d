from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.document import Document
from sayso.intake.many import documents
from sayso.reading import Rejection

TEXT = "😀 The ferry will not sail, said יעל כהן.\n\n“We wait for one valve; it is late,” she added."
PLAIN = "The ferry will not sail, said Inès Okafor; “we wait for one valve,” she added."


def table(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def read(path: Path, data: bytes, told: list[str] | None = None) -> list[Document | Rejection]:
    path.write_bytes(data)
    return list(documents([str(path)], notice=(told if told is not None else []).append))


def why(item: Document | Rejection) -> str:
    return item.reason if isinstance(item, Rejection) else ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.txt", "\t"), ("a.csv", "|")])
def test_every_delimiter_and_encoding(name: str, delimiter: str, encoding: str, tmp_path: Path) -> None:
    if name == "a.txt" and encoding == "utf-16":
        name = "a.csv"
    told: list[str] = []
    data = table([["Headline", "Full Text", "media_name", "topic 😀"], ["T, x", TEXT, "Gazette; or so", "sea"]], delimiter)
    (found,) = read(tmp_path / name, data.encode(encoding), told)
    assert isinstance(found, Document)
    assert (found.text, found.title, found.outlet) == (TEXT, "T, x", "Gazette; or so")
    assert found.columns == (("topic 😀", "sea"),)
    assert "outlet = media_name" in told[0]


def test_what_excel_makes_of_a_table(tmp_path: Path) -> None:
    told: list[str] = []
    data = "sep=;\r\n" + table([["title", "text", "", ""], ["Café", PLAIN, "", ""]], ";")
    (found,) = read(tmp_path / "a.csv", data.encode("cp1252"), told)
    assert isinstance(found, Document)
    assert (found.title, found.text) == ("Café", PLAIN)
    assert any("Windows-1252" in line for line in told)


def test_damaged_utf_8_is_told_and_shown(tmp_path: Path) -> None:
    told: list[str] = []
    data = table([["title", "text"], ["Café", TEXT]]).encode().replace("é".encode(), b"\xc3")
    (found,) = read(tmp_path / "a.csv", data, told)
    assert isinstance(found, Document)
    assert (found.title, found.text) == ("Caf\ufffd", TEXT)
    assert any("damaged" in line for line in told)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("stories_id,title,url,media_name\n1,T,https://a.example,G\n", "addresses without the text"),
        ("title,url,summary\nT,https://a.example,short\n", "only a summary"),
        ("a,b\n1,2\n", "no text"),
        ("", "empty"),
        ("\n\n", "empty"),
        (",".join(f"c{number}" for number in range(20_000)) + "\n", "10,000 columns"),
        ("text" * 300_000, "no header"),
        ("text,\x00\n", "NUL"),
    ],
)
def test_tables_that_are_refused_in_one_line(data: str, says: str, tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a.csv", data.encode())
    assert says in why(found)
    assert "\n" not in why(found)
    assert ":" in why(found)


def test_rows_that_do_not_fit_cost_themselves_only(tmp_path: Path) -> None:
    rows = ["title,text", "A,One thing.", "B", "C,Two,three", '"D,",Good.', "", "E,", 'F,"never closed', "G,x", "H,y"]
    found = read(tmp_path / "a.csv", "\n".join(rows).encode())
    assert [bool(why(item)) for item in found] == [False, True, True, False, True, True]
    assert "1 cells, the header has 2" in why(found[1])
    assert "empty" in why(found[4]) or "no text" in why(found[4])
    assert "never closed" in why(found[5])


@pytest.mark.parametrize("quoted", [True, False])
def test_a_huge_cell_is_bounded_and_the_rows_after_it_are_read(quoted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.intake.delimited.MAX_BYTES", 500_000)
    monkeypatch.setattr("sayso.intake.delimited.MAX_LINE", 1_000_000)
    path = tmp_path / "a.csv"
    mark = '"' if quoted else ""
    with path.open("w", encoding="utf-8") as file:
        file.write(f"title,text\nA,{mark}")
        for _ in range(500):
            file.write("words and words " * 6000 + ("\n" if quoted else ""))
        file.write(f"{mark}\nB,The ferry sails.\n")
    tracemalloc.start()
    first, second = documents([str(path)])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "MB" in why(first)
    assert isinstance(second, Document)
    assert second.text == "The ferry sails."
    assert peak < 16_000_000 < path.stat().st_size


def test_names_that_stand_twice_are_both_kept(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a.csv", table([["text", "note", "note", ""], ["One.", "a", "b", "c"]]).encode())
    assert isinstance(found, Document)
    assert found.columns == (("note", "a"), ("note 2", "b"), ("column 4", "c"))


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=30)


@given(st.lists(CELL, min_size=1, max_size=5))
def test_cells_come_back_exactly(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    data = table([["text", *(f"c{at}" for at in range(len(cells)))], ["Words.", *cells]])
    (found,) = read(tmp_path_factory.getbasetemp() / "cells.csv", data.encode())
    assert isinstance(found, Document)
    assert found.columns == tuple((f"c{at}", cell) for at, cell in enumerate(cells))
