"""What a store holds, as one digest; and derived tables that are written as their rows come."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from sayso.document import Document
from sayso.reader import Reader
from sayso.reading import Rejection
from sayso.store.store import Store

READER = Reader(rules=True)


def make(path: Path, *texts: str) -> Store:
    store = Store.make(path, READER.generator)
    store.add(READER.pipe([Document(text) for text in texts]))
    return store


def test_it_changes_with_articles_rejections_and_the_named_tables_and_with_nothing_else(tmp_path: Path) -> None:
    store = make(tmp_path / "store", "“We wait,” said Mira Oland.")
    seen = [store.digest("stories")]
    store.put("leads", ["article"], [("a",)])
    assert store.digest("stories") == seen[0]
    store.put("stories", ["article", "story"], [("a", "s1")])
    seen.append(store.digest("stories"))
    store.put("stories", ["article", "story"], [("a", "s2")])
    seen.append(store.digest("stories"))
    store.add((), [Rejection("x.txt", "open", "empty")])
    seen.append(store.digest("stories"))
    store.add(READER.pipe([Document("It rained in Alder.")]))
    seen.append(store.digest("stories"))
    assert len(set(seen)) == len(seen)
    store.put("stories", ["article", "story"], [("a", "s2")])
    assert store.digest("stories") == seen[-1]


def test_a_copy_has_the_same(tmp_path: Path) -> None:
    store = make(tmp_path / "store", "It rained in Alder.")
    store.put("stories", ["article", "story"], [("a", "s1")])
    shutil.copytree(tmp_path / "store", tmp_path / "copy")
    assert Store.open(tmp_path / "copy").digest("stories") == store.digest("stories")


def test_rows_of_given_types_are_written_as_they_come(tmp_path: Path) -> None:
    store = make(tmp_path / "store", "It rained in Alder.")
    alive = 0
    most = 0

    class Row(tuple):  # type: ignore[type-arg]
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def rows() -> Iterator[Row]:
        nonlocal alive, most
        for number in range(500):
            alive += 1
            most = max(most, alive)
            yield Row((f"r{number}", number))

    assert store.put("many", {"name": "VARCHAR", "number": "BIGINT"}, rows()) == 500
    assert store.sql("SELECT count(*), sum(number) FROM many").rows == [(500, 124750)]
    assert most < 10
