"""Paragraphs of texts as people paste them."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.spans import Span
from sayso.structure import is_hard_wrapped, lines, paragraphs, word_spans, words

WRAPPED = """The ferry to Port Alder will not sail before
June, the harbor office said on Monday, as the
new valve is still on its way from the yard.
Shop owners on the quay fear that the summer is
lost."""


def shown(text: str) -> list[str]:
    return [" ".join(text[p.start : p.end].split()) for p in paragraphs(text)]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("nothing", "", []),
        ("white space", " \n\t\r\n \u00a0\n", []),
        ("one line", "The ferry is late.", ["The ferry is late."]),
        ("blank lines", "One.\n\nTwo.\n\n\n\nThree.", ["One.", "Two.", "Three."]),
        ("blank lines of spaces", "One.\n  \t\nTwo.", ["One.", "Two."]),
        ("CRLF", "One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
        ("old Mac", "One.\r\rTwo.", ["One.", "Two."]),
        ("line per paragraph", "It is late.\nThe quay is empty.\nWhy?", ["It is late.", "The quay is empty.", "Why?"]),
        ("line separators", "One.\u2028Two.\u2029Three.\u0085Four.", ["One.", "Two.", "Three.", "Four."]),
        ("no break at all", "One. Two. " * 50, [("One. Two. " * 50).strip()]),
        ("headings", "Ferry delayed\n\nBy A. Writer\n\nIt is late.", ["Ferry delayed", "By A. Writer", "It is late."]),
        ("list", "What we know:\n- the valve broke\n- nobody was hurt", ["What we know:", "- the valve broke", "- nobody was hurt"]),
        ("margin", "   The ferry is late.\n\n   Nobody knows why.", ["The ferry is late.", "Nobody knows why."]),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 25 and value.isprintable() else "",
)  # fmt: skip
def test_paragraphs(name: str, text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    assert is_hard_wrapped(WRAPPED)
    assert shown(WRAPPED) == [" ".join(WRAPPED.split())]
    assert shown(WRAPPED.replace("\n", "\r\n")) == [" ".join(WRAPPED.split())]


def test_hard_wrapped_with_blank_lines_between_paragraphs() -> None:
    assert shown(WRAPPED + "\n\n" + WRAPPED) == [" ".join(WRAPPED.split())] * 2


def test_hard_wrapped_without_blank_lines_breaks_after_a_short_last_line() -> None:
    assert shown(WRAPPED + "\n" + WRAPPED) == [" ".join(WRAPPED.split())] * 2


def test_hard_wrapped_with_indents() -> None:
    text = "\n".join("  " + block if n else block for n, block in enumerate([WRAPPED.replace("\nlost.", " lost.")] * 2))
    assert len(shown(text)) == 2


@pytest.mark.parametrize(
    "text",
    ["One.\nTwo.\nThree.\nFour.", WRAPPED.replace("\n", "\n\n"), "\n".join([WRAPPED.replace("\n", " ") + " and"] * 6), "a\nb\nc", ""],
    ids=["sentences", "blank lines", "long lines", "too few", "nothing"],
)
def test_not_hard_wrapped(text: str) -> None:
    assert not is_hard_wrapped(text)


def test_verse_keeps_every_line_somewhere() -> None:
    verse = "The tide came in,\nthe tide went out,\nnobody asked\nthe boats about.\n\nThe end came late,\nthe end came slow."
    assert " ".join(shown(verse)) == " ".join(verse.split())
    assert shown(verse)[0].startswith("The tide")
    assert any(block.startswith("The end") for block in shown(verse))


TEXTS = st.text(st.sampled_from('aé.!:”" \t\n\r\u2028\u0085\u00a0\x1c😀') | st.characters(), max_size=120)


@given(TEXTS)
def test_paragraphs_hold_all_that_is_not_white_space(text: str) -> None:
    found = paragraphs(text)
    held = set()
    at = 0
    for block in found:
        assert at <= block.start < block.end <= len(text)
        inside = text[block.start : block.end]
        assert inside == inside.strip()
        held |= set(range(block.start, block.end))
        at = block.end
    assert all(text[k].isspace() for k in range(len(text)) if k not in held)


@given(TEXTS)
def test_lines_and_their_breaks_are_the_text(text: str) -> None:
    found = lines(text)
    assert "".join(text[a.start : a.end] for a in found) == "".join(c for c in text if c not in "\n\r\u2028\u2029\x0b\x0c\x85")
    assert all(one.end < other.start for one, other in pairwise(found))


@given(TEXTS, TEXTS)
def test_a_blank_line_always_ends_a_paragraph(above: str, below: str) -> None:
    border = len(above) + 1
    assert not any(block.start < border < block.end for block in paragraphs(above + "\n\n" + below))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("—", 0), ("The ferry’s crew", 3), ("a state-run U.S. firm", 4), ("Ines's 1.5 m", 3), ("naïve café", 2), ("don't-know", 1)],
)
def test_words(text: str, expected: int) -> None:
    assert words(text) == expected == len(word_spans(text))


def test_words_are_where_they_are_said_to_be() -> None:
    text = "“Aye,” said Ines."
    assert [text[span.start : span.end] for span in word_spans(text)] == ["Aye", "said", "Ines"]


@pytest.mark.parametrize("line", ["word " * 15 + "\n", "x", ".\n", ".”" * 20 + "\n", "\n", "a \r\n"])
def test_the_time_grows_linearly(line: str) -> None:
    text = line * (100_000 // len(line))
    start = time.process_time()
    found = paragraphs(text)
    assert all(isinstance(block, Span) for block in found[:3])
    assert time.process_time() - start < 3
