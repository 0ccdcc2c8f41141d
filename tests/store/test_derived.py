"""Derived tables: any values of one kind, replaced whole, never under the name of a table of the store."""

from datetime import date, datetime

import pytest

from sayso.errors import StoreError
from sayso.store.store import Store


def test_values_come_back_as_they_went_in(store: Store) -> None:
    columns = ("text", "whole", "part", "flag", "day", "list", "pairs", "none")
    rows = [
        ("nul \x00 😀 it's", 2**62, 1, True, date(2026, 3, 1), ["a", None], [[1, 2], []], None),
        (None, None, 0.5, None, None, [], [], None),
        ("", -1, None, False, date(1, 1, 1), None, None, None),
    ]
    assert store.put("carriers", columns, iter(rows)) == 3
    found = store.sql("SELECT * FROM carriers")
    assert (found.columns, found.rows) == (columns, rows)


def test_a_table_is_replaced_whole_and_dropped(store: Store) -> None:
    for at in range(3):  # in the blink of an eye: nothing may be remembered of the table before
        store.put("stories", ["article", "story"], [("a", at)] * (at + 1))
        assert store.sql("SELECT article, story FROM stories").rows == [("a", at)] * (at + 1)
    store.put("stories", {"article": "VARCHAR", "weight": "DOUBLE"}, [])
    assert store.sql("SELECT * FROM stories").columns == ("article", "weight")
    assert store.has("stories")
    store.drop("stories")
    store.drop("stories")
    assert not store.has("stories")
    with pytest.raises(StoreError, match="sayso stories"):
        store.sql("SELECT * FROM stories")


@pytest.mark.parametrize("name", ["articles", "rejects", "stored_articles", "../x", "a.b", "", "Big", "x" * 64, "1a", 'a"b'])
def test_names_that_no_table_can_have(name: str, store: Store) -> None:
    for use in (lambda: store.put(name, ["a"], []), lambda: store.has(name), lambda: store.drop(name)):
        with pytest.raises(StoreError, match="cannot be the name of a derived table"):
            use()


@pytest.mark.parametrize(
    ("columns", "rows", "message"),
    [
        (["a"], [[1], ["x"]], "several kinds"),
        (["a"], [[[1, "x"]]], "several kinds"),
        (["a"], [[1], [[1]]], "several kinds"),
        (["a", "b"], [[1, 2], [1]], "row 1 has 1 values for 2 columns"),
        (["a", "A"], [], "its own name"),
        ([], [], "needs columns"),
        (["a"], [[object()]], "no place in a table"),
        (["a"], [[datetime(2026, 3, 1)]], "no place in a table"),
        (["a"], [[float("nan")]], "cannot be stored"),
        (["a"], [[2**70]], "."),
    ],
)
def test_values_that_no_table_can_hold(columns: list[str], rows: list[list[object]], message: str, store: Store) -> None:
    store.put("kept", ["a"], [[1]])
    with pytest.raises(StoreError, match=message) as raised:
        store.put("kept", columns, rows)
    assert "\n" not in str(raised.value)
    assert store.sql("SELECT * FROM kept").rows == [(1,)]
