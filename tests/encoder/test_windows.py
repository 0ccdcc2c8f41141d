"""Word pieces know where they stand, whatever the text; every piece is scored once."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.encoder.heads import INNER, WINDOW
from sayso.encoder.windows import CHUNK, Pieces, Tokenizer, load_tokenizer, pieces, windows
from sayso.errors import BundleError
from sayso.spans import Span
from sayso.structure import paragraphs

ODD = {
    "emoji": "The 🦊 ran 👩‍👩‍👧 home.",
    "combining marks": "Cafe\u0301 nai\u0308ve S\u0327ule.",
    "soft hyphens": "The har\u00adbor mas\u00adter left.",
    "zero width": "har\u200bbor\ufeff left",
    "right to left": "He said שלום and سلام today.",
    "hangul": "한국 said 中文 no",
    "capitals": "FERRY DELAYED AGAIN",
    "dotted capital": "İSTANBUL ISPARTA ıssız",
    "half a character": "A \ud83d B \udc00 C",
    "null": "A\x00B\x07 C",
    "control only": "\x00\x01",
    "ligature": "oﬃce ﬁle",
}


def assert_sound(text: str, found: Pieces) -> None:
    assert len(found.ids) == len(found.starts) == len(found.ends) == len(found.case) == len(found.quoted) == len(found)
    breaks = found.starts == found.ends
    assert np.all(found.starts <= found.ends)
    assert np.all(np.diff(found.starts) >= 0)
    assert np.all(np.diff(found.ends) >= 0)
    assert not len(found) or (found.starts[0] >= 0 and found.ends[-1] <= len(text))
    starts = [block.start for block in paragraphs(text)]
    assert found.starts[breaks].tolist() == starts[1:], "a break stands before every paragraph but the first"
    for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True):
        assert text[start:end] == text[start:end].strip()


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_text(text: str, tokenizer: Tokenizer) -> None:
    assert_sound(text, pieces(text, tokenizer))


@settings(max_examples=60)
@given(text=st.text(st.sampled_from('aé İß한\u0301\u00ad\u200d😀“" \n.') | st.characters(exclude_categories=()), max_size=60))
def test_any_text(text: str, tokenizer: Tokenizer) -> None:
    assert_sound(text, pieces(text, tokenizer))


def test_pieces_are_where_they_say(tokenizer: Tokenizer) -> None:
    text = "😀 Café: “Aye,”\n\nsaid İNES."
    found = pieces(text, tokenizer)
    words = [text[start:end] for start, end in zip(found.starts.tolist(), found.ends.tolist(), strict=True)]
    assert "".join(words) == "".join(text.split())
    assert words.count("") == 1
    assert found.ids[words.index("")] == tokenizer.token_to_id("[SEP]")
    quoted = "".join(word for word, inside in zip(words, found.quoted.tolist(), strict=True) if inside)
    assert quoted == "“Aye,”"


@pytest.mark.parametrize(
    ("word", "case"),
    [("ferry", 0), ("Ferry", 1), ("A", 1), ("US", 2), ("FERRY", 2), ("McDonald", 3), ("iPhone", 3), ("7", 0), ("“", 0), ("é", 0)],
)
def test_case(word: str, case: int, tokenizer: Tokenizer) -> None:
    found = pieces(word, tokenizer)
    if len(found) == 1:
        assert found.case[0] == case
    else:  # in pieces, each has the case of its own letters
        assert found.case.max() > 0


def test_white_space_never_reaches_the_network(tokenizer: Tokenizer) -> None:
    plain = pieces("The ferry will not sail before June, she said.", tokenizer)
    loose = pieces("  The ferry\u00a0 will not\tsail  before June, she said.\n", tokenizer)
    assert plain.ids.tolist() == loose.ids.tolist()


def test_empty(tokenizer: Tokenizer) -> None:
    for text in ("", " \n\n\t "):
        found = pieces(text, tokenizer)
        assert len(found) == 0
        assert not found.inside((Span(0, 1),)).any()


def test_long_unbroken_text_is_cut_and_loses_nothing(tokenizer: Tokenizer) -> None:
    text = "ferry quay valve " * (3 * CHUNK // 17)
    assert len(text) > 2 * CHUNK
    found = pieces(text, tokenizer)
    assert_sound(text, found)
    assert len(found) == 3 * (3 * CHUNK // 17)
    assert not np.any(found.starts == found.ends), "a cut for memory's sake is no paragraph break"


def test_one_endless_word(tokenizer: Tokenizer) -> None:
    text = "x" * (2 * CHUNK + 5)
    found = pieces(text, tokenizer)
    assert_sound(text, found)
    assert int((found.ends - found.starts).sum()) == len(text)


def test_inside_finds_the_pieces_of_spans_and_the_breaks_within_one_span(tokenizer: Tokenizer) -> None:
    text = "Ines said:\n\nThe boat sails.\n\nSo she hopes."
    found = pieces(text, tokenizer)

    def shown(*spans: Span) -> list[str]:
        inside = found.inside(spans)
        return [text[s:e] for s, e, there in zip(found.starts.tolist(), found.ends.tolist(), inside.tolist(), strict=True) if there]

    start = text.index("The")
    assert shown(Span(start, start + 8)) == ["The", "boat"]
    assert shown(Span(start + 1, start + 5)) == ["The", "boat"], "a piece counts if one character is shared"
    assert shown(Span(start + 9, len(text)))[:4] == ["sails", ".", "", "So"]
    assert "" not in shown(Span(0, 10), Span(start, start + 8)), "two spans do not hold the break between them"
    assert shown(Span(10, start)) == []
    assert shown() == []


BREAKS = st.integers(0, 3000).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(1, max(1, n - 1)), max_size=40)))


@given(BREAKS)
def test_every_piece_is_scored_once_in_a_window_that_is_not_too_long(drawn: tuple[int, set[int]]) -> None:
    count, breaks = drawn
    found = windows(count, np.array(sorted(breaks), dtype=np.int64))
    at = 0
    for window in found:
        assert window.first == at
        assert window.start <= window.first < window.last <= window.end <= count
        assert window.last - window.first <= INNER
        assert window.end - window.start <= WINDOW
        assert window.end - window.start == min(WINDOW, count), "context costs nothing as long as there is room"
        at = window.last
    assert at == count


def test_windows_are_cut_at_paragraphs() -> None:
    found = windows(600, np.array([30, 100, 170, 250, 400]))
    assert [window.last for window in found] == [170, 250, 400, 590, 600]


def test_windows_are_linear_in_number() -> None:
    assert len(windows(100_000, np.arange(1, 100_000, 2))) < 3 * 100_000 / INNER


def test_a_foreign_tokenizer_is_a_clear_error(tokenizer: Tokenizer, tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    content = {"version": "1.0", "added_tokens": [], "model": {"type": "WordPiece", "unk_token": "x", "vocab": {"x": 0},
               "continuing_subword_prefix": "##", "max_input_chars_per_word": 100}}  # fmt: skip
    path.write_text(json.dumps(content))
    with pytest.raises(BundleError, match=r"no \[SEP\]"):
        pieces("x", load_tokenizer(str(path)))
