"""Comparisons as sheets: nothing in a cell is run as a formula."""

import csv
import io

import pytest

from sayso.render.contrasts import rows_as_csv


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "  =1", "\t=1", "\n=1", "＝1+1", "－1"])
def test_names_are_no_formulas(name: str) -> None:
    rows = list(csv.reader(io.StringIO(rows_as_csv(("group", "value"), [(name, -1.5), (None, 2)]))))
    assert rows == [["group", "value"], ["'" + name.strip(), "-1.5"], ["", "2"]]
