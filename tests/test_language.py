from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso import language
from sayso.errors import UsageError
from sayso.reading import ATTITUDES, COMMITMENTS, OUTLET_STANCES, POLARITIES
from sayso.spans import Span


def cut(text: str) -> list[str]:
    return [text[span.start : span.end].strip() for span in language.sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor left. She did not speak.", ["The mayor left.", "She did not speak."]),
        ("They met at 5 p.m. Tuesday in Arvel. Nobody spoke.", ["They met at 5 p.m. Tuesday in Arvel.", "Nobody spoke."]),
        ("He met Sen. Dora Quill. She smiled.", ["He met Sen. Dora Quill.", "She smiled."]),
        ("Dr. J. Tamm agreed. The rest did not.", ["Dr. J. Tamm agreed.", "The rest did not."]),
        ("The port opened\nin spring. It closed\nin autumn.", ["The port opened\nin spring.", "It closed\nin autumn."]),
        ("That was plan B. The team left.", ["That was plan B.", "The team left."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_break_inside_a_quotation_before_a_small_letter_is_none() -> None:
    assert cut("“We won!” she said. He left.") == ["“We won!” she said.", "He left."]


@given(st.text(alphabet="ab AB.!?\"“”'\n\r\té🙂0"))
def test_sentences_give_the_paragraph_back(text: str) -> None:
    spans = language.sentences(text, Span(0, len(text)))
    assert "".join(text[span.start : span.end] for span in spans) == text


@given(st.text())
def test_tokens_hold_no_white_space_and_keep_order(text: str) -> None:
    found = language.tokens(text, Span(0, len(text)))
    assert all(not text[token.start : token.end].isspace() and token.start < token.end for token in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_tokens_keep_numbers_contractions_and_initialisms_whole() -> None:
    text = "The U.S. didn’t pay $3,000.50."
    assert [token.low for token in language.tokens(text, Span(0, len(text)))] == ["the", "u.s.", "didn't", "pay", "$", "3,000.50", "."]


def test_every_cue_has_labels_of_the_contract() -> None:
    lexicon = language.load()
    senses = [form.cue for forms in lexicon.verbs.values() for form in forms]
    senses += [cue for group in (lexicon.nouns, lexicon.adjectives) for cues in group.values() for cue in cues]
    assert len(lexicon.verbs) > 800
    for cue in senses:
        assert cue.attitude in ATTITUDES
        assert cue.polarity in POLARITIES
        assert cue.outlet_stance in OUTLET_STANCES
        assert cue.commitment in COMMITMENTS
        assert cue.frames


def test_senses_with_particles_come_first() -> None:
    called = language.load().verbs["called"]
    assert called[0].cue.particles
    assert not called[-1].cue.particles


@pytest.mark.parametrize("code", ["xx", "../en", ""])
def test_an_unknown_language_is_refused(code: str) -> None:
    with pytest.raises(UsageError, match="use 'en'"):
        language.load(code)
