"""A mention is taken apart into determiner, owner, title, name, head, complement and aside."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import language
from sayso.spans import Span
from sayso.speakers.parts import Tokens, take_apart

LEXICON = language.load()


def words(row: Tokens) -> str:
    return " ".join(token.low for token in row)


@pytest.mark.parametrize(
    ("text", "owner", "title", "name", "complement", "aside"),
    [
        ("Foreign Minister Oren Tal", "", "foreign minister", "oren tal", "", ""),
        ("Mara Voss, a senior analyst at the Harbor Institute", "", "", "mara voss", "", "a senior analyst at the harbor institute"),
        ("the Courier's Mara Voss", "courier's", "", "mara voss", "", ""),
        ("Ilse van den Berg", "", "", "ilse van den berg", "", ""),
        ("the head of the ministry", "", "", "", "of the ministry", ""),
        ("two senior officials close to the talks", "", "two senior", "", "close to the talks", ""),
        ("Judge Ada Brandt (pictured)", "", "judge", "ada brandt", "", "pictured"),
        ("the Norvanian police", "", "norvanian", "", "", ""),
        ("Mara Voss another analyst from FDX", "", "", "mara voss", "", "another analyst from fdx"),
    ],
)
def test_parts(text: str, owner: str, title: str, name: str, complement: str, aside: str) -> None:
    mention = take_apart(text, Span(0, len(text)), LEXICON)
    assert [words(row) for row in (mention.owner, mention.title, mention.name, mention.complement, mention.aside)] == [
        owner, title, name, complement, aside,
    ]  # fmt: skip


@given(st.text(alphabet="abT .,'’s-of()\n", min_size=1, max_size=80))
def test_parts_are_in_order_disjoint_and_inside(text: str) -> None:
    mention = take_apart(text, Span(0, len(text)), LEXICON)
    row = [*mention.owner, *mention.core, *mention.complement, *mention.aside]
    assert all(left.end <= right.start for left, right in pairwise(row))
    assert all(0 <= token.start < token.end <= len(text) for token in row)
