"""The public collections that annotated articles come from, read as they are distributed: name of each wanted article, and its text.

Always true here: only what is wanted is opened or kept, one article at a time; what is no article is passed over, so that the digest alone
decides whether the right text was found. Four kinds of files, alone or anywhere in a folder:

- `NAME.txt`: the text of one article (as in `original/` of stanfordnlp/en-worldwide-newswire);
- `NAME.json`: one object with `content_original`, `text` or `content` (as in `data/jsons/` of ramybaly/Article-Bias-Prediction);
- `*.jsonl`, `*.jsonl.gz`: one object a line with `id` (or `ID`) and the text in one of these fields.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from sayso.errors import UnreadableInput, UsageError
from sayso.evaluation.rowvalues import name_in_set

LONGEST = 2**25  # bytes of one article or line
FIELDS = ("content_original", "text", "content")


def articles(paths: Sequence[Path], wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Names and whole texts of the wanted articles; a name may come several times, with different texts.

    Args:
        paths: files of the kinds above, or folders that hold some.
        wanted: names of articles in their set.

    Raises:
        UnreadableInput: a path is missing, a file cannot be read, is broken gzip, or has a line without end.
        UsageError: a file that was named is of none of these kinds.

    """
    for path in paths:
        if path.is_dir():
            for file in _files(path):
                yield from _articles(file, wanted)
        elif not path.is_file():
            raise UnreadableInput(f"{path}: no such file or folder")
        elif not _is_text(path):
            raise UsageError(f"{path}: give .txt, .json, .jsonl or .jsonl.gz files, or a folder that holds some")
        else:
            yield from _articles(path, wanted)


def _files(folder: Path) -> Iterator[Path]:
    for home, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (file for name in sorted(names) if _is_text(file := Path(home, name)) and file.is_file())


def _is_text(path: Path) -> bool:
    return path.name.endswith((".txt", ".json", ".jsonl", ".jsonl.gz"))


def _articles(path: Path, wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    try:
        if path.name.endswith((".jsonl", ".jsonl.gz")):
            yield from _lines(path, wanted)
        elif path.stem in wanted:
            if path.stat().st_size > LONGEST:
                raise UnreadableInput(f"{path}: more than {LONGEST} bytes, too long for an article")
            whole = path.read_bytes()
            found = [(path.stem, _decoded(whole))] if path.suffix == ".txt" else _objects(whole, {path.stem}, path.stem)
            yield from found
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror or error}") from None
    except (EOFError, zlib.error) as error:
        raise UnreadableInput(f"{path}: broken gzip: {error}") from None


def _lines(path: Path, wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        while line := file.readline(LONGEST):
            if len(line) == LONGEST:
                raise UnreadableInput(f"{path}: a line of {LONGEST} bytes or more, too long for an article")
            yield from _objects(line, wanted)


def _objects(line: bytes, wanted: Collection[str], name: str | None = None) -> Iterator[tuple[str, str]]:
    """The texts of one JSON object, if it is a wanted article; its name is that of its file or its `id`."""
    try:
        value = json.loads(_decoded(line))
    except (ValueError, RecursionError):
        return
    if not isinstance(value, dict):
        return
    name = name or name_in_set(str(value.get("id") or value.get("ID") or ""))
    if name in wanted:
        yield from ((name, value[field]) for field in FIELDS if isinstance(value.get(field), str))


def _decoded(whole: bytes) -> str:
    # What is not UTF-8 becomes another text, and the digest tells it.
    return whole.decode("utf-8-sig", "replace")
