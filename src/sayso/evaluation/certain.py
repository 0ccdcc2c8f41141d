"""How certain sentences sound against what people say: Pearson's and Spearman's correlation.

Always true here: gold is JSON lines as made from Pei & Jurgens (2021): `{id, text, certainty}`, certainty from 1 to 6; records without a
score are left out. What a system says may be on any scale. The ranks of Spearman's correlation are those among all gold items, also in
resamples of them; ties share the mean of their ranks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.document import Document
from sayso.evaluation import bootstrap
from sayso.evaluation.choices import report
from sayso.evaluation.jsonlines import records
from sayso.evaluation.metrics import Counts, Metric, moments
from sayso.evaluation.report import Report
from sayso.evaluation.told import part_of
from sayso.measures.heard import Heard

METRICS = (
    Metric("certainty", "Pearson's r × 100", "certainty of the sentence", correlation=True),
    Metric("certainty.rank", "Spearman's ρ × 100", "certainty of the sentence", correlation=True),
)


@dataclass(frozen=True, slots=True)
class GoldCertainty:
    """One text and how certain people find it."""

    document: Document
    certainty: float


def read_certainty(path: Path, part: str | None = None) -> list[GoldCertainty]:
    """Read a gold file.

    Args:
        path: JSON lines, as above.
        part: keep the records of this `part` or `split` only.

    Raises:
        UnreadableInput: it is missing or cannot be decoded.
        ContractError: a line is broken; the message names it.

    """
    found = records(path, lambda value: (part_of(value), _text(value)))
    return [text for of, text in found if text is not None and part in (None, of)]


def _text(value: Mapping[str, Any]) -> GoldCertainty | None:
    document = Document(text=value["text"], origin=str(value["id"]))
    return None if value["certainty"] is None else GoldCertainty(document, float(value["certainty"]))


def heard_certainty(heard: Heard) -> float:
    """The mean certainty of a text's sentences, weighted by their words; 0.5 without any."""
    words = sum(len(sentence.words) for sentence in heard.sentences)
    return sum(sentence.certainty * len(sentence.words) for sentence in heard.sentences) / words if words else 0.5


def ranks(values: Sequence[float]) -> list[float]:
    """The place of each value among all, from 0; equal ones share the mean of their places."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for at in order[start:end]:
            found[at] = (start + end - 1) / 2
        start = end
    return found


def evaluate_certainty(
    gold: Sequence[GoldCertainty],
    systems: Mapping[str, Sequence[float]],
    resamples: int = bootstrap.RESAMPLES,
    seed: int = bootstrap.SEED,
) -> Report:
    """Correlate what systems say with gold.

    Args:
        gold: texts with a score.
        systems: for each system, its score of every text, in the order of `gold`.
        resamples: number of bootstrap resamples over texts.
        seed: of the resamples.

    Raises:
        UsageError: there is no gold.

    """
    return report(
        ("certainty", "how certain sentences sound, against the mean of several people"),
        [str(number) for number in range(len(gold))],
        (len(gold), "sentences"),
        {system: _counts([text.certainty for text in gold], scores) for system, scores in systems.items()},
        METRICS,
        "sentences",
        resamples=resamples,
        seed=seed,
    )


def _counts(gold: Sequence[float], scores: Sequence[float]) -> list[Counts]:
    """The counts of each text. Both sides are centered first, which changes no correlation and keeps the sums small."""
    sides = [_centered(side) for side in (gold, scores, ranks(gold), ranks(scores))]
    return [
        moments("certainty", [(ours, theirs)]) | moments("certainty.rank", [(our_rank, their_rank)])
        for ours, theirs, our_rank, their_rank in zip(*sides, strict=True)
    ]


def _centered(values: Sequence[float]) -> list[float]:
    middle = sum(values) / len(values) if values else 0.0
    return [value - middle for value in values]
