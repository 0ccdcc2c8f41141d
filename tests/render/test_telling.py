"""What is told of the measures: counts from the tallies, by class of voices; stances by holder; candidates nowhere among the counted."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sayso.reading import Reading, Tally
from sayso.render.telling import Telling, in_words, tell


@pytest.fixture
def told(harbor: Reading) -> Telling:
    return tell(harbor)


def test_nothing_measured_is_nothing_told(talks: Reading) -> None:
    assert not tell(talks)


def test_voices_come_in_order_and_are_never_summed(told: Telling) -> None:
    assert [(voice.voice, voice.words) for voice in told.voices] == [
        ("own voice", 24),
        ("handed over as true", 7),
        ("handed over neutrally", 6),
        ("handed over with distance", 7),
    ]
    counted = {voice.voice: {count.what: (count.tally.count, count.tally.candidates) for count in voice.counts} for voice in told.voices}
    assert counted == {
        "own voice": {"loaded words": (1, 1), "editorial stretches": (1, 0), "hedges": (0, 0), "boosters": (0, 0), "irony": (1, 0)},
        "handed over as true": {"hedges": (1, 0)},
        "handed over neutrally": {"loaded words": (1, 0), "hedges": (1, 0)},
        "handed over with distance": {"boosters": (1, 0)},
    }


def test_each_count_has_its_words_candidates_last(told: Telling) -> None:
    own, _, neutral, _ = told.voices
    assert [(hit.words, hit.candidate) for hit in own.counts[0].hits] == [("shameless", False), ("scheme", True)]
    assert [(hit.words, hit.note) for hit in own.counts[1].hits] == [("The council must stop this", "exhortation")]
    assert [(hit.words, hit.place) for count in neutral.counts for hit in count.hits] == [("vultures", "1"), ("probably", "1")]


def test_levels_are_averaged_over_the_sentences_of_one_class(told: Telling) -> None:
    assert in_words(told.voices[0]) == "own voice, 24 words; 1 sentence, certainty 0.90 of 1"
    assert in_words(told.voices[1]) == "handed over as true, 7 words"


def test_the_holder_of_a_stance_is_whoever_says_it(told: Telling) -> None:
    rows = [(held.holder, held.target, held.unfavorable, held.neutral, held.favorable, held.candidates) for held in told.stances]
    assert rows == [
        ("the outlet", "harbor board", 1, 0, 0, 0),
        ("Ines Calder (person)", "harbor board", 1, 0, 0, 0),
        ("The board (organization)", "Ines Calder", 1, 0, 0, 0),
        ("Ines Calder (person)", "Alder", 0, 0, 0, 1),
        ("the outlet", "Ines Calder", 0, 1, 0, 0),
    ]


def test_passages_stand_in_groups_and_in_no_count(told: Telling) -> None:
    assert [(name, [(hit.note, hit.place) for hit in hits]) for name, hits in told.passages] == [
        ("roles", [("villain: harbor board", "outlet")]),
        ("codebook generic", [("human interest", "1")]),
    ]


def test_every_label_comes_once_before_any_comes_again(harbor: Reading) -> None:
    frame = next(finding for finding in harbor.findings if finding.measure == "frame")
    labels = [("conflict", 0.9), ("conflict", 0.8), ("morality", 0.4)]
    findings = tuple(replace(frame, label=f"generic:{label}", score=score) for label, score in labels)
    ((_, hits),) = tell(replace(harbor, findings=findings)).passages
    assert [hit.note for hit in hits] == ["conflict", "morality", "conflict"]


def test_the_headline_is_told_by_the_words_that_it_leaves_behind(told: Telling) -> None:
    assert [(hit.words, hit.place) for hit in told.headline] == [("the scheme may double the fares", "3")]


def test_a_measure_that_found_nothing_is_told_only_if_it_ran(make_reading: Callable[..., Reading]) -> None:
    reading = replace(make_reading("It rained all day.", []), tallies=(Tally("loaded", "loaded", "own", 0, 0, 4),))
    assert [[count.what for count in voice.counts] for voice in tell(reading).voices] == [["loaded words"]]
