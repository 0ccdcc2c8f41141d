"""Floors under the figures: a change that lowers one of them has to say so in a file that people review.

The floors file is JSON: `{"gold": "<digest>", "floors": {"system/metric": value}}`, values in [0, 1]. The digest pins the gold
articles: who edits them has to measure again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import UsageError
from sayso.evaluation.report import Report

GOLD_FILES = (".txt", ".json", ".jsonl", ".ann")


@dataclass(frozen=True, slots=True)
class Floors:
    """The digest of the gold that the floors were measured on, and the least value of each figure."""

    gold: str
    floors: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure below its floor; `value` is None if there was nothing to count."""

    figure: str
    floor: float
    value: float | None

    def __str__(self) -> str:
        found = "nothing to count" if self.value is None else f"{self.value:.4f}"
        return f"{self.figure}: {found}, floor {self.floor:.4f}"


def digest(path: Path) -> str:
    """SHA-256 over names and bytes of the gold files of a folder (all levels), or of one file."""
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.suffix in GOLD_FILES)
    if not files:
        raise UsageError(f"{path}: no gold files to take a digest of")
    whole = hashlib.sha256()
    for file in files:
        name = file.name if path.is_file() else file.relative_to(path).as_posix()
        whole.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def read_floors(path: Path) -> Floors:
    """Read a floors file.

    Raises:
        UsageError: it is missing or has another shape.

    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        floors = Floors(str(value["gold"]), {str(name): float(floor) for name, floor in value["floors"].items()})
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        shape = '{"gold": digest, "floors": {"system/metric": value}}'
        raise UsageError(f"{path}: want {shape} ({type(error).__name__} {error})") from None
    for name, floor in floors.floors.items():
        if not 0.0 <= floor <= 1.0 or "/" not in name:
            raise UsageError(f"{path}: floor {name}: {floor} is not system/metric: value in [0, 1]")
    return floors


def check_gold(floors: Floors, gold: Path) -> None:
    """Make sure that the gold is the one that the floors were measured on.

    Raises:
        UsageError: it is another one.

    """
    found = digest(gold)
    if found != floors.gold:
        raise UsageError(f"{gold} is not what the floors were measured on (digest {found}, floors say {floors.gold}): measure again")


def below(floors: Floors, report: Report) -> tuple[Fall, ...]:
    """The figures of the report that stand below their floors, in the order of the floors file.

    Raises:
        UsageError: a floor names a figure that the report does not have.

    """
    falls = []
    for figure, floor in floors.floors.items():
        system, _, metric = figure.partition("/")
        value = report.value(system, metric)
        if value is None or value < floor:
            falls.append(Fall(figure, floor, value))
    return tuple(falls)
