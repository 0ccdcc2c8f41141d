import math
from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.evaluation.matching import best_pairs, match, weights
from sayso.reading import Attribution
from sayso.spans import Span, Spans, iou, overlap

Weights = dict[tuple[int, int], float]

graphs = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 12).map(lambda number: number / 4), max_size=20)


def brute_force(weight: Weights) -> float:
    rows, columns = sorted({i for i, _ in weight}), sorted({j for _, j in weight})
    if len(rows) > len(columns):
        return brute_force({(j, i): value for (i, j), value in weight.items()})
    return max(
        (sum(weight.get(pair, 0.0) for pair in zip(rows, order, strict=True)) for order in permutations(columns, len(rows))), default=0.0
    )


@given(graphs)
@settings(max_examples=100, deadline=None)
def test_the_total_is_the_greatest_there_is(weight: Weights) -> None:
    pairs = best_pairs(weight)
    assert sum(weight[pair] for pair in pairs) == brute_force(weight)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


@st.composite
def attributions(draw: st.DrawFn) -> list[Attribution]:
    def spans(least: int) -> Spans:
        start = draw(st.integers(0, 30))
        return (Span(start, start + draw(st.integers(1, 8))),) if least or draw(st.booleans()) else ()

    return [Attribution(f"A{n}", content=spans(1), source=spans(0), cue=spans(0)) for n in range(draw(st.integers(0, 5)))]


@given(attributions(), attributions())
@settings(deadline=None)
def test_weights_are_the_sum_of_the_three_overlaps(gold: list[Attribution], predicted: list[Attribution]) -> None:
    found = weights(gold, predicted)
    for i, a in enumerate(gold):
        for j, b in enumerate(predicted):
            total = iou(a.cue, b.cue) + iou(a.content, b.content) + iou(a.source, b.source)
            meets = overlap(a.cue, b.cue) > 0 or overlap(a.content, b.content) > 0
            assert found.get((i, j), 0.0) == (total if meets else 0.0)
    chosen, mirrored = match(gold, predicted), match(predicted, gold)
    assert math.isclose(sum(found[pair] for pair in chosen), sum(found[i, j] for j, i in mirrored), abs_tol=1e-9)


@given(attributions())
@settings(deadline=None)
def test_a_shared_source_alone_matches_nothing(gold: list[Attribution]) -> None:
    far = [Attribution(item.id, content=(Span(100, 110),), source=item.source) for item in gold]
    assert match(gold, far) == ()


def test_greedy_would_be_wrong() -> None:
    assert best_pairs({(0, 0): 2.0, (0, 1): 1.75, (1, 0): 1.5}) == ((0, 1), (1, 0))


def test_more_weight_goes_before_more_pairs() -> None:
    assert best_pairs({(0, 0): 3.0, (0, 1): 0.5, (1, 0): 1.0}) == ((0, 0),)


def test_a_large_dense_component_is_solved_quickly_and_well() -> None:
    size = 150
    table = np.random.default_rng(7).random((size, size)) + 0.01
    weight = {(i, j): float(table[i, j]) for i in range(size) for j in range(size)}
    pairs = best_pairs(weight)
    assert len(pairs) == size
    # No swap of two pairs is better: a necessary condition that a greedy choice breaks here.
    rows, columns = (np.array(side) for side in zip(*pairs, strict=True))
    kept = table[rows, columns]
    swapped = table[np.ix_(rows, columns)]
    assert (swapped + swapped.T <= kept[:, None] + kept[None, :] + 1e-9).all()
