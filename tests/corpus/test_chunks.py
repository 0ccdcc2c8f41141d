"""Chunks: nothing is lost, nothing comes twice, and the cut depends on the inputs only."""

import pickle
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus import chunks as module
from sayso.corpus.chunks import CHUNK, Chunk, Item, cut
from sayso.corpus.known import Known
from sayso.document import Document
from sayso.reading import Rejection

WORDS = st.lists(st.integers(0, 60), max_size=80)


def items(numbers: Sequence[int]) -> list[Item]:
    return [Rejection(str(n), "intake", "empty") if n % 7 == 6 else Document(f"Article {n}") for n in numbers]


@given(WORDS, st.integers(1, 40), st.sets(st.integers(0, 60)))
def test_everything_comes_once_and_in_order(numbers: list[int], shard: int, before: set[int]) -> None:
    known = Known(item.id for item in items(sorted(before)) if isinstance(item, Document))
    skipped = {item.id for item in items(sorted(before)) if isinstance(item, Document)}
    found = list(cut(items(numbers), known, shard))
    expected: list[Item] = []
    for item in items(numbers):
        if isinstance(item, Rejection) or item.id not in skipped:
            expected.append(item)
        if isinstance(item, Document):
            skipped.add(item.id)
    assert [item for chunk in found for item in chunk.items] == expected
    assert sum(chunk.already for chunk in found) == len(numbers) - len(expected)


@given(WORDS, st.integers(1, 40))
def test_shards_are_full_but_for_the_last_and_their_chunks_are_numbered(numbers: list[int], shard: int) -> None:
    found = list(cut(items(numbers), Known(), shard))
    of: dict[int, list[Chunk]] = {}
    for chunk in found:
        of.setdefault(chunk.shard, []).append(chunk)
        assert len(chunk.items) <= CHUNK
    assert list(of) == list(range(len(of)))
    for number, parts in of.items():
        assert [part.place for part in parts] == list(range(len(parts)))
        assert [part.last for part in parts] == [False] * (len(parts) - 1) + [True]
        size = sum(len(part.items) for part in parts)
        assert size == shard or (number == len(of) - 1 and size < shard)


def test_long_articles_close_a_chunk_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHARACTERS", 100)
    found = list(cut([Document(f"{n} " + "x" * 90) for n in range(4)], Known()))
    assert [len(chunk.items) for chunk in found] == [2, 2, 0]


def test_known_articles_show_progress_before_any_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PASSED", 10)
    documents = [Document(f"Article {n}") for n in range(25)]
    found = list(cut(documents, Known(document.id for document in documents)))
    assert [(len(chunk.items), chunk.already) for chunk in found] == [(0, 10), (0, 10), (0, 5)]


def test_notices_go_with_the_chunk_after_them() -> None:
    told = ["text = body"]
    first, second = list(cut(items(range(CHUNK + 1)), Known(), 100, told))
    assert (first.notices, second.notices, told) == (("text = body",), (), [])


@given(st.lists(st.text(max_size=20)), st.lists(st.text(max_size=20)))
def test_known_is_a_set(before: list[str], after: list[str]) -> None:
    known, model = Known(before), set(before)
    for id_ in after:
        assert known.add(id_) == (id_ not in model)
        model.add(id_)
    assert len(known) == len(model)
    assert all(id_ in known for id_ in model)
    assert ("another one entirely" in known) == ("another one entirely" in model)
    assert len(pickle.loads(pickle.dumps(known))) == len(model)


def test_known_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.corpus.known.RECENT", 100)
    known = Known()
    for number in range(5_000):
        assert known.add(f"{number * 2654435761 % 2**64:016x}")
    assert len(known) == 5_000
    assert len(known._recent) < 700  # the rest takes eight bytes an id
    assert not known.add(f"{4_999 * 2654435761 % 2**64:016x}")
