"""Certainty: every hedge and booster belongs to whoever writes or says it, and a sentence has a level in each voice that says enough."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.measures import certainty
from sayso.measures.certainty import Certainty
from sayso.measures.heard import Heard
from sayso.measures.measure import Measure
from sayso.reading import OUTLET, Finding, Reading

Read = Callable[[str], Reading]
Hear = Callable[[str], Heard]
WORDS = ("hedge", "booster")


def who(reading: Reading, finding: Finding) -> str:
    return OUTLET if finding.speaker == OUTLET else reading.source(finding.speaker).name


def found(reading: Reading, heard: Heard, *labels: str) -> list[tuple[str, str, str]]:
    findings = certainty.measure.find(reading, heard)
    replace(reading, findings=tuple(findings)).check()
    return [(each.label, who(reading, each), reading.document[each.evidence]) for each in findings if each.label in labels]


BOOKED = [
    ("The weir may give way, of course.", [("hedge", OUTLET, "may"), ("booster", OUTLET, "of course")]),
    ("“The weir may give way,” said Mara Voss.", [("hedge", "Mara Voss", "may")]),
    ("Mara Voss said that the weir may give way.", [("hedge", "Mara Voss", "may")]),
    ("“The weir,” Mara Voss said, “was perhaps rusty.”", [("hedge", "Mara Voss", "perhaps")]),
    ("Perhaps Mara Voss said that the weir holds.", [("hedge", OUTLET, "Perhaps")]),
    ("The weir reportedly failed twice.", [("hedge", OUTLET, "reportedly")]),
    ("The clerk allegedly sold the key.", [("hedge", OUTLET, "allegedly")]),
    ("Mara Voss claimed that the weir failed.", []),
    ("The weir failed twice in spring.", []),
]


@pytest.mark.parametrize(("text", "expected"), BOOKED)
def test_words_belong_to_whoever_writes_or_says_them(
    text: str, expected: list[tuple[str, str, str]], by_rules: Read, plainly: Hear
) -> None:
    assert found(by_rules(text), plainly(text), *WORDS) == expected


def test_a_verb_that_hands_over_is_an_attribution_and_no_hedge_as_well(by_rules: Read, plainly: Hear) -> None:
    text = "The survey suggests that the weir leaks."
    reading = by_rules(text)
    assert [reading.document[each.cue] for each in reading.attributions] == ["suggests"]
    assert not found(reading, plainly(text), *WORDS)
    assert found(replace(reading, attributions=()), plainly(text), *WORDS) == [("hedge", OUTLET, "suggests")]


def test_a_phrase_across_two_voices_is_nobodys(by_rules: Read, plainly: Hear) -> None:
    text = "There is no “doubt at all about it,” said Mara Voss."
    assert "no “doubt" not in [words for _, _, words in found(by_rules(text), plainly(text), *WORDS)]


LEVELS = [
    ("The weir gave way on Monday.", [(OUTLET, "The weir gave way on Monday.")]),
    ("“The weir will give way,” said Mara Voss.", [("Mara Voss", "“The weir will give way,”")]),
    (
        "While the town slept under heavy rain, Mara Voss said that the weir gave way.",
        [(OUTLET, "While the town slept under heavy rain, Mara Voss said"), ("Mara Voss", "that the weir gave way")],
    ),
    ("“Never,” she said.", []),
    ("It rained.", []),
]


@pytest.mark.parametrize(("text", "expected"), LEVELS)
def test_levels_are_of_voices_that_say_enough(text: str, expected: list[tuple[str, str]], by_rules: Read, plainly: Hear) -> None:
    assert [(speaker, words) for _, speaker, words in found(by_rules(text), plainly(text), "level")] == expected


def test_a_level_is_the_sentences_place_on_the_scale(by_rules: Read, plainly: Hear) -> None:
    text = "The weir gave way on Monday. Nobody in the town was hurt."
    heard = plainly(text)
    heard = replace(heard, sentences=(replace(heard.sentences[0], certainty=0.9), replace(heard.sentences[1], certainty=0.2)))
    assert [(each.score, each.confidence) for each in certainty.measure.find(by_rules(text), heard)] == [(0.9, 1.0), (0.2, 1.0)]


def test_a_repeated_paragraph_changes_nothing_in_it(by_rules: Read, plainly: Hear) -> None:
    text = "The weir may give way. Mara Voss said that it is, in fact, about 40 years old."
    twice = f"{text}\n\n{text}"
    once = found(by_rules(text), plainly(text), *WORDS, "level")
    assert found(by_rules(twice), plainly(twice), *WORDS, "level") == once * 2


@given(
    st.lists(
        st.sampled_from(["may", "perhaps", "“no doubt", "about 20”", "said Mara Voss.", "The weir", "“It", "leaks,”", "and"]), max_size=25
    )
)
def test_the_evidence_is_in_its_speakers_voice(by_rules: Read, plainly: Hear, words: list[str]) -> None:
    text = " ".join(words)
    reading = by_rules(text)
    replace(reading, findings=tuple(certainty.measure.find(reading, plainly(text)))).check()


def test_it_is_a_measure_whose_card_says_what_the_level_is() -> None:
    assert isinstance(certainty.measure, Measure)
    assert Certainty.labels == ("hedge", "booster", "level", "hedge_lost")
    assert "no probability" in certainty.measure.card.score
