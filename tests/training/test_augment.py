"""Noise that keeps every annotated offset true."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.spans import Span, span_list
from sayso.training import augment
from sayso.training.augment import Edit, rewrite
from sayso.training.corpora import Annotated

TEXT = '“Ted Cruz is late,” Donald Trump said. ‘Trump’s «boat»’ "sank" – CLINTON and Clinton’s aide.\n\nßtraße ŉ İ\r\n\r\nTwo  words.'


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text("abc \n“", min_size=1, max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits = [(start, end, draw(st.text("XYZ", max_size=4))) for start, end in pairs]
    draw(st.randoms()).shuffle(edits)
    return text, edits


@settings(max_examples=60)
@given(edited(), st.data())
def test_spans_follow_their_words(drawn: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = drawn
    new, along = rewrite(text, edits)
    inside = {at for start, end, _ in edits for at in range(start + 1, end)}
    places = [at for at in range(len(text) + 1) if at not in inside]
    start = data.draw(st.sampled_from(places))
    end = data.draw(st.sampled_from([at for at in places if at >= start]))
    expected, at = "", start
    for low, high, words in sorted(edits):
        if start <= low and high <= end:
            expected += text[at:low] + words
            at = high
    expected += text[at:end]
    moved = along((Span(start, end),)) if start < end else ()
    assert "".join(new[span.start : span.end] for span in moved) == expected


@settings(max_examples=60)
@given(edited(), st.data())
def test_any_span_list_stays_in_the_text(drawn: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = drawn
    new, along = rewrite(text, edits)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert all(0 <= moved.start < moved.end <= len(new) for moved in along((span,)))


def test_insertions_and_removals() -> None:
    new, along = rewrite("abcdef", [(0, 0, ">>"), (2, 4, ""), (6, 6, "<<")])
    assert new == ">>abef<<"
    assert along((Span(0, 2), Span(4, 6))) == (Span(2, 4), Span(4, 6))
    assert along((Span(2, 4),)) == (), "a span that loses all its text vanishes"
    assert along((Span(1, 5),)) == (Span(3, 5),)


@settings(max_examples=40)
@given(st.randoms(use_true_random=False))
def test_recased_wrapped_and_unbroken_keep_every_offset(dice: random.Random) -> None:
    for new in (augment.recased(TEXT, dice), augment.wrapped(TEXT * 5, dice), augment.unbroken(TEXT)):
        old = TEXT * 5 if len(new) > len(TEXT) else TEXT
        assert len(new) == len(old)
        for before, after in zip(old, new, strict=True):
            assert before.casefold() == after.casefold() or (before.isspace() and after.isspace())


def test_wrapping_makes_lines_and_unbreaking_removes_them() -> None:
    assert max(map(len, augment.wrapped("word " * 200, random.Random(1)).split("\n"))) < 110
    assert "\n" not in augment.unbroken(TEXT)
    assert "\r" not in augment.unbroken(TEXT)


@settings(max_examples=40)
@given(st.randoms(use_true_random=False))
def test_names_are_replaced_alike_all_through(dice: random.Random) -> None:
    text = "Donald Trump met Ted Cruz. Trump left; Cruz stayed. Trumpets blew. Mr Trump’s hat."
    new, along = rewrite(text, augment.renamed(text, dice))
    assert "Trump " not in new
    assert "Cruz" not in new
    assert "Trumpets" in new
    first = Span(0, len("Donald Trump"))
    (moved,) = along((first,))
    given_name, surname = new[moved.start : moved.end].split()
    assert given_name in augment.FIRST_NAMES
    assert new.count(surname) >= 3


@settings(max_examples=40)
@given(st.randoms(use_true_random=False))
def test_quotation_marks_change_and_nothing_else(dice: random.Random) -> None:
    edits = augment.requoted(TEXT, dice)
    new, _ = rewrite(TEXT, edits)
    marks = set("“”‘’«»\"'")
    assert [c for c in new if c not in marks] == [c for c in TEXT if c not in marks]
    assert "Trump’s" in new or "Trump's" in new, "an apostrophe inside a word is no quotation mark"


@pytest.mark.parametrize("seed", range(8))
def test_all_edits_together(seed: int, nested: Annotated) -> None:
    dice = random.Random(seed)
    for make in (augment.renamed, augment.requoted):
        new, along = rewrite(nested.text, make(nested.text, dice))
        for mark in nested.marked:
            for role in (mark.source, mark.cue, mark.content):
                assert span_list(along(role)) == along(role)
                assert [c for s in along(role) for c in new[s.start : s.end] if c.isalpha()] == [
                    c for s in role for c in nested.text[s.start : s.end] if c.isalpha()
                ]
