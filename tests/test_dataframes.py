"""Tables for pandas and polars: same columns, same rows, types that keep what is missing apart from what is empty."""

import sys

import pandas
import polars
import pytest

from sayso.dataframes import DataTable
from sayso.errors import UsageError
from sayso.export.columns import FLAG, NUMBER, SPANS, TEXT, WHOLE, Column

COLUMNS = tuple(
    Column(name, kind, "") for name, kind in (("text", TEXT), ("words", WHOLE), ("share", NUMBER), ("named", FLAG), ("spans", SPANS))
)
ROWS: tuple[dict[str, object], ...] = (
    {"text": "", "words": 3, "share": 0.5, "named": True, "spans": [[0, 3], [5, 9]], "passage": "no column"},
    {"text": None, "spans": []},
)
FULL = DataTable(COLUMNS, ROWS)
NAMES = [column.name for column in COLUMNS]


def test_pandas_keeps_columns_types_and_what_is_missing() -> None:
    made = FULL.to_pandas()
    assert isinstance(made, pandas.DataFrame)
    assert list(made.columns) == NAMES
    assert list(map(str, made.dtypes)) == ["string", "Int64", "Float64", "boolean", "object"]
    assert made["text"].iloc[0] == ""
    assert made.loc[0, "spans"] == [[0, 3], [5, 9]]
    assert made[["text", "words", "share", "named"]].iloc[1].isna().all()


def test_polars_keeps_columns_types_and_what_is_missing() -> None:
    made = FULL.to_polars()
    assert isinstance(made, polars.DataFrame)
    assert made.columns == NAMES
    assert made.dtypes == [polars.String, polars.Int64, polars.Float64, polars.Boolean, polars.List(polars.List(polars.Int64))]
    assert made.row(0) == ("", 3, 0.5, True, [[0, 3], [5, 9]])
    assert made.row(1) == (None, None, None, None, [])


def test_a_table_without_rows_has_its_columns_and_types() -> None:
    empty = DataTable(COLUMNS, ())
    assert list(map(str, empty.to_pandas().dtypes)) == list(map(str, FULL.to_pandas().dtypes))
    assert empty.to_polars().schema == FULL.to_polars().schema
    assert len(empty.to_pandas()) == len(empty.to_polars()) == 0


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_is_told_in_one_line(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=f"^{library} is not installed: pip install {library}$"):
        getattr(FULL, f"to_{library}")()
