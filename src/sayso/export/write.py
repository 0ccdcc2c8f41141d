"""All formats by name: a store in, one file or folder out.

Always true here: what an export says of itself comes back to the caller, with the lines that its user should see.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sayso.errors import UsageError
from sayso.export.csv_tables import write_csv
from sayso.export.json_lines import write_jsonl
from sayso.export.material import Material
from sayso.export.parquet import write_parquet
from sayso.export.sqlite import write_sqlite
from sayso.export.tif import write_tif
from sayso.export.xlsx import write_xlsx
from sayso.fields import Json

FORMATS: Mapping[str, str] = {
    "csv": "folder of tables",
    "parquet": "folder of tables",
    "xlsx": "one workbook",
    "jsonl": "one file of readings",
    "sqlite": "folder for Datasette, with full-text search",
    "tif": "folder for quanteda",
}
ENDINGS: Mapping[str, str] = {"xlsx": ".xlsx", "jsonl": ".jsonl"}
"""Of the formats that are one file; a file with another one is not replaced."""
_WRITERS = {"parquet": write_parquet, "xlsx": write_xlsx, "jsonl": write_jsonl, "sqlite": write_sqlite, "tif": write_tif}


def write(material: Material, format: str, out: Path, *, bom: bool = False) -> Json:
    """Write an export, and return what it says of itself.

    Args:
        material: what to write.
        format: one of `FORMATS`.
        out: where to; a file of that name, or a folder that an export made, is replaced.
        bom: for CSV: begin each file with a byte order mark, by which Excel knows UTF-8.

    Raises:
        UsageError: there is no such format, or something else stands there.
        StoreError: the disk does not let it be written.

    """
    if bom and format != "csv":
        raise UsageError("a byte order mark is for CSV only: leave --bom out")
    if format == "csv":
        return write_csv(material, out, bom=bom)
    if format not in _WRITERS:
        raise UsageError(f"no format {format[:40]!r}: use one of {', '.join(FORMATS)}")
    if (ending := ENDINGS.get(format)) and out.is_file() and out.suffix.lower() not in ("", ending):
        raise UsageError(f"{out} is there already, and its name is not that of such an export: name a file that ends in {ending}")
    return _WRITERS[format](material, out)
