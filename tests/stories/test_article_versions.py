"""Which articles are one that its outlet published more than once, and in which order."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sayso.document import Document
from sayso.reader import Reader
from sayso.store.store import Store
from sayso.stories.keeping import CARRIERS
from sayso.stories.versions import MARK, VERSIONS, Version, bring_up_to_date, in_time, pairs, versions_of

READER = Reader(rules=True)
TEXT = " ".join(
    f"The ferry number {n} to Brine was {what} for a week." for n, what in enumerate(("late", "closed", "full", "painted", "sold"))
)
OTHER = " ".join(f"Nobody in Alder saw the {what} of the fair this year." for what in ("horses", "lamps", "dancers", "singers"))
FIRST = Document(TEXT, title="The ferry", outlet="Alder Post", url="https://alder.example/ferry", published="2031-05-06T08:00:00+00:00")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.make(tmp_path / "store", READER.generator) as made:
        yield made


def found(store: Store, *documents: Document) -> list[tuple[int, ...]]:
    """The versions of the first document, as places among those given."""
    store.add(READER.pipe(documents))
    bring_up_to_date(store)
    place = {document.id: at for at, document in enumerate(documents)}
    return [tuple(place[version.id] for version in versions_of(store, documents[0].id))]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"text": TEXT + " It rained.", "published": "2031-05-06T07:00:00+00:00"}, (1, 0), id="earlier under the same address"),
        pytest.param({"text": OTHER, "title": "The fair", "published": "2032-01-01"}, (0, 1), id="same address, whatever stands there"),
        pytest.param(
            {"text": OTHER, "url": f"{FIRST.url}/#top", "published": "2031-06-01"}, (0, 1), id="same address but for the fragment"
        ),
        pytest.param(
            {"text": TEXT + " It rained.", "url": None, "published": "2031-05-09", "title": "THE FERRY!"}, (0, 1), id="same title"
        ),
        pytest.param({"text": TEXT + " It rained.", "url": None, "published": "2031-05-14"}, (), id="same title, eight days later"),
        pytest.param({"text": TEXT + " It rained.", "url": None, "published": None}, (), id="same title, no date"),
        pytest.param({"text": OTHER, "url": None}, (), id="same title, other words"),
        pytest.param({"text": TEXT + " It rained.", "url": None, "title": "Ships"}, (), id="other title, copies not looked for"),
        pytest.param({"outlet": "Coastal Echo"}, (), id="another outlet"),
        pytest.param({"outlet": None}, (), id="no outlet"),
    ],
)
def test_what_is_a_version(store: Store, change: dict[str, Any], expected: tuple[int, ...]) -> None:
    other = replace(FIRST, **{"id": "", **change})
    assert found(store, FIRST, other) == [expected]


@pytest.mark.parametrize("url", ["https://alder.example", "https://alder.example/", "https://alder.example/#news", "", None])
def test_a_front_page_is_no_address_of_an_article(store: Store, url: str | None) -> None:
    one, other = (Document(text, title=title, outlet="Alder Post", url=url) for text, title in ((TEXT, "The ferry"), (OTHER, "The fair")))
    assert found(store, one, other) == [()]


def test_without_an_outlet_nothing_is_a_version(store: Store) -> None:
    one, other = (Document(text, url=FIRST.url, title="The ferry", published="2031-05-06") for text in (TEXT, TEXT + " It rained."))
    assert found(store, one, other) == [()]


def test_a_near_duplicate_by_the_same_outlet_within_a_week(store: Store) -> None:
    near = replace(FIRST, id="", url=None, title="Ships", published="2031-05-08")
    late = replace(near, id="", text=TEXT + " x", published="2031-06-08")
    foreign = replace(near, id="", outlet="Coastal Echo")
    store.add(READER.pipe([FIRST, near, late, foreign]))
    assert bring_up_to_date(store) == 0
    rows = [(each.id, FIRST.id, None) for each in (FIRST, near, late, foreign)]
    store.put(CARRIERS, {"article": "VARCHAR", "text_of": "VARCHAR", "wire": "VARCHAR"}, rows)
    assert bring_up_to_date(store) == 2
    assert [version.id for version in versions_of(store, near.id)] == [FIRST.id, near.id]
    assert versions_of(store, late.id) == versions_of(store, foreign.id) == versions_of(store, "nobody") == ()


def test_chains_and_pairs_stand_in_order_of_time(store: Store) -> None:
    second = replace(FIRST, id="", text=TEXT + " 2", published="2031-05-06T09:00:00+02:00")  # before the first: another zone
    third = replace(FIRST, id="", text=TEXT + " 3", url="https://alder.example/other", published="2031-05-07")
    fourth = replace(third, id="", text=OTHER + " 4", title="Else", published=None)
    store.add(READER.pipe([fourth, third, FIRST, second]))
    assert list(pairs(store)) == []  # not looked for yet
    assert bring_up_to_date(store) == 4
    order = [second.id, FIRST.id, third.id, fourth.id]
    for each in order:
        assert [version.id for version in versions_of(store, each)] == order
    assert list(pairs(store)) == list(pairwise(order))
    assert versions_of(store, third.id)[2] == Version(third.id, "2031-05-07", "The ferry")


def test_they_are_looked_for_again_only_when_articles_came(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add(READER.pipe([FIRST, replace(FIRST, id="", text=OTHER)]))
    assert bring_up_to_date(store) == 2
    with monkeypatch.context() as patch:
        patch.setattr("sayso.stories.versions._rows", lambda _: pytest.fail("looked for again"))
        assert bring_up_to_date(store) == 2
    store.add(READER.pipe([replace(FIRST, id="", text=OTHER + " More.")]))
    assert bring_up_to_date(store) == 3


def test_a_count_broken_off_is_begun_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add(READER.pipe([FIRST, replace(FIRST, id="", text=OTHER)]))
    bring_up_to_date(store)
    store.add(READER.pipe([replace(FIRST, id="", text=OTHER + " More.")]))

    def broken(_: Store) -> list[tuple[object, ...]]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("sayso.stories.versions._rows", broken)
        with pytest.raises(KeyboardInterrupt):
            bring_up_to_date(store)
    assert store.has(VERSIONS)
    assert not store.has(MARK)
    assert bring_up_to_date(store) == 3


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2031-05-06", "2031-05-06T01:00:00"),
        ("2031-05-06T09:00:00+02:00", "2031-05-06T08:00:00+00:00"),
        ("2031-05-06", "soon"),
        ("2031-05-06", ""),
        ("0001-01-01T00:00:00+14:00", "2031-05-06"),
        ("2031-05-06", "9999-12-31T23:59:59-14:00"),
    ],
)
def test_order_of_time(earlier: str, later: str) -> None:
    assert in_time(Version("z", earlier, "")) < in_time(Version("a", later, ""))
