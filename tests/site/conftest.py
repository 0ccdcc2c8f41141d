"""A small town in the news: eight stories told by three outlets, and an article of which nothing is known; read by rules."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.document import Document
from sayso.reader import Reader
from sayso.site import kept
from sayso.store.store import Store

READER = Reader(rules=True)
OUTLETS = (("Alder Post", "north"), ("Coastal Echo", "south"), ("The Brine & <b>Tide</b>", "north"))
STORIES = 8
THINGS = ("pier", "ferry", "bridge", "school", "budget", "canal", "tunnel", "clinic")
CUES = {"Alder Post": "claimed", "Coastal Echo": "pointed out"}


def told(outlet: str, number: int) -> Document:
    """What an outlet tells of a story: one claims and has a loaded word, one points out, one says."""
    thing, cue = THINGS[number], CUES.get(outlet, "said")
    own = "The disastrous board raised fares." if outlet == "Alder Post" else "The board raised fares."
    text = (
        f"{own} It rained in Alder on day {number + 1}.\n\n"
        f"Tomas Reed, a spokesperson for the board, {cue} that the {thing} was closed for a week. "
        f"Tomas Reed {cue} that the {thing} was safe.\n\n"
        f"“We wait for the {thing},” said Mayor Ines Calder. The Harbor Board said that the {thing} opens in June.\n"
    )
    return Document(
        text,
        title=f"The {thing} is closed",
        outlet=outlet,
        url=f"https://news.example/{number}",
        published=f"2031-05-{number + 1:02}",
        columns=(("coast", dict(OUTLETS)[outlet]), ("desk", f"desk {number % 2}")),
    )


@pytest.fixture(scope="session")
def _town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "town"
    documents = [told(outlet, number) for number in range(STORIES) for outlet, _ in OUTLETS]
    documents.append(Document("“We wait for the fair,” said Mayor Ines Calder. It rained in Alder on the day of the fair."))
    with Store.make(path, READER.generator) as store:
        store.add(READER.pipe(documents))
        stories = [(document.id, f"s{documents[at - at % 3].id}") for at, document in enumerate(documents)]
        store.put("stories", {"article": "VARCHAR", "story": "VARCHAR"}, sorted(stories))
    return path


@pytest.fixture(scope="session")
def _counted(_town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("counted") / "town"
    shutil.copytree(_town, path)
    with Store.open(path) as store:
        kept.keep(store)
    return path


@pytest.fixture
def town(_town: Path, tmp_path: Path) -> Iterator[Store]:
    """The store without kept figures."""
    shutil.copytree(_town, tmp_path / "town")
    with Store.open(tmp_path / "town") as store:
        yield store


@pytest.fixture
def counted(_counted: Path, tmp_path: Path) -> Iterator[Store]:
    """The store with its figures kept."""
    shutil.copytree(_counted, tmp_path / "counted" / "town")
    with Store.open(tmp_path / "counted" / "town") as store:
        yield store
