"""What stands beside a name: its places, titles and appositions, from the words of the whole text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import language
from sayso.spans import Span
from sayso.speakers.beside import aside_after, capitals, occurrences, title_before, window
from sayso.speakers.entities import Entity
from sayso.speakers.parts import take_apart

LEXICON = language.load()


def test_capitalized_words_are_found_where_they_stand() -> None:
    text = "Voss spoke. Mr. Voss's aide met Brandt."
    assert capitals(text)["voss"] == [0, 16]
    assert "aide" not in capitals(text)


@given(st.text(alphabet="abT .,'’s-of()\n", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_window_holds_the_whole_words_between_two_places(text: str, start: int, end: int) -> None:
    whole = language.tokens(text, Span(0, len(text)))
    assert window(text, start, end) == [token for token in whole if start <= token.start and token.end <= end]


@pytest.mark.parametrize(
    ("text", "title", "aside"),
    [
        ("Police chief Mara Voss, a former judge, left.", "police chief", "a former judge"),
        ("Mara Voss another analyst from FDX left.", "", "another analyst from fdx left"),
        ("He met Mara Voss, and left.", "", ""),
    ],
)
def test_title_and_apposition(text: str, title: str, aside: str) -> None:
    start = text.index("Mara")
    before, after = window(text, 0, start), window(text, start + len("Mara Voss"), len(text))
    assert " ".join(token.low for token in title_before(text, before, LEXICON)) == title
    assert " ".join(token.low for token in aside_after(text, after, LEXICON)) == aside


def test_a_surname_that_is_no_ordinary_word_stands_for_the_name() -> None:
    text = "Mara Voss left. Voss was late. The bank closed."
    places = occurrences(text, take_apart("Mara Voss", Span(0, 9), LEXICON), Entity("Mara Voss", (), "person"), LEXICON)
    assert [text[span.start : span.end] for span in places] == ["Mara Voss", "Voss"]
