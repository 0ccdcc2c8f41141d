"""What is different between two texts: nothing is lost, nothing is put in, and no pair of texts makes much work."""

import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.render.safe import one_line
from sayso.site.difference import ADDED, CHANGED, REMOVED, SAME, Difference, Piece, difference, in_words

WORDS = ("ferry", "board", "said", "claimed", "June", "July", "the", "a", "closed", "open", "it’s", "9.5", "“so”", "\u202e", "<b>")
SENTENCES = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(lambda words: " ".join(words).capitalize() + "."), max_size=8
)
TEXTS = SENTENCES.map("\n\n".join)


def joined(pieces: Iterable[Piece], without: str) -> str:
    return "".join("".join(piece.text for piece in pieces if piece.kind != without).split())


def side(found: Difference, without: str) -> str:
    return "".join(joined(unit, without) for run in found.runs for unit in run.units)


def plain(text: str) -> str:
    return "".join(one_line(text).split())


@given(TEXTS, TEXTS)
def test_both_texts_are_shown_whole(before: str, after: str) -> None:
    found = difference(before, after)
    assert side(found, ADDED) == plain(before)
    assert side(found, REMOVED) == plain(after)
    assert found.same + found.removed + found.changed == len([part for part in before.split("\n\n") if part])


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    found = difference(text, text)
    assert (found.removed, found.added, found.changed) == (0, 0, 0)
    assert {run.kind for run in found.runs} <= {SAME}


@given(st.lists(st.sampled_from(WORDS)).map(" ".join), st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_words(before: str, after: str) -> None:
    pieces = in_words(before, after)
    assert joined(pieces, ADDED) == plain(before)
    assert joined(pieces, REMOVED) == plain(after)


def test_words_inside_a_changed_sentence() -> None:
    found = difference(
        "It rained. The board claimed that the pier was safe.", "It rained. The board said that the pier was safe. Buses ran."
    )
    assert [run.kind for run in found.runs] == [SAME, CHANGED, ADDED]
    (unit,) = found.runs[1].units
    assert unit == (
        Piece(SAME, "The board "),
        Piece(REMOVED, "claimed"),
        Piece(ADDED, "said"),
        Piece(SAME, " "),
        Piece(SAME, "that the pier was safe."),
    )


def test_a_sentence_that_became_another_one_is_not_changed() -> None:
    found = difference("The board met on Monday.", "Fishers want their harbor back.")
    assert [run.kind for run in found.runs] == [REMOVED, ADDED]


def test_long_texts_are_compared_by_paragraphs_and_longer_ones_counted() -> None:
    text = "\n\n".join("No. " * 3 + f"It is number {number}." for number in range(1500))
    found = difference(text, text + "\n\nMore.")
    assert (found.unit, found.same, found.added) == ("paragraph", 1500, 1)
    same = "It is. \n\n" * 5000
    counted = difference(same, same + "More.")
    assert (counted.runs, counted.same, counted.added, counted.removed) == ((), 5000, 1, 0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("a. b. " * 20_000, "b. a. " * 20_000, id="two short sentences, again and again"),
        pytest.param("word " * 80_000, "word other " * 40_000, id="one sentence of one word"),
        pytest.param("x" * 500_000, "y" * 500_000, id="one word"),
        pytest.param(
            "\n\n".join("a b " * 700 + str(n) for n in range(90)), "\n\n".join("b a " * 700 + str(n) for n in range(90)), id="all changed"
        ),
    ],
)
def test_no_pair_of_texts_takes_long(before: str, after: str) -> None:
    began = time.process_time()
    difference(before, after)
    assert time.process_time() - began < 20
