from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.document import Document
from sayso.errors import UsageError
from sayso.evaluation.table import table
from sayso.evaluation.told import SPEAKER, GoldText, Mark, Told
from sayso.evaluation.wording import editorial_counts, evaluate_told, loaded_counts, pairs
from sayso.reading import OUTLET
from sayso.spans import Span

SENTENCES = (Span(0, 20), Span(21, 40), Span(41, 60))


def mark(start: int, end: int, voice: str = OUTLET, label: str = "loaded", confidence: float = 1.0) -> Mark:
    return Mark(Span(start, end), voice, label, confidence, candidate=confidence < 0.5)


GOLD = Told((mark(2, 8), mark(25, 30, SPEAKER), mark(50, 52)), (mark(0, 19, label="evaluation"), mark(41, 59, label="exhortation")))
TEXT = GoldText(Document("x" * 80), "a", SENTENCES, GOLD)


@pytest.mark.parametrize(
    ("ours", "theirs", "hits"),
    [
        ([(0, 5)], [(4, 9)], 1),
        ([(0, 5)], [(5, 9)], 0),  # touching is not overlapping
        ([(0, 9)], [(0, 2), (4, 6)], 1),  # one to one
        ([(0, 3), (4, 9)], [(2, 5), (6, 8)], 2),
        ([], [(0, 1)], 0),
    ],
)
def test_pairs(ours: list[tuple[int, int]], theirs: list[tuple[int, int]], hits: int) -> None:
    assert len(pairs([mark(*span) for span in ours], [mark(*span) for span in theirs])) == hits


cuts = st.lists(st.integers(0, 60), unique=True, max_size=20).map(sorted)


@given(cuts, cuts)
def test_pairs_are_one_to_one_and_the_same_from_both_sides(ours: list[int], theirs: list[int]) -> None:
    a, b = ([mark(*span) for span in zip(side[::2], side[1::2], strict=False)] for side in (ours, theirs))
    found = pairs(a, b)
    assert {(one.span, other.span) for one, other in found} == {(one.span, other.span) for other, one in pairs(b, a)}
    assert len({one.span for one, _ in found}) == len({other.span for _, other in found}) == len(found)
    assert all(one.span.overlaps(other.span) for one, other in found)


def test_loaded_by_hand() -> None:
    # One right; one in the wrong voice; one beside; one outside the scored sentences; one that is a candidate only.
    found = Told((mark(4, 10), mark(25, 30), mark(33, 36), mark(70, 75), mark(50, 52, confidence=0.4)))
    counts = loaded_counts(SENTENCES, GOLD, found)
    assert [counts[f"loaded:{end}"] for end in ("hit_gold", "gold", "predicted")] == [2, 3, 3]
    assert [counts[f"loaded.characters:{end}"] for end in ("hit_gold", "gold", "predicted")] == [9, 13, 14]
    assert [counts[f"loaded.sentences:{end}"] for end in ("hit_gold", "gold", "predicted")] == [2, 3, 2]
    assert [counts[f"loaded.voice:{end}"] for end in ("hit", "of")] == [1, 2]
    assert [counts[f"loaded.own:{end}"] for end in ("hit_gold", "gold", "predicted")] == [1, 2, 3]
    assert [counts[f"loaded.own.sentences:{end}"] for end in ("hit_gold", "gold", "predicted")] == [1, 2, 2]


def test_characters_outside_the_scored_sentences_do_not_count() -> None:
    counts = loaded_counts((Span(10, 20),), Told((mark(5, 15),)), Told((mark(0, 12),)))
    assert [counts[f"loaded.characters:{end}"] for end in ("hit_gold", "gold", "predicted")] == [2, 5, 2]


def test_editorial_by_hand() -> None:
    found = Told((), (mark(5, 10, label="exhortation"), mark(22, 39, label="evaluation"), mark(41, 59, SPEAKER, "exhortation")))
    counts = editorial_counts(SENTENCES, GOLD, found)
    assert [counts[f"editorial=yes:{end}"] for end in ("hit_gold", "gold", "predicted")] == [1, 2, 2]
    assert [counts[f"editorial=no:{end}"] for end in ("hit_gold", "gold", "predicted")] == [0, 1, 1]
    assert [counts[f"editorial.spans:{end}"] for end in ("hit_gold", "gold", "predicted")] == [1, 2, 2]
    assert [counts[f"editorial.trigger:{end}"] for end in ("hit", "of")] == [0, 1]
    assert [counts[f"editorial.exhortation:{end}"] for end in ("hit_gold", "gold", "predicted")] == [0, 1, 1]


@pytest.mark.parametrize("measure", ["loaded", "editorial"])
def test_gold_against_itself_is_perfect_and_nothing_finds_nothing(measure: str) -> None:
    report = evaluate_told([TEXT], {"all": [GOLD], "none": [Told()]}, measure, resamples=3)
    assert all(figure.value in (1.0, None) for figure in report.systems[0].figures.values())
    assert report.value("all", measure) == 1.0
    assert report.value("none", measure) in (0.0, 0.25)  # of editorial sentences, "no" is right once in three
    assert report.agreement is None


def test_two_annotators_stand_beside_the_systems() -> None:
    second = Told((mark(2, 8),), ())
    gold = [replace(TEXT, second=second), TEXT]
    report = evaluate_told(gold, {"all": [GOLD, GOLD], "b": [GOLD] * 2, "c": [GOLD] * 2, "none": [Told()] * 2}, "loaded", resamples=3)
    assert report.agreement is not None
    assert report.agreement.articles == 1
    assert report.agreement.figures["loaded"].value == pytest.approx(0.5)
    printed = table(report, full=True)
    assert "1 of these texts were annotated more than once" in printed
    assert printed.count("two annotators  ") == len(report.metrics)
    assert "more figures" in table(report)
    assert "2 texts, 6 sentences; 95% intervals from 3 resamples of articles or outlets" in printed


def test_confidences_of_the_first_system_are_held_to_their_word() -> None:
    found = Told((mark(2, 8, confidence=0.9), mark(12, 14, confidence=0.2), mark(70, 72, confidence=0.9)))
    report = evaluate_told([TEXT], {"a": [found], "b": [Told()]}, "loaded", resamples=3)
    assert report.calibration is not None
    assert report.calibration.cases == 2  # the third stands outside the scored sentences
    assert report.calibration.error == pytest.approx(0.15)
    assert "expected calibration error 15.0 over 2 cases" in table(report)


def test_sentences_of_one_outlet_are_drawn_together() -> None:
    gold = [TEXT, replace(TEXT, first=Told())]
    report = evaluate_told(gold, {"all": [GOLD, GOLD]}, "loaded", resamples=50)
    figure = report.systems[0].figures["loaded"]
    assert figure.low == figure.value == figure.high


def test_gold_that_says_nothing_of_the_measure() -> None:
    with pytest.raises(UsageError, match="marks nothing that the protocol editorial"):
        evaluate_told([replace(TEXT, measures=("loaded",))], {}, "editorial")
    with pytest.raises(UsageError, match="no gold sentences for the protocol loaded"):
        evaluate_told([], {}, "loaded")
