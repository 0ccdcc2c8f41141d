"""Text Interchange Formats (rOpenSci) for quanteda, readtext and tidytext: `corpus.csv` and `statements.csv`, and `about.json`.

Always true here: `corpus.csv` is a corpus data frame: `doc_id` and `text` first, as character strings, one row per article, UTF-8, then
document variables; the texts are exactly as they are, without the apostrophes that sheets for people get, so that offsets hold.
"""

from __future__ import annotations

from pathlib import Path

from sayso.export.aside import new_folder, say
from sayso.export.cells import spelled
from sayso.export.columns import CODEBOOK, codebook
from sayso.export.csv_tables import write_table, write_tables
from sayso.export.material import Material
from sayso.fields import Json


def write_tif(material: Material, out: Path) -> Json:
    """Write the folder, and return what it says of itself.

    Raises:
        UsageError: something else stands there.
        StoreError: the disk does not let it be written.

    """
    tables = material.tables(texts=True)
    tables = {name: tables[name] for name in ("documents", "statements")}
    # A statement is a text as well: quanteda takes the second file with docid_field = "stmt_id".
    with new_folder(out) as folder:
        write_table(folder / "codebook.csv", CODEBOOK, codebook({"corpus": tables["documents"], "statements": tables["statements"]}))
        counts = write_tables(folder, {"documents": "corpus", "statements": "statements"}, tables, material.rows(), spelled)
        about = material.about("tif", {}, {"corpus": counts["documents"], "statements": counts["statements"]})
        say(folder, about)
    return about
