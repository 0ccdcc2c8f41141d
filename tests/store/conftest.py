"""Invented readings and a store to put them in."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from sayso.document import Document
from sayso.reader import Reader
from sayso.reading import Generator, Reading
from sayso.schema import dumps, loads
from sayso.store.store import Store

READER = Reader(rules=True)


def made(count: int, first: int = 0) -> list[Reading]:
    """Readings of invented articles, as they are after a round trip through JSON."""
    documents = [
        Document(
            f"“We will not go, {number},” said Mira Oland, the minister of roads.\n\nThe town 😀 denies it. It reportedly lost 3 cars.",
            title=f"Roads {number}",
            outlet=("The Example Times", "Coastal Post")[number % 2],
            url=f"https://news.example/{number}",
            published=f"2026-03-{number % 28 + 1:02}T23:30:00-05:00",
            authors=("Ada Quill",),
            section="World",
            columns=(("desk", "roads"), ("näme", "it's")),
        )
        for number in range(first, first + count)
    ]
    return [loads(dumps(reading)) for reading in READER.pipe(documents)]


@pytest.fixture(scope="session")
def readings() -> list[Reading]:
    return made(12)


@pytest.fixture(scope="session")
def generator() -> Generator:
    return READER.generator


@pytest.fixture
def store(tmp_path: Path, generator: Generator) -> Iterator[Store]:
    with Store.make(tmp_path / "store", generator) as opened:
        yield opened


def by_id(found: Sequence[Reading]) -> list[Reading]:
    return sorted(found, key=lambda reading: reading.document.id)


Ordered = Callable[[Sequence[Reading]], list[Reading]]


@pytest.fixture(scope="session")
def ordered() -> Ordered:
    return by_id
