"""Corrections going out and coming in: a sheet, gold for `sayso evaluate`, a colleague's file.

Always true here: nothing of an article is run as a formula in a sheet; gold holds only articles that somebody said to have checked wholly,
and of which nothing waits; what comes in is added by id, and a broken line costs no other.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.corrections.apply import corrected
from sayso.corrections.correction import Correction
from sayso.corrections.log import Log
from sayso.corrections.record import loads, to_json
from sayso.corrections.settled import settle
from sayso.errors import ContractError, UnreadableInput
from sayso.export.cells import cell
from sayso.schema import dumps as reading_line
from sayso.store.store import Store

COLUMNS = (
    "id", "article", "who", "when", "kind", "state", "words", "field", "about", "value", "before", "generator", "confidence", "note",
)  # fmt: skip
LARGEST = 200_000_000  # bytes of a file that comes in


@dataclass(frozen=True, slots=True)
class CameIn:
    """How many corrections came in, and how many were there already."""

    new: int
    known: int


def sheet(corrections: Sequence[Correction]) -> str:
    """One row for each correction, as CSV; `state` says whether it counts, was replaced by a later one, or taken back."""
    by_article: dict[str, list[Correction]] = {}
    for each in corrections:
        by_article.setdefault(each.article, []).append(each)
    state: dict[str, str] = {}
    for several in by_article.values():
        settled = settle(several)
        state |= {each.id: "counts" for each in settled.standing} | {each.id: "replaced" for each in settled.replaced}
        state |= {each.id: "taken back" for each in settled.withdrawn}
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for each in corrections:
        item = to_json(each) | {"state": state.get(each.id, ""), "words": each.place.words if each.place else ""}
        rows.writerow([cell(item[name]) for name in COLUMNS])
    return written.getvalue()


def gold_lines(store: Store, log: Log, who: str | None = None) -> list[str]:
    """Articles that somebody (or the person of that name) checked wholly, with all corrections, one line of the contract's JSON each."""
    lines = []
    for reading in store.readings(log.articles()):
        found = corrected(reading, log.of(reading.document.id))
        by = [each for each in found.checked if who is None or each.who.casefold() == who.strip().casefold()]
        if by and not found.waiting:
            lines.append(reading_line(found.reading))
    return lines


def bring_in(log: Log, path: Path, notice: Callable[[str], None]) -> CameIn:
    """Add the corrections of a file.

    Args:
        log: where they go.
        path: a file of JSON lines, as `sayso corrections --json` writes it.
        notice: takes a line for each line of the file that is passed over.

    Raises:
        UnreadableInput: the file is missing, too large, or has no correction in it.
        StoreError: the disk is full; nothing has come in then.

    """
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableInput(f"{path}: larger than {LARGEST // 1_000_000} MB: give a smaller file")
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror or error}") from None
    given: dict[str, Correction] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                each = loads(line)
            except ContractError as error:
                notice(f"{path}:{number}: passed over: {error}")
            else:
                given.setdefault(each.id, each)
    if not given:
        raise UnreadableInput(f"{path}: no correction in it: give a file that `sayso corrections STORE --json` has written")
    new = log.add(*given.values())
    return CameIn(new, len(given) - new)
