from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.evaluation.tokens import elements, rows, tag, tokens
from sayso.reading import Attribution
from sayso.spans import Span


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada’s dam isn't safe.", "Ada ’s dam is n't safe ."),
        ("They can't and cannot", "They ca n't and can not"),
        ("the U.S. Senate, at 3 p.m. today", "the U.S. Senate , at 3 p.m. today"),
        ("Mr. Orr of St. Ives", "Mr. Orr of St. Ives"),
        ("“Well-known gas-fired plants,” he said", "“ Well-known gas-fired plants , ” he said"),
        ("$1,500 or 3.5% — no...", "$ 1,500 or 3.5 % — no ..."),
        ("O’Hara and they’ve", "O’Hara and they ’ve"),
        ("a 5-4 vote @orr #dam", "a 5-4 vote @orr #dam"),
    ],
)
def test_tokens(text: str, found: str) -> None:
    assert " ".join(text[token.start : token.end] for token in tokens(text, Span(0, len(text)))) == found


@given(st.text(st.sampled_from("aB1 .,'’“”n't-\n$%@é😀"), min_size=1))
@settings(deadline=None)
def test_tokens_cover_all_but_white_space(text: str) -> None:
    found = [token for row in rows(text, limit=10_000) for token in row]
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert "".join(text[token.start : token.end] for token in found) == "".join(text.split())


def test_rows_are_lines_cut_at_the_limit() -> None:
    text = "one two three\n\n  \nfour five six seven\r\neight"
    assert [len(row) for row in rows(text, limit=3)] == [3, 3, 1]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("B-source I-source B-cue B-content I-content", {"source": [(0, 2)], "cue": [(2, 3)], "content": [(3, 5)]}),
        ("I-cue I-cue O", {}),  # an I- without a B- is nothing
        ("B-source I-cue I-source", {"source": [(0, 1)]}),  # an I- of another role closes, and nothing goes on after it
        ("B-cue B-cue I-cue", {"cue": [(0, 1), (1, 3)]}),
        ("O O", {}),
        ("B-content", {"content": [(0, 1)]}),
    ],
)
def test_elements(tags: str, found: dict[str, list[tuple[int, int]]]) -> None:
    assert elements(tags.split()) == found


def spans(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(word), text.index(word) + len(word)) for word in words)


def test_tags_snap_to_tokens_and_begin_again_after_an_interruption() -> None:
    text = "“It holds,” she said, “and lasts.”"
    one = Attribution("A1", content=(Span(1, 30),), source=spans(text, "she"), cue=spans(text, "sai"))
    (row,) = rows(text)
    assert " ".join(tag(row, [one])) == (
        "O B-content I-content I-content I-content B-source B-cue B-content I-content I-content I-content O O"
    )


def test_the_earlier_span_of_a_role_keeps_its_tokens() -> None:
    text = "Ada said Ben left"
    (row,) = rows(text)
    both = [Attribution("A1", content=(Span(9, 17),)), Attribution("A2", content=(Span(13, 17),))]
    assert tag(row, both) == ["O", "O", "B-content", "I-content"]
    assert tag([], both) == []
