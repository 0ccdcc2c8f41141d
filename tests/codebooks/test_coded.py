"""Coded examples: two formats, one result; broken rows are named."""

from pathlib import Path

import pytest

from sayso.codebooks.book import Codebook
from sayso.codebooks.coded import Coded, read_coded
from sayso.errors import CodebookError

SAME = [Coded("It rained.", ("wet",), "Alder Post"), Coded("Sleet, “all day”", ("wet", "cold"), None), Coded("A vote.", (), None)]
LINES = (
    '{"text": "It rained.", "frame": "wet", "outlet": " Alder Post "}\n\n'
    '{"text": "Sleet, “all day”", "frames": ["cold", "wet"]}\n{"text": "A vote.", "frames": ["other"], "group": null}\n'
)
TABLE = 'text,frames,outlet\nIt rained.,wet,Alder Post\n"Sleet, “all day”",cold; wet,\nA vote.,,\n'


@pytest.mark.parametrize(("name", "written"), [("a.jsonl", LINES), ("a.csv", TABLE), ("a.CSV", "\ufeff" + TABLE)])
def test_both_formats_say_the_same(tmp_path: Path, weather: Codebook, name: str, written: str) -> None:
    (tmp_path / name).write_text(written, encoding="utf-8")
    assert read_coded(tmp_path / name, weather) == SAME


BROKEN = [
    ("a.jsonl", b"", "holds no coded example"),
    ("a.jsonl", b"nonsense", ":1: not JSON"),
    ("a.jsonl", b"\n[1]", ":2: not an object"),
    ("a.jsonl", b"[" * 100_000, ":1: not JSON"),
    ("a.jsonl", b'{"frames": []}', ":1: no text"),
    ("a.jsonl", b'{"text": " ", "frames": []}', ":1: no text"),
    ("a.jsonl", b'{"text": "x"}', ":1: no frames"),
    ("a.jsonl", b'{"text": "x", "frames": [1]}', "frames should be a list of labels"),
    ("a.jsonl", b'{"text": "x", "frames": ["damp"]}', "'damp' is no frame of weather: use wet, cold or other"),
    ("a.jsonl", b'{"text": "x", "frames": [], "outlet": 3}', "outlet should be text"),
    ("a.jsonl", b'{"text": "' + b"x" * 200_000 + b'", "frames": []}', "at most 100,000"),
    ("a.csv", b"text;frames\nx;wet\n", ":2: no text"),
    ("a.csv", b"text,frames\n" + b"x" * 140_000 + b",wet\n", "not CSV"),
    ("a.jsonl", b"\xff", "not UTF-8 at byte 0"),
]


@pytest.mark.parametrize(("name", "raw", "told"), BROKEN, ids=[f"{told}-{number}" for number, (_, _, told) in enumerate(BROKEN)])
def test_a_broken_row_is_named(tmp_path: Path, weather: Codebook, name: str, raw: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(CodebookError) as error:
        read_coded(tmp_path / name, weather)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path, weather: Codebook) -> None:
    with pytest.raises(CodebookError, match="name a file of coded examples"):
        read_coded(tmp_path / "none.csv", weather)
