"""Stories and carriers of a store, and the command that lists them."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.codebooks.vectors import Floats
from sayso.document import Document
from sayso.reader import Reader
from sayso.stories import keeping
from sayso.stories.find import stories
from sayso.stories.keeping import kept, update, update_carriers
from sayso.stories.listing import listed, to_json

pytest.importorskip("duckdb")

from sayso.store.store import Store

READER = Reader(rules=True, measures=())
EVENTS = {
    "Aurelia aground": (
        "The ferry Aurelia ran aground off Port Merrin with 284 passengers aboard, coastguards of Merrin said. Captain Ilse Brandt waited."
    ),
    "Corvane strike": (
        "Miners at the Corvane copper pit struck over wages, union leader Teodor Vance said on Monday. Shares of Corvane Metals fell."
    ),
}


def article(title: str, outlet: str, published: str | None) -> Document:
    return Document(text=f"{EVENTS[title]} {outlet} was there.", title=title, outlet=outlet, published=published)


FERRY = [
    article("Aurelia aground", outlet, f"2031-05-{day:02d}") for outlet, day in (("Coastal Post", 3), ("Merrin Echo", 4), ("The Wire", 6))
]
MINE = [article("Corvane strike", outlet, f"2031-05-{day:02d}") for outlet, day in (("Coastal Post", 4), ("The Wire", 5))]
NEWS = [*FERRY, *MINE]


class Hashed:
    """Vectors of a few words, and a count of the texts that it was given."""

    fingerprint = "hashed"

    def __init__(self) -> None:
        self.texts = 0

    def __call__(self, texts: Sequence[str], /) -> Floats:
        self.texts += len(texts)
        rows = np.array([["Aurelia" in text, "Corvane" in text, True] for text in texts], dtype=np.float32).reshape(len(texts), 3)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.make(tmp_path / "store", READER.generator) as opened:
        yield opened


def test_every_article_gets_its_story_and_keeps_it(store: Store) -> None:
    store.add(READER.pipe(FERRY[:2] + MINE[:1]))
    assert update(store) == (3, 0, 2)
    before = kept(store)
    store.add(READER.pipe(FERRY[2:] + MINE[1:]))
    assert update(store) == (2, 3, 2)
    assert before.items() <= kept(store).items()
    assert kept(store) == stories(NEWS), "later days in a second go give what one go gives"
    assert update(store) == (0, 5, 2)


def test_stretches_of_any_size_give_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    undated = article("Aurelia aground", "No Date", None)
    store.add(READER.pipe([*NEWS, undated]))
    monkeypatch.setattr(keeping, "STRETCH", 2)
    assert update(store).stories == 2
    assert kept(store) == stories([*NEWS, undated])
    assert update(store, afresh=True, window=None) == (6, 0, 2)


def test_vectors_are_made_once(store: Store) -> None:
    vectors = Hashed()
    store.add(READER.pipe(FERRY))
    update(store, vectors)
    assert vectors.texts == 3
    store.add(READER.pipe(MINE))
    update(store, vectors)
    update(store, vectors, afresh=True)
    assert vectors.texts == 5
    assert len(set(kept(store).values())) == 2
    assert store.sql("SELECT count(*) FROM leads WHERE maker = 'hashed'").rows == [(5,)]


def test_an_empty_store_has_no_stories(store: Store) -> None:
    assert update(store) == (0, 0, 0)
    assert kept(store) == {}
    assert listed(store) == []


def test_carriers_become_a_table(store: Store) -> None:
    text = " ".join(f"Passenger {number} of the Aurelia waited on deck {number + 3} for {number * 7} minutes." for number in range(20))
    copy = Document(text=text, outlet="Copy", published="2031-05-09")
    first = Document(text="PORT MERRIN (Reuters) - " + text, outlet="Reuters", published="2031-05-08")
    store.add(READER.pipe([copy, first, *MINE]))
    assert update_carriers(store) == 1
    rows = {row[0]: row[1:] for row in store.sql("SELECT article, text_of, wire FROM carriers").rows}
    assert rows[copy.id] == rows[first.id] == (first.id, "Reuters")
    assert rows[MINE[0].id] == (MINE[0].id, None)


def test_the_list_names_outlets_dates_and_headline(store: Store) -> None:
    store.add(READER.pipe(NEWS))
    update(store)
    ferry, mine = listed(store)
    assert to_json(ferry) == {
        "story": f"s{FERRY[0].id}",
        "title": "Aurelia aground",
        "outlets": ["Coastal Post", "Merrin Echo", "The Wire"],
        "first": "2031-05-03",
        "last": "2031-05-06",
        "articles": [document.id for document in FERRY],
    }
    assert mine.outlets == ("Coastal Post", "The Wire")
    assert [story.title for story in listed(store, 3)] == ["Aurelia aground"]


def test_the_command_finds_and_lists(store: Store) -> None:
    store.add(READER.pipe(NEWS))
    runner = CliRunner()
    result = runner.invoke(app, ["stories", str(store.path), "--rules", "--json"])
    assert result.exit_code == 0, result.output
    assert [json.loads(line)["title"] for line in result.stdout.splitlines()] == ["Aurelia aground", "Corvane strike"]
    told = runner.invoke(app, ["stories", str(store.path), "--rules", "--outlets", "3"])
    assert "Aurelia aground" in told.stdout
    assert "Corvane" not in told.stdout
    assert "2031-05-03 to 2031-05-06" in told.stdout
    assert "0 articles placed now, 5 before" in told.stderr
    assert runner.invoke(app, ["stories", str(store.path / "nothing"), "--rules"]).exit_code == 1
