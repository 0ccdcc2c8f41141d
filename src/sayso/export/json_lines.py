"""JSON lines: one reading per line by the contract `sayso/1`, as `sayso read --json` writes it; `sayso.schema.loads` reads it back.

Always true here: each line says version, bundle and measures by itself, and holds the text that its offsets point into; no line holds
a line break of any kind inside.
"""

from __future__ import annotations

import json
from pathlib import Path

from sayso.export.aside import new_file
from sayso.export.columns import text_digest
from sayso.export.material import Material
from sayso.export.rows import fit
from sayso.fields import Json
from sayso.schema import to_json


def write_jsonl(material: Material, out: Path) -> Json:
    """Write the file, and return what could be said of it (each line says it itself).

    Raises:
        UsageError: no file can be there.
        StoreError: the disk does not let it be written.

    """
    count = 0
    with new_file(out) as aside, aside.open("w", encoding="utf-8", newline="\n") as file:
        for reading in material.readings():
            item = to_json(reading)
            item["document"]["text_digest"] = text_digest(fit(reading.document.text))
            line = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
            file.write(_quiet(line) + "\n")
            count += 1
    return material.about("jsonl", {}, {"readings": count})


def _quiet(line: str) -> str:
    """Without lone surrogates, and without the separators that some readers take for line breaks; no value changes but the former."""
    return fit(line).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
