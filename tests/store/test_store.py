"""What goes in comes out: once, in order, whatever is in it."""

import pickle
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.document import Document
from sayso.errors import SaysoError, StoreError
from sayso.reading import Attribution, Finding, Generator, Reading, Rejection, Source, Summary, Tally, Voice
from sayso.schema import dumps, loads
from sayso.spans import Span
from sayso.store import duck
from sayso.store.adding import Added
from sayso.store.rows import clean, day
from sayso.store.store import Store

Ordered = Callable[[Sequence[Reading]], list[Reading]]
TEXTS = st.text(st.characters(), max_size=30)  # with NULs and lone surrogates
MAYBE = st.none() | TEXTS


@st.composite
def anything(draw: st.DrawFn, generator: Generator) -> Reading:
    text = draw(st.text(st.characters(), min_size=2, max_size=60))
    cut = draw(st.integers(1, len(text) - 1))
    whole, head, tail = (Span(0, len(text)),), (Span(0, cut),), (Span(cut, len(text)),)
    names = draw(st.lists(TEXTS, unique_by=clean, max_size=3))
    ids = draw(st.lists(TEXTS.filter(lambda name: clean(name) != "outlet"), unique_by=clean, min_size=1, max_size=2))
    sources = [
        Source(id_, draw(TEXTS), named=draw(st.booleans()), role=draw(MAYBE), mentions=draw(st.sampled_from([(), head, head + tail])))
        for id_ in ids
    ]
    probability = st.floats(0, 1)
    said = [
        Attribution("A", head, speaker=ids[0], via=tuple(ids), chain=("outlet", ids[0]), confidence=draw(probability)),
        Attribution("B", tail, draw(st.sampled_from([(), head])), speaker=ids[-1], within="A", form="direct"),
    ][: draw(st.integers(0, 2))]
    voices = draw(st.sampled_from([(Voice("outlet", head), Voice(ids[0], tail)), (Voice("outlet", whole),)]))
    findings = [Finding(draw(TEXTS), draw(TEXTS), "outlet", head, draw(probability), 0.5, target=draw(MAYBE))][: draw(st.integers(0, 1))]
    document = Document(
        text, draw(MAYBE), draw(MAYBE), draw(MAYBE), draw(MAYBE), tuple(draw(st.lists(TEXTS, max_size=2))), section=draw(MAYBE),
        columns=tuple((name, draw(TEXTS)) for name in names),
    )  # fmt: skip
    tallies = [Tally(draw(TEXTS), draw(TEXTS), "own", draw(st.integers(0, 2**53)), 0, 3, draw(MAYBE))][: draw(st.integers(0, 1))]
    summary = Summary(draw(st.integers(0, 10**9)), draw(probability))
    return Reading(document, tuple(said), tuple(sources), voices, tuple(findings), tuple(tallies), summary, generator)


def storable(reading: Reading) -> Reading:
    return loads(clean(dumps(reading)))


@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_reading_comes_back_as_it_went_in(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, ordered: Ordered) -> None:
    generator = Generator("1", data.draw(TEXTS.map(clean)), ("sourcing",))
    batch = data.draw(st.lists(anything(generator), max_size=4, unique_by=lambda reading: clean(reading.document.id)))
    with Store.make(tmp_path_factory.mktemp("any") / "it's a [store]?*", generator) as store:
        assert store.add(batch) == Added(len(batch), 0)
        assert list(store.readings()) == ordered([storable(reading) for reading in batch])
        assert list(store.documents()) == [reading.document for reading in store.readings()]
    assert Store.open(store.path).known() == {reading.document.id for reading in batch}


def test_the_same_article_is_in_once(store: Store, readings: list[Reading], ordered: Ordered) -> None:
    assert store.add(readings[:5] + readings[:2]) == Added(5, 2)
    assert store.add(readings[3:]) == Added(len(readings) - 5, 2)
    assert store.add(readings) == Added(0, len(readings))
    assert store.known() == {reading.document.id for reading in readings}
    assert len(store) == len(readings)
    assert ordered(list(store.readings())) == ordered(readings)
    assert len(list((store.path / "generation-1" / "shards").iterdir())) == 2


def test_a_rejection_is_kept_once(store: Store, readings: list[Reading]) -> None:
    empty, foreign = Rejection("a.txt", "intake", "no text"), Rejection("b\ud800.txt", "language", "German")
    store.add((), [empty, foreign, empty])
    store.add(readings[:1], [foreign, Rejection("a.txt", "reading", "no text")])
    assert sorted(each.stage for each in store.rejections()) == ["intake", "language", "reading"]
    assert {each.origin for each in store.rejections()} == {"a.txt", "b\ufffd.txt"}
    assert store.add(readings[:1], [empty, foreign]) == Added(0, 1)
    assert len(store.sql("SELECT * FROM rejects").rows) == 3


def test_nothing_added_makes_no_shard(store: Store) -> None:
    assert store.add(()) == Added(0, 0)
    assert list(store.readings()) == []
    assert list(store.rejections()) == []
    assert store.sql("SELECT count(*) FROM attributions").rows == [(0,)]
    assert not list((store.path / "generation-1" / "shards").iterdir())


def test_some_readings_come_in_the_order_of_the_store(store: Store, readings: list[Reading]) -> None:
    store.add(readings[:6])
    store.add(readings[6:])
    everything = list(store.readings())
    some = [everything[at].document.id for at in (9, 1, 4, 1)]
    assert list(store.readings([*some, "unknown"])) == [everything[at] for at in (1, 4, 9)]
    assert [document.id for document in store.documents(some)] == [everything[at].document.id for at in (1, 4, 9)]
    assert list(store.readings([])) == []


def test_the_same_batch_gives_the_same_bytes(tmp_path: Path, readings: list[Reading], generator: Generator) -> None:
    def files(name: str, batch: list[Reading]) -> dict[str, bytes]:
        with Store.make(tmp_path / name, generator) as store:
            store.add(batch, [Rejection("a", "intake", "why")])
        shards = tmp_path / name / "generation-1" / "shards"
        return {path.relative_to(shards).as_posix(): path.read_bytes() for path in shards.rglob("*.parquet")}

    first = files("one", readings)
    assert len(first) == 2
    assert first == files("two", readings[::-1])
    assert first.keys() != files("three", readings[1:]).keys()


def test_another_generator_is_refused_with_the_command(store: Store, readings: list[Reading], generator: Generator) -> None:
    other = replace(generator, bundle="sayso-0123456789ab")
    with pytest.raises(StoreError, match=r"read by sayso .* with rules .*`sayso reread --store "):
        Store.make(store.path, other)
    with pytest.raises(StoreError, match="sayso reread"):
        store.add([readings[0], replace(readings[1], generator=other)])
    assert len(store) == 0


def test_a_very_long_text(store: Store, generator: Generator) -> None:
    long = Reading(Document("wörd\x00 " * 3_000_000, url="https://news.example/long"), generator=generator)
    store.add([long])
    assert list(store.documents()) == [long.document]


def test_two_threads_share_a_store(store: Store, readings: list[Reading]) -> None:
    added: list[Added] = []
    threads = [threading.Thread(target=lambda at=at: added.append(store.add(readings[at : at + 6]))) for at in (0, 3, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each.new for each in added) == len(readings) == len(list(store.readings()))


def test_threads_ask_while_a_table_is_replaced(store: Store, readings: list[Reading]) -> None:
    """A derived table that changes makes later questions see it, and disturbs none that is being answered."""
    store.add(readings)
    faults: list[Exception] = []
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            try:
                assert store.sql("SELECT count(*) FROM articles a, articles b, range(200)").rows
                assert len(list(store.readings())) == len(readings)
            except Exception as error:
                faults.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(20):
        store.put("numbers", ["number"], [(number,)])
        assert store.sql("SELECT number FROM numbers").rows == [(number,)]
    ended.set()
    for thread in threads:
        thread.join()
    assert faults == []


def test_another_process_opens_it_for_itself(store: Store, readings: list[Reading]) -> None:
    store.add(readings[:2])
    copy = pickle.loads(pickle.dumps(store))
    assert copy.known() == store.known()


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2026-03-01T23:30:00-05:00", "2026-03-01"),
        ("2026-03-01", "2026-03-01"),
        (" 2026-03-01 10:00 ", "2026-03-01"),
        ("2026-03-01T25:00 EST", "2026-03-01"),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("0987-13-01", None),
    ],
)
def test_the_day_is_that_of_the_time_as_given(published: str | None, expected: str | None) -> None:
    assert day(published) == expected


def test_where_there_is_no_store_the_message_says_how_to_make_one(tmp_path: Path, generator: Generator) -> None:
    with pytest.raises(StoreError, match="`sayso ingest INPUT --store "):
        Store.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    (tmp_path / "letter.txt").write_text("Dear")
    with pytest.raises(StoreError, match=r"not empty \(it holds letter\.txt\)"):
        Store.make(tmp_path, generator)
    with pytest.raises(StoreError, match="is a file"):
        Store.make(tmp_path / "letter.txt", generator)
    assert issubclass(StoreError, SaysoError)


def test_without_duckdb_the_message_says_what_to_install(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duck, "INSTALLED", False)
    with pytest.raises(StoreError, match=r"pip install 'sayso\[corpus\]'"):
        Store.open(store.path)
