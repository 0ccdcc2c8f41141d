"""Attributions inside others: are they found, and is the right one named as what they stand in?"""

from __future__ import annotations

from sayso.evaluation.metrics import Counts, Ladder, climb, ladder_counts, share
from sayso.reading import Reading


def nesting_counts(gold: Reading, predicted: Reading, ladder: Ladder) -> Counts:
    """Parents of matched attributions, and the ladder for inner and for outermost attributions, each matched among themselves.

    `parent`: of matched pairs, the share whose enclosing attributions are none on both sides or matched to each other (Breck & Cardie
    2004); `parent_inner`: the same over pairs whose gold attribution is an inner one.
    """
    partner = {gold.attributions[i].id: predicted.attributions[j].id for i, j in ladder}
    right = inner = right_inner = 0
    for i, j in ladder:
        above = gold.attributions[i].within
        same = (None if above is None else partner.get(above, "")) == predicted.attributions[j].within
        right += same
        inner += above is not None
        right_inner += above is not None and same
    counts = {**share("parent", right, len(ladder)), **share("parent_inner", right_inner, inner)}
    for prefix, is_inner in (("inner.", True), ("outermost.", False)):
        ours, theirs = (_only(reading, is_inner) for reading in (gold, predicted))
        counts |= ladder_counts(ours, theirs, climb(gold.document.text, ours.attributions, theirs.attributions), prefix)
    return counts


def _only(reading: Reading, inner: bool) -> Reading:
    return Reading(reading.document, tuple(item for item in reading.attributions if (item.within is not None) == inner), reading.sources)
