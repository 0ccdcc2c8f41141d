"""An export is written aside and then renamed: whoever looks sees the old one or the new one, never a part.

Always true here: what stands at the user's path is replaced only if it is a file, or a folder that an export made (it holds
`about.json` of ours); what an interruption leaves is a hidden neighbor that the next export of that path removes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import UsageError
from sayso.export.material import SCHEMA
from sayso.fields import Json
from sayso.store.disk import flush, move, speaking, sweep

ABOUT = "about.json"


@contextmanager
def new_file(out: Path) -> Iterator[Path]:
    """A path to write to; it gets its name once all is well.

    Raises:
        UsageError: no file can be there.
        StoreError: the disk does not let it be written.

    """
    if out.is_dir() or not out.parent.is_dir():
        raise UsageError(f"cannot write {out}: name a file in a folder that exists")
    aside = out.with_name(f".{out.name}.new")
    sweep(aside)
    try:
        with speaking(out):
            yield aside
            flush(aside)
            move(aside, out)
    finally:
        sweep(aside)


@contextmanager
def new_folder(out: Path, schema: str = SCHEMA, maker: str = "an export") -> Iterator[Path]:
    """A folder to write into; it gets its name once all is well. The caller puts `about.json` into it (`say`).

    Args:
        out: its name; a folder that has it is replaced if it is one of ours.
        schema: what `about.json` of such a folder says that it is.
        maker: who makes such folders, in words.

    Raises:
        UsageError: something else stands there.
        StoreError: the disk does not let it be written.

    """
    if not out.parent.is_dir() or (out.exists() and not _ours(out, schema)):
        raise UsageError(f"cannot write {out}: name a folder that does not exist yet, or one that {maker} made, in a folder that exists")
    aside, before = out.with_name(f".{out.name}.new"), out.with_name(f".{out.name}.old")
    sweep(aside)
    try:
        with speaking(out):
            aside.mkdir()
            yield aside
            for made in sorted(aside.iterdir()):
                flush(made)
            flush(aside)
            if out.exists():  # two renames: a folder cannot be replaced in one
                sweep(before)
                out.replace(before)
            move(aside, out)
    finally:
        sweep(aside)
        if not out.exists() and before.exists():
            before.replace(out)
        sweep(before)


def say(folder: Path, about: Json) -> None:
    """Write what an export says of itself into its folder."""
    said = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
    (folder / ABOUT).write_text(said, encoding="utf-8", errors="backslashreplace", newline="\n")


def _ours(folder: Path, schema: str) -> bool:
    try:
        found = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return folder.is_dir() and not any(folder.iterdir())
    return isinstance(found, dict) and found.get("schema") == schema
