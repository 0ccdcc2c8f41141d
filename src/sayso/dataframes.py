"""Tables for pandas and polars, whichever the user has; Sayso itself needs neither.

Always true here: columns come in the order of the export with its types, so that a table of no rows has them too; texts are texts, and what
is not known is missing, never an empty text or NaN among the whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sayso.errors import UsageError
from sayso.export.columns import FLAG, NUMBER, SPANS, TEXT, WHOLE, Column

_PANDAS = {TEXT: "string", WHOLE: "Int64", NUMBER: "Float64", FLAG: "boolean", SPANS: "object"}


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table before it is known which library holds it; a row may leave columns out."""

    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, object], ...]

    def to_pandas(self) -> Any:
        """As a `pandas.DataFrame` with nullable types.

        Raises:
            UsageError: pandas is not installed.

        """
        pandas = _library("pandas")
        made = {
            column.name: pandas.Series([row.get(column.name) for row in self.rows], dtype=_PANDAS[column.type]) for column in self.columns
        }
        return pandas.DataFrame(made)

    def to_polars(self) -> Any:
        """As a `polars.DataFrame`.

        Raises:
            UsageError: polars is not installed.

        """
        polars = _library("polars")
        types = {
            TEXT: polars.String,
            WHOLE: polars.Int64,
            NUMBER: polars.Float64,
            FLAG: polars.Boolean,
            SPANS: polars.List(polars.List(polars.Int64)),
        }
        made = {column.name: [row.get(column.name) for row in self.rows] for column in self.columns}
        return polars.DataFrame(made, schema={column.name: types[column.type] for column in self.columns})


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise UsageError(f"{name} is not installed: pip install {name}") from None
