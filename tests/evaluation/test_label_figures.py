from dataclasses import replace

import numpy as np
import pytest

from sayso.document import Document
from sayso.evaluation.bootstrap import draws, figures, scores, table
from sayso.evaluation.labels import LABELS, METRICS, label_counts
from sayso.evaluation.metrics import Counts, Metric, climb, f1
from sayso.reading import Attribution, Reading, Source
from sayso.spans import Span

POLARITIES = ["affirms", "affirms", "affirms", "denies", "withholds"]
TEXT = "".join(f"Ada said dam {n} holds. " for n in range(len(POLARITIES)))


def reading(polarities: list[str], kind: str = "person") -> Reading:
    rows = []
    for n, polarity in enumerate(polarities):
        start = TEXT.index(f"Ada said dam {n}")
        content, source, cue = (Span(start + 9, start + 20),), (Span(start, start + 3),), (Span(start + 4, start + 8),)
        rows.append(Attribution(f"A{n}", content, source, cue, "S1", polarity=polarity, chain=("outlet", "S1")))
    return Reading(Document(text=TEXT), tuple(rows), (Source("S1", "Ada", kind, named=True),))


GOLD = reading(POLARITIES)


def counts(predicted: Reading) -> Counts:
    return label_counts(GOLD, predicted, climb(TEXT, GOLD.attributions, predicted.attributions))


def value(found: Counts, name: str) -> float:
    (metric,) = [metric for metric in METRICS if metric.name == name]
    return float(metric.score(lambda column: np.array(found[column]))[2])


def test_a_perfect_reading() -> None:
    found = counts(GOLD)
    for label in LABELS:
        assert value(found, f"label.{label}") == 1.0
    assert value(found, "macro.polarity") == 1.0
    assert np.isnan(value(found, "label.outlet_stance=rejects"))  # neither side has one


def test_accuracy_f1_and_macro_f1() -> None:
    # affirms: 2 of 3 found, 1 of 3 guesses wrong: P = R = 2/3. denies: found, 1 of 2 guesses wrong: P 1/2, R 1, F1 2/3. withholds: 0.
    found = counts(reading(["affirms", "affirms", "denies", "denies", "affirms"]))
    assert value(found, "label.polarity") == pytest.approx(3 / 5)
    assert value(found, "label.polarity=affirms") == pytest.approx(2 / 3)
    assert value(found, "label.polarity=denies") == pytest.approx(2 / 3)
    assert value(found, "label.polarity=withholds") == 0.0
    assert value(found, "macro.polarity") == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)


def test_a_value_that_the_gold_has_not_is_no_part_of_the_mean_but_costs_recall() -> None:
    found = counts(
        replace(GOLD, attributions=tuple(replace(a, outlet_stance="endorses") for a in GOLD.attributions[:1]) + GOLD.attributions[1:])
    )
    # acknowledges: P 4/4, R 4/5, F1 8/9; endorses is in no gold.
    assert value(found, "macro.outlet_stance") == pytest.approx(8 / 9)
    assert value(found, "label.outlet_stance=endorses") == 0.0


def test_labels_of_the_speaker() -> None:
    found = counts(reading(POLARITIES, kind="group"))
    assert (value(found, "label.kind"), value(found, "label.named"), value(found, "macro.kind")) == (0.0, 1.0, 0.0)


def test_only_linked_pairs_count_and_gold_without_speakers_carries_no_labels() -> None:
    assert counts(replace(GOLD, attributions=GOLD.attributions[:2]))["label.kind:of"] == 2
    nameless = replace(GOLD, sources=(Source("S1", "unknown"),))
    assert label_counts(nameless, GOLD, climb(TEXT, nameless.attributions, GOLD.attributions)) == {}


def test_macro_f1_is_worked_out_from_sums_in_every_resample() -> None:
    metrics = [Metric("macro", "", "", parts=("a", "b"))]
    articles = [f1("a", 1, 2, 2) | f1("b", 0, 0, 0), f1("a", 1, 1, 1) | f1("b", 1, 3, 1), f1("a", 0, 0, 1) | f1("b", 0, 1, 1)]
    matrix, place = table(articles, metrics)
    values = scores(matrix.sum(axis=0), place, metrics)
    # a: 2 hits of 3 and of 4, F1 4/7; b: 1 hit of 4 and of 2, F1 2/6. Not the mean over articles.
    np.testing.assert_allclose(values[0], (4 / 7 + 2 / 6) / 2)
    samples = scores(draws(3, 50) @ matrix, place, metrics)[..., 2]
    for row, sample in zip(draws(3, 50), samples, strict=True):
        np.testing.assert_allclose(sample, scores(row @ matrix, place, metrics)[:, 2])
    figure = figures(metrics, values, samples)["macro"]
    assert figure.precision is None
    assert figure.low is not None
    assert figure.value is not None
    assert figure.low <= figure.value
    # A resample of the first article alone has no b in gold: the mean is a's F1.
    np.testing.assert_allclose(scores(3 * matrix[0], place, metrics)[0, 2], 0.5)
