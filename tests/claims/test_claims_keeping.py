"""Claims kept in a store: the tables, what is brought up to date and what is not, and nothing stale."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.claims import keeping
from sayso.claims.keeping import COLUMNS, Kept, articles, current, keep, outdated, update
from sayso.claims.record import MATCHED_BY_WORDS
from sayso.claims.story import claims
from sayso.errors import UsageError
from sayso.export.material import of_store
from sayso.reading import Reading
from sayso.stories.keeping import text_of

pytest.importorskip("duckdb")

from sayso.store.store import Store

STORY, LONE = "sbridge", "sherring"


@pytest.fixture
def store(tmp_path: Path, bridge: tuple[Reading, ...]) -> Iterator[Store]:
    with Store.make(tmp_path / "store", bridge[0].generator) as opened:
        opened.add(bridge)
        put_stories(opened, [*((reading, STORY) for reading in bridge[:4]), (bridge[4], LONE)])
        yield opened


def put_stories(store: Store, found: list[tuple[Reading, str]]) -> None:
    store.put("stories", {"article": "VARCHAR", "story": "VARCHAR"}, sorted((each.document.id, story) for each, story in found))


def test_articles_of_a_story_come_by_date_and_within_the_window(store: Store, bridge: tuple[Reading, ...]) -> None:
    found, outside = articles(store, STORY)
    assert outside == 0
    assert [reading.document.published for reading in found] == ["2031-05-04", "2031-05-05", "2031-05-05", "2031-05-09"]
    assert [len(articles(store, STORY, days)[0]) for days in (0, 1, 4, 5)] == [1, 3, 3, 4]
    assert articles(store, STORY, 1)[1] == 1
    with pytest.raises(UsageError, match="no story"):
        articles(store, "s'; DROP TABLE x")


def test_an_article_without_a_date_is_outside_any_window(store: Store, bridge: tuple[Reading, ...]) -> None:
    undated = replace(bridge[0], document=replace(bridge[0].document, published=None, outlet="Undated", id=""))
    store.add([undated])
    put_stories(store, [(bridge[0], STORY), (undated, STORY)])
    assert articles(store, STORY)[1] == 0
    assert articles(store, STORY, 30)[1] == 1


def test_tables_say_what_the_matrix_says(store: Store) -> None:
    assert update(store, None, MATCHED_BY_WORDS) == Kept(1, 0, 0)
    matrix = claims(articles(store, STORY)[0])
    table = store.sql("SELECT * FROM claims")
    assert table.columns == tuple(COLUMNS)
    assert len(table.rows) == sum(len(claim.tellings) for claim in matrix.claims) == 4
    for row in table.rows:
        values = dict(zip(table.columns, row, strict=True))
        text = store.sql("SELECT text FROM articles WHERE id = ?", [values["article"]]).rows[0][0]
        assert " … ".join(text[start:end] for start, end in values["spans"]) == values["text"]
    clashes = store.sql("SELECT kind, outlet, other_outlet FROM contradictions ORDER BY ALL").rows
    assert ("number", "Coastal Post", "Merrin Echo") in clashes
    assert len(clashes) == len(matrix.contradictions)


def test_only_what_has_changed_is_made_anew(store: Store, bridge: tuple[Reading, ...]) -> None:
    update(store, None, MATCHED_BY_WORDS)
    before = store.sql("SELECT * FROM claims").rows
    assert update(store, None, MATCHED_BY_WORDS) == Kept(0, 1, 0)
    assert store.sql("SELECT * FROM claims").rows == before
    assert update(store, None, "another matcher") == Kept(1, 0, 0)
    put_stories(store, [(reading, STORY) for reading in bridge])
    assert current(store) == frozenset()
    assert update(store, None, "another matcher") == Kept(1, 0, 0)
    assert current(store) == {STORY}


def test_rows_of_a_story_that_is_no_more_go(store: Store, bridge: tuple[Reading, ...]) -> None:
    update(store, None, MATCHED_BY_WORDS)
    assert outdated(store) == frozenset()
    put_stories(store, [(bridge[0], STORY), *((reading, "sother") for reading in bridge[1:])])
    assert current(store) == frozenset()
    assert outdated(store) == {STORY}
    material = of_store(store)
    assert material.claims is not None
    assert list(material.claims()) == []
    assert "out of date and left out" in material.notices[-1]
    assert update(store, None, MATCHED_BY_WORDS) == Kept(1, 0, 1)
    assert {story for (story,) in store.sql("SELECT story FROM claims").rows} == {"sother"}


def test_carriers_change_a_story(store: Store, bridge: tuple[Reading, ...]) -> None:
    update(store, None, MATCHED_BY_WORDS)
    one, other = (reading.document.id for reading in bridge[:2])
    store.put("carriers", {"article": "VARCHAR", "text_of": "VARCHAR", "wire": "VARCHAR"}, [(one, one, None), (other, one, None)])
    assert text_of(store) == {other: one}
    assert current(store) == frozenset()
    update(store, None, MATCHED_BY_WORDS)
    assert {outlet for (outlet,) in store.sql("SELECT outlet FROM claims").rows} == {"Coastal Post", "The Wire", "Ministry Herald"}


def test_what_was_interrupted_is_never_current(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    update(store, None, MATCHED_BY_WORDS)
    put = store.put

    def broken(name: str, *given: object) -> int:
        if name == "contradictions":
            raise KeyboardInterrupt
        return put(name, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "put", broken)
    with pytest.raises(KeyboardInterrupt):
        keep(store, {STORY: claims(articles(store, STORY)[0])}, MATCHED_BY_WORDS)
    monkeypatch.undo()
    assert current(store) == frozenset()
    assert update(store, None, MATCHED_BY_WORDS).made == 1


def test_a_long_update_writes_down_what_it_has(store: Store, bridge: tuple[Reading, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    put_stories(store, [(reading, ("s1", "s2")[number % 2]) for number, reading in enumerate(bridge[:4])])
    monkeypatch.setattr(keeping, "SAVE_AFTER", -1.0)
    told: list[tuple[int, int]] = []
    assert update(store, None, MATCHED_BY_WORDS, lambda *at: told.append(at)) == Kept(2, 0, 0)
    assert told == [(1, 2), (2, 2)]
    assert current(store) == {"s1", "s2"}


def test_without_stories_the_command_is_named(tmp_path: Path, bridge: tuple[Reading, ...]) -> None:
    with Store.make(tmp_path / "bare", bridge[0].generator) as store:
        assert current(store) == frozenset()
        asked: list[Callable[[], object]] = [lambda: update(store, None, ""), lambda: articles(store, STORY)]
        for ask in asked:
            with pytest.raises(UsageError, match="sayso stories"):
                ask()
