import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.document import Document
from sayso.evaluation.inner import nesting_counts
from sayso.evaluation.metrics import (
    Counts,
    Metric,
    climb,
    crosses_sentence,
    kinds,
    ladder_counts,
    levels,
    role_counts,
    slice_counts,
    span_counts,
    voice_counts,
)
from sayso.reading import Attribution, Reading, Source
from sayso.spans import Span, Spans

TEXT = "Ada said the dam holds. Ben denied that Cy knew it leaks, and “so what,” he said, “it rains.”"


def spans(*words: str) -> Spans:
    return tuple(sorted(Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in words))


def attribution(name: str, source: str, cue: str, *content: str, within: str | None = None, form: str = "indirect") -> Attribution:
    return Attribution(
        name, content=spans(*content), source=spans(*([source] if source else [])), cue=spans(cue), speaker="S1", within=within, form=form
    )


ADA = attribution("A1", "Ada", "said", "the dam holds")
BEN = attribution("A2", "Ben", "denied", "that Cy knew it leaks")
CY = attribution("A3", "Cy", "knew", "it leaks", within="A2")
HE = attribution("A4", "he", "he said", "“so what,”", "“it rains.”", form="direct")


def reading(*attributions: Attribution) -> Reading:
    return Reading(Document(text=TEXT), attributions, (Source("S1", "Ada"),))


def score(counts: Counts, name: str, share: bool = False) -> tuple[float, float, float]:
    precision, recall, value = Metric(name, "", "", share).score(lambda column: np.array(counts[column]))
    return float(precision), float(recall), float(value)


def test_a_shared_span_counts_once() -> None:
    again = attribution("A9", "Ada", "holds", "dam")
    counts = role_counts(reading(ADA, again), reading(ADA))
    assert counts["exact.source:gold"] == counts["exact.source:hit_gold"] == counts["exact.source:predicted"] == 1
    np.testing.assert_allclose(score(counts, "exact.cue"), [1.0, 0.5, 2 / 3])


@pytest.mark.parametrize(
    ("gold", "predicted", "jaccard"),
    [
        ([(0, 10)], [(0, 10)], 1.0),
        ([(0, 10)], [(0, 5)], 0.5),
        ([(0, 10)], [(0, 5), (5, 10)], 0.5),  # the best one counts, the other overlaps and adds nothing
        ([(0, 10)], [(20, 30)], 0.0),
        ([(0, 10)], [(0, 10), (20, 30)], 0.5),  # a prediction without any overlap adds a 0
        ([(0, 10), (20, 30)], [(0, 10)], 0.5),
        ([(0, 10), (10, 20)], [(0, 20)], 0.5),
        ([(0, 4), (8, 10)], [(2, 8)], 0.125),  # touching is no overlap: (2/8 + 0) / 2
        ([], [(0, 5)], 0.0),
    ],
)
def test_jaccard_as_in_the_published_evaluator(gold: list[tuple[int, int]], predicted: list[tuple[int, int]], jaccard: float) -> None:
    counts = span_counts("cue", [Span(*pair) for pair in gold], [Span(*pair) for pair in predicted])
    assert score(counts, "jaccard.cue", share=True)[2] == pytest.approx(jaccard)


def test_exact_begin_and_partial() -> None:
    counts = span_counts("cue", [Span(0, 10), Span(20, 30)], [Span(0, 5), Span(19, 30), Span(40, 41)])
    assert score(counts, "exact.cue") == (0.0, 0.0, 0.0)
    np.testing.assert_allclose(score(counts, "begin.cue"), [1 / 3, 0.5, 0.4])
    precision, recall, _ = score(counts, "partial.cue")
    assert precision == pytest.approx((5 / 5 + 10 / 11 + 0) / 3)
    assert recall == pytest.approx((5 / 10 + 10 / 10) / 2)


def test_characters_count_each_position_once() -> None:
    wide = attribution("A1", "Ada", "said", "the dam")
    counts = role_counts(reading(ADA, wide), reading(wide))
    assert counts["characters.content:gold"] == len("the dam holds")
    np.testing.assert_allclose(score(counts, "characters.content"), [1.0, 7 / 13, 0.7])


@pytest.mark.parametrize(
    ("predicted", "reached"),
    [
        (ADA, {"detected", "cue_overlap", "linked_soft", "linked_0.8", "all_exact", "all_words"}),
        (attribution("P", "Ada", "said", "the dam holds."), {"detected", "cue_overlap", "linked_soft", "linked_0.8", "all_words"}),
        (attribution("P", "Ada", "said", "the dam"), {"detected", "cue_overlap", "linked_soft"}),
        (attribution("P", "Ada", "said", "dam"), {"detected", "cue_overlap"}),
        (attribution("P", "", "said", "the dam holds"), {"detected", "cue_overlap"}),
        (attribution("P", "Ben", "said", "the dam holds"), {"detected", "cue_overlap"}),
        (attribution("P", "Ada", "denied", "the dam holds"), {"detected"}),
    ],
)
def test_the_ladder(predicted: Attribution, reached: set[str]) -> None:
    assert levels(TEXT, ADA, predicted) == reached


def test_both_without_source_or_cue_agree() -> None:
    bare = Attribution("P", content=ADA.content)
    assert "all_exact" in levels(TEXT, bare, bare)
    assert "linked_soft" in levels(TEXT, bare, bare)


def test_one_prediction_is_credited_once() -> None:
    twin = attribution("A9", "Ada", "said", "the dam")
    gold, predicted = reading(ADA, twin), reading(ADA)
    counts = ladder_counts(gold, predicted, climb(TEXT, gold.attributions, predicted.attributions))
    np.testing.assert_allclose(score(counts, "detected"), [1.0, 0.5, 2 / 3])
    np.testing.assert_allclose(score(counts, "all_exact"), [1.0, 0.5, 2 / 3])


def test_voice() -> None:
    counts = voice_counts(reading(ADA), reading(attribution("P", "Ada", "said", "the dam")))
    assert counts["voice.characters:hit"] == len(TEXT) - len(" holds")
    assert counts["voice.words:of"] - counts["voice.words:hit"] == 1


def test_slices_are_told_by_each_side() -> None:
    lost = attribution("P", "", "he said", "“so what,”", "“it rains.”", form="mixed")
    gold, predicted = reading(ADA, HE), reading(ADA, lost)
    counts = slice_counts(gold, predicted, climb(TEXT, gold.attributions, predicted.attributions))
    assert score(counts, "indirect.linked_soft") == (1.0, 1.0, 1.0)
    assert counts["direct.detected:hit_gold"] == 1
    assert counts["direct.linked_soft:hit_gold"] == 0
    assert counts["mixed.detected:hit_predicted"] == counts["mixed.detected:predicted"] == 1
    assert counts["no_source.detected:gold"] == 0
    assert counts["discontinuous.detected:gold"] == 1


def test_kinds() -> None:
    assert kinds(TEXT, HE) == {"direct", "with_source", "discontinuous"}
    assert kinds(TEXT, Attribution("P", content=(Span(0, 3), Span(4, 8)))) == {"indirect", "no_source"}


@pytest.mark.parametrize(
    ("text", "crosses"),
    [
        ("It rains. It pours", True),
        ("It rains.” “It pours", True),
        ("It rains\n\nand pours", True),
        ("It rains. ", False),
        ("It rains.", False),
        ("Mr. Quill of St. Ives met Gen. Orr", False),
        ("the U.S. Senate and J. R. Orr", False),
        ("at 3 p.m. on Monday", False),
        ("Is it true? Yes", True),
        ("about 3.5 percent", False),
    ],
)
def test_crosses_sentence(text: str, crosses: bool) -> None:
    assert crosses_sentence(text + " and more. Then nothing", (Span(0, len(text)),)) is crosses


def test_parents() -> None:
    gold = reading(ADA, BEN, CY)
    flat = reading(ADA, BEN, attribution("A3", "Cy", "knew", "it leaks"))
    for predicted, right, inner in ((gold, 3, 1), (flat, 2, 0)):
        counts = nesting_counts(gold, predicted, climb(TEXT, gold.attributions, predicted.attributions))
        assert (counts["parent:hit"], counts["parent:of"]) == (right, 3)
        assert (counts["parent_inner:hit"], counts["parent_inner:of"]) == (inner, 1)
        assert counts["inner.linked_soft:hit_gold"] == inner
        assert counts["outermost.linked_soft:hit_gold"] == 2


def test_a_wrong_parent_is_wrong() -> None:
    gold = reading(ADA, BEN, CY)
    predicted = reading(ADA, BEN, attribution("A3", "Cy", "knew", "it leaks", within="A1"))
    counts = nesting_counts(gold, predicted, climb(TEXT, gold.attributions, predicted.attributions))
    assert counts["parent_inner:hit"] == 0


def test_nothing_to_count_is_not_a_number() -> None:
    assert all(math.isnan(number) for number in score(role_counts(reading(), reading()), "exact.cue"))
    precision, recall, value = score(role_counts(reading(ADA), reading()), "exact.cue")
    assert math.isnan(precision)
    assert (recall, value) == (0.0, 0.0)


some_spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda pair: Span(pair[0], pair[0] + pair[1])), max_size=6)


@given(some_spans, some_spans)
@settings(deadline=None)
def test_span_scores_are_shares_and_perfect_for_itself(gold: list[Span], predicted: list[Span]) -> None:
    counts = span_counts("cue", gold, predicted)
    for name, share in (("exact.cue", False), ("begin.cue", False), ("partial.cue", False), ("jaccard.cue", True)):
        assert all(math.isnan(number) or 0.0 <= number <= 1.0 for number in score(counts, name, share))
        assert score(span_counts("cue", gold, gold), name, share)[2] == 1.0 or not gold
