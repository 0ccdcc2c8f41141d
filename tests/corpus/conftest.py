"""Invented articles in files, and what a store is made of."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

Rows = list[dict[str, str]]


@pytest.fixture
def rows() -> Callable[[int], Rows]:
    """Articles as rows of a table."""

    def made(count: int) -> Rows:
        return [
            {
                "text": f"The ferry number {n} will not sail before June, said Ines Okafor, the harbor master. The quay stays closed.",
                "outlet": ("The Alder Post", "Quay Radio")[n % 2],
                "url": f"https://alder.example/{n}",
            }
            for n in range(count)
        ]

    return made


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Iterable[dict[str, str]]], str]:
    """Write rows as JSON lines, and return where."""

    def write(items: Iterable[dict[str, str]]) -> str:
        path = tmp_path / "articles.jsonl"
        path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def table(rows: Callable[[int], Rows], written: Callable[[Rows], str]) -> str:
    """Forty articles, one of them twice."""
    return written([*rows(40), *rows(1)])


@pytest.fixture
def files() -> Callable[[Path], dict[str, bytes]]:
    """Every file of every shard of a store, by name."""
    return lambda store: {f"{path.parent.name}/{path.name}": path.read_bytes() for path in sorted(store.rglob("shards/*/*.parquet"))}
