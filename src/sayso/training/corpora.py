"""Annotated corpora as texts with role spans: what the network is trained on.

Each set keeps its convention: PolNeAR marks outermost attributions only, so inside its contents the absence of a cue means "unknown".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import UsageError
from sayso.spans import Spans, span_list


@dataclass(frozen=True, slots=True)
class Marked:
    """The spans of one annotated attribution."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotated text. `nested` says whether attributions inside contents were annotated as well."""

    text: str
    marked: tuple[Marked, ...]
    convention: str
    nested: bool


def polnear(path: Path) -> list[Annotated]:
    """Articles of PolNeAR as JSON lines."""
    return [Annotated(row["text"], _marked(row), "polnear", False) for row in _rows(path)]


def world_news(path: Path) -> list[Annotated]:
    """Articles annotated by the contract, as JSON lines."""
    return [Annotated(row["text"], _marked(row), "contract", True) for row in _rows(path)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise UsageError(f"no training data at {path}: give the folder that holds it with --data")
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _marked(row: dict[str, Any]) -> tuple[Marked, ...]:
    return tuple(Marked(*(span_list(item[role]) for role in ("source", "cue", "content"))) for item in row["attributions"])
