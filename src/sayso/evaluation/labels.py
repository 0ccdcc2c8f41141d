"""How often the labels of a found attribution are right: accuracy, and F1 for each value so that rare ones are seen.

Always true here: only linked pairs count (source and cue meet, half of the content is shared), so a label is never blamed for a missing
attribution; an article whose gold names no source at all carries no labels and is left out. Macro-F1 is the mean of the values' F1, each
from counts summed over all articles, over the values that occur in the gold.
"""

from __future__ import annotations

from collections import Counter

from sayso import reading as contract
from sayso.evaluation.corpora import UNKNOWN
from sayso.evaluation.metrics import Counts, Ladder, Metric, f1, share
from sayso.reading import Attribution, Reading

CLOSED = {
    "attitude": contract.ATTITUDES,
    "polarity": contract.POLARITIES,
    "outlet_stance": contract.OUTLET_STANCES,
    "commitment": contract.COMMITMENTS,
    "form": contract.FORMS,
    "kind": contract.KINDS,
    "standing": contract.STANDINGS,
}
OF_THE_SPEAKER = ("kind", "standing", "named")
LABELS = ("kind", "standing", "named", "attitude", "polarity", "outlet_stance", "commitment", "form")


def linked(gold: Reading, predicted: Reading, ladder: Ladder) -> list[tuple[Attribution, Attribution]]:
    """The pairs (gold, predicted) whose labels are compared."""
    return [(gold.attributions[i], predicted.attributions[j]) for (i, j), reached in ladder.items() if "linked_soft" in reached]


def has_labels(reading: Reading) -> bool:
    """Whether the gold of this article says who speaks; gold that only marks spans does not."""
    return any(source.name != UNKNOWN for source in reading.sources)


def label_counts(gold: Reading, predicted: Reading, ladder: Ladder) -> Counts:
    """Accuracy of every label, and F1 of every value of the closed sets, over linked pairs."""
    if not has_labels(gold):
        return {}
    pairs = linked(gold, predicted, ladder)
    counts: Counts = {}
    for label in LABELS:
        both = [(_label(gold, a, label), _label(predicted, b, label)) for a, b in pairs]
        counts |= share(f"label.{label}", sum(a == b for a, b in both), len(both))
        ours, theirs, right = Counter(a for a, _ in both), Counter(b for _, b in both), Counter(a for a, b in both if a == b)
        for value in CLOSED.get(label, ()):
            counts |= f1(f"label.{label}={value}", right[value], theirs[value], ours[value])
    return counts


def _label(reading: Reading, attribution: Attribution, label: str) -> object:
    return getattr(reading.source(attribution.speaker) if label in OF_THE_SPEAKER else attribution, label)


_ACCURACY = "labels of linked attributions, accuracy"
_MACRO = "labels of linked attributions, macro-F1"
METRICS = (
    *(Metric(f"label.{label}", label.replace("_", " "), _ACCURACY, share=True) for label in LABELS),
    *(
        Metric(f"macro.{label}", label.replace("_", " "), _MACRO, parts=tuple(f"label.{label}={value}" for value in values))
        for label, values in CLOSED.items()
    ),
    *(
        Metric(f"label.{label}={value}", value, f"{label.replace('_', ' ')} of linked attributions, F1 by value")
        for label, values in CLOSED.items()
        for value in values
    ),
)
