"""Near-duplicates, shortened copies and wire copy."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.document import Document
from sayso.errors import UsageError
from sayso.stories.copies import carriers, copies, is_copy
from sayso.stories.shingles import Meeting, containment, jaccard, shingles

PLACES = ["harbor", "mayor", "council", "ferry", "storm", "bridge", "school", "budget", "engineer", "island", "market", "museum"]


def text(seed: int, sentences: int = 30) -> str:
    """Sentences that no other seed has."""
    return " ".join(
        f"Witness {seed}-{n} said the {PLACES[(seed + n) % 12]} near {PLACES[(seed * 5 + n) % 12]} cost {seed * 1000 + n} crowns."
        for n in range(sentences)
    )


def reader(*documents: Document) -> Any:
    def read(ids: Iterable[str] | None) -> list[Document]:
        return list(documents) if ids is None else [document for document in documents if document.id in set(ids)]

    return read


def article(words: str, outlet: str, day: str = "2031-05-06") -> Document:
    return Document(text=words, outlet=outlet, published=day)


WIRE = article("LOWMOOR (Reuters) - " + text(1), "The Lowmoor Wire", "2031-05-06")
SAME = article(text(1).upper(), "The Daily Example", "2031-05-05")
HALF = article(text(1, 15) + " Read more on our site.", "Example Tonight")
OTHER = article(text(2), "The Daily Example")


def test_carriers_of_one_text_are_credited_to_the_wire() -> None:
    found = {carrier.article: carrier for carrier in carriers(reader(WIRE, SAME, HALF, OTHER))}
    assert {found[document.id].text_of for document in (WIRE, SAME, HALF)} == {WIRE.id}
    assert {found[document.id].wire for document in (WIRE, SAME, HALF)} == {"Reuters"}
    assert (found[OTHER.id].text_of, found[OTHER.id].wire) == (OTHER.id, None)
    assert list(found) == sorted(found)


def test_without_a_wire_the_earliest_has_the_text() -> None:
    late = article(text(3) + " End.", "A", "2031-06-02")
    early = article(text(3), "B", "2031-06-01")
    assert {carrier.text_of for carrier in carriers(reader(late, early))} == {early.id}


def test_the_order_of_documents_does_not_matter_and_twice_is_once() -> None:
    documents = [WIRE, SAME, HALF, OTHER]
    assert carriers(reader(*documents)) == carriers(reader(*documents[::-1], WIRE))


def test_stock_phrases_and_short_texts_make_no_copy() -> None:
    stock = "Sign up for our newsletter to get the news of the day in your mailbox each morning."
    assert not list(copies(reader(article(stock + " Rain is likely.", "A"), article(stock + " Trains are late.", "B"))))
    assert list(copies(reader(article(stock, "A"), article(stock, "B"))))
    assert not list(copies(reader(article("", "A"), article("", "B"), article("¡ … !", "C"))))


@settings(max_examples=30)
@given(st.integers(14, 30), st.integers(5, 30))
def test_a_shortened_copy_is_found_if_most_of_its_opening_is_left(kept: int, seed: int) -> None:
    pair = [article(text(seed), "A"), article(text(seed, kept), "B")]
    assert len(list(copies(reader(*pair)))) == (pair[0].id != pair[1].id)


@given(st.text(max_size=200), st.text(max_size=200))
def test_measures_are_shares(one: str, other: str) -> None:
    a, b = shingles(one), shingles(other)
    assert 0 <= jaccard(a, b) <= containment(a, b) <= 1
    assert jaccard(a, b) == jaccard(b, a)
    assert is_copy(a, b) == is_copy(b, a)
    assert jaccard(a, a) == float(bool(a))


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rensa", None)
    with pytest.raises(UsageError, match=r"pip install 'sayso\[corpus\]'"):
        Meeting()


def test_pages_months_apart_share_their_menu_and_not_their_text() -> None:
    menu = text(7, 25)
    pages = [f"{menu} {text(8, 8)}", f"{menu} {text(9, 8)}"]
    assert len(list(copies(reader(article(pages[0], "A"), article(pages[1], "A", "2031-05-08"))))) == 1
    assert not list(copies(reader(article(pages[0], "A"), article(pages[1], "A", "2031-09-08"))))
    assert list(copies(reader(article(pages[0], "A"), article(pages[0], "B", "2031-09-08"))))
