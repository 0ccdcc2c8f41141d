"""Examples that somebody has coded by hand: JSON lines or CSV, one text a row, with its frames and whose text it is.

JSON lines: `{"text": "…", "frames": ["conflict"], "outlet": "…"}`; CSV: the columns `text`, `frames` (several separated by `;`), and
`outlet` or `group`. `frame` may stand for `frames`. A text that shows none of the frames has an empty list or the frame `other`.

Always true here: every label is one of the codebook's, or `other`; no text is empty; a broken row is an error that names it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.codebooks.book import OTHER, Codebook
from sayso.errors import CodebookError

LARGEST_FILE = 200_000_000  # bytes
LONGEST_TEXT = 100_000  # characters


@dataclass(frozen=True, slots=True)
class Coded:
    """One coded text. `frames` are labels of the codebook, in its order, none if the text shows none; `group` is its outlet, if known."""

    text: str
    frames: tuple[str, ...]
    group: str | None = None


def read_coded(path: Path, book: Codebook) -> list[Coded]:
    """The coded examples in a file (`.csv`; anything else is JSON lines).

    Raises:
        CodebookError: the file cannot be read, or a row makes no sense; the message names the row and what to do.

    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CodebookError(f"{path}: larger than {LARGEST_FILE:,} bytes; fit on a sample")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CodebookError(f"{path}: {error.strerror or error}; name a file of coded examples") from None
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    rows = _csv(text, path) if path.suffix.lower() == ".csv" else _lines(text, path)
    found = [_coded(row, book, f"{path}:{number}") for number, row in rows]
    if not found:
        raise CodebookError(f"{path}: holds no coded example")
    return found


def _lines(text: str, path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                raise CodebookError(f"{path}:{number}: not JSON; write one object a line, or name the file .csv") from None
            if not isinstance(row, dict):
                raise CodebookError(f'{path}:{number}: not an object; write {{"text": "…", "frames": ["…"]}}')
            yield number, row


def _csv(text: str, path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise CodebookError(f"{path}:{reader.line_num}: not CSV ({error}); check the quotation marks") from None


def _coded(row: Mapping[str, Any], book: Codebook, where: str) -> Coded:
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise CodebookError(f"{where}: no text; every row needs one under 'text'")
    if len(text) > LONGEST_TEXT:
        raise CodebookError(f"{where}: a text of {len(text):,} characters; give at most {LONGEST_TEXT:,}")
    if "frames" not in row and "frame" not in row:
        raise CodebookError(f"{where}: no frames; every row needs 'frames', empty where none fits")
    given = row.get("frames", row.get("frame"))
    labels = _labels(given, where)
    for label in labels:
        if label not in book.labels and label != OTHER:
            raise CodebookError(f"{where}: {label[:60]!r} is no frame of {book.name}: use {', '.join(book.labels)} or {OTHER}")
    group = row.get("outlet") or row.get("group")
    if group is not None and not isinstance(group, str):
        raise CodebookError(f"{where}: the outlet should be text, found {type(group).__name__}")
    return Coded(text, tuple(label for label in book.labels if label in labels), group.strip() or None if group else None)


def _labels(given: Any, where: str) -> Sequence[str]:
    if given is None:
        return ()
    if isinstance(given, str):
        return [part.strip() for part in given.split(";") if part.strip()]
    if isinstance(given, list) and all(isinstance(part, str) for part in given):
        return given
    raise CodebookError(f"{where}: frames should be a list of labels, or labels separated by semicolons")
