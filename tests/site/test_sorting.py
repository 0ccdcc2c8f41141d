"""Rows in order of their key, through files on the disk."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.site.sorting import by_first

KEYS = st.text("0123456789abcdef", min_size=16, max_size=16)
ROWS = st.lists(st.tuples(KEYS, st.one_of(st.none(), st.integers(), st.text(), st.booleans())), max_size=60)


@given(ROWS)
def test_the_same_rows_come_back_in_order_and_stay_in_theirs(rows: list[tuple[str, object]]) -> None:
    assert list(by_first(rows)) == sorted(rows, key=lambda row: row[0])


def test_lone_surrogates_and_line_breaks_survive() -> None:
    row = ("0" * 16, "\ud800 a\nb\u2028c")
    assert list(by_first([row])) == [row]
    assert json.loads(json.dumps(row)) == list(row)


def test_nothing_stays_on_the_disk_when_it_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> Iterator[tuple[str, int]]:
        yield ("0" * 16, 1)
        assert list(tmp_path.iterdir())
        raise KeyboardInterrupt

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        list(by_first(failing()))
    assert not list(tmp_path.iterdir())
