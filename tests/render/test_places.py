"""Findings stand in the innermost attribution that hands them over for their speaker; words are cut at blanks and counted, never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading import VOICES, Finding, Reading
from sayso.render.places import Hit, Places, in_quotes, repeated, shorten
from sayso.spans import Span


def test_each_finding_has_its_attribution_and_class_of_voices(harbor: Reading) -> None:
    places = Places(harbor)
    found = {finding.speaker: (places.attribution(finding), places.voice(finding)) for finding in harbor.findings}
    assert found == {"outlet": (None, "own"), "S1": (0, "neutral"), "S2": (1, "distanced"), "S3": (2, "endorsed")}
    assert {voice for _, voice in found.values()} == set(VOICES)


def test_words_of_the_outlet_inside_a_content_are_its_own(talks: Reading) -> None:
    places = Places(talks)
    assert places.attribution(_at(talks, "outlet", "peace talks")) is None
    assert places.attribution(_at(talks, "S4", "the delegation")) == 2
    assert places.attribution(_at(talks, "S2", "the mediators believed")) == 1


def _at(reading: Reading, speaker: str, words: str) -> Finding:
    start = reading.document.text.index(words)
    return Finding("loaded", "loaded", speaker, (Span(start, start + len(words)),), 0.5, 0.5)


@pytest.mark.parametrize(
    ("words", "shown"),
    [("short", "short"), ("one two three four", "one two …"), ("seamlessly-joined", "seamlessly …"), ("one two, three", "one two …")],
)
def test_shorten(words: str, shown: str) -> None:
    assert shorten(words, 10) == shown


@given(st.lists(st.sampled_from(["vile", "Vile", "grand"])), st.integers(1, 3))
def test_what_is_shown_and_what_is_left_out_add_up(words: list[str], most: int) -> None:
    hits = [Hit(place, word, None, "", False) for place, word in enumerate(words)]
    shown, left = repeated(hits, most)
    assert len(shown) <= most
    assert left + sum(int(line.rpartition("(")[2].removesuffix("×)")) if "×" in line else 1 for line in shown) == len(words)


def test_place_number_note_and_candidate_stand_beside_the_words() -> None:
    hits = (Hit(0, "vile", 2, "", False), Hit(1, "vile", 2, "", False), Hit(2, "must act", None, "exhortation", True))
    assert repeated(hits, 5, "#{}".format) == (("“vile” #2 (2×)", "“must act” (exhortation, candidate)"), 0)


def test_words_that_are_quoted_are_not_quoted_again() -> None:
    assert (in_quotes("so it is"), in_quotes("“So it is”"), in_quotes("")) == ("“so it is”", "“So it is”", "“”")
