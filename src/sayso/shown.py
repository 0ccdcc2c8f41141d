"""Values that show themselves: in a notebook, and as tables for pandas and polars.

Always true here: nothing is loaded before somebody asks; how a value is shown stands in `notebook`, the one arrow that leads upward.
"""

from __future__ import annotations

from typing import Any


class Shown:
    """Base of readings, matrices of claims and comparisons."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """What a notebook shows of it."""
        from sayso import notebook

        return notebook.html(self)

    def to_pandas(self, table: str = "") -> Any:
        """One of its tables as a `pandas.DataFrame`, with the columns of an export (docs/export.md).

        Args:
            table: of a reading `statements` (what each voice says, the outlet's own included), `sources` or `findings`; by default the
                first. The others have one table.

        Raises:
            UsageError: there is no such table, or pandas is not installed.

        """
        from sayso import notebook

        return notebook.table(self, table).to_pandas()

    def to_polars(self, table: str = "") -> Any:
        """The same as a `polars.DataFrame`."""
        from sayso import notebook

        return notebook.table(self, table).to_polars()
