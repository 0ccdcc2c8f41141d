"""Fit the models that label attitude, polarity, outlet stance and commitment (`attribution.labels`).

Always true here: spans are gold spans; all versions of one article stay in one fold; what the commitment owes to a rule is left out of its
training, as the rule decides it in reading too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso.attribution import wording
from sayso.attribution.draft import Draft
from sayso.attribution.labels import COMMITMENT, TASKS, UNCOMMITTED
from sayso.evaluation.corpora import read_gold
from sayso.linear import Clue
from sayso.reading import Attribution, Reading
from sayso.training import linear

RARE = 3  # articles annotated twice count twice, so a clue seen twice may be one place
PENALTIES = (0.3, 1.0, 3.0)  # inverse strengths; beyond these, cross-validation only falls


def fit(gold: Sequence[Path], out: Path) -> dict[str, float]:
    """Fit the four models and write them.

    Args:
        gold: files or folders that `read_gold` reads; articles annotated twice count twice.
        out: the JSON file to write, as `linear.load` reads it.

    Returns:
        For each label task the macro-F1 in cross-validation over articles; for the commitment, of the cases that no rule decides.

    """
    cases = [case for path in gold for reading in read_gold(path, "all") for case in cases_of(reading)]
    models, figures = {}, {}
    for task in TASKS:
        rows = [
            linear.Row(clues, str(getattr(attribution, task)), group)
            for clues, attribution, group in cases
            if task != COMMITMENT or not is_ruled(attribution)
        ]
        models[task], figures[task] = linear.fit(rows, penalties=PENALTIES, rare=RARE)
    linear.save(models, out)
    return figures


def is_ruled(attribution: Attribution) -> bool:
    """Whether the commitment follows from another label."""
    return any(getattr(attribution, task) in labels for task, labels in UNCOMMITTED.items())


def drafts_of(reading: Reading) -> list[Draft]:
    """The attributions of a gold reading as a finder would hand them over."""
    place = {attribution.id: number for number, attribution in enumerate(reading.attributions)}
    return [Draft(a.content, a.source, a.cue, None if a.within is None else place[a.within]) for a in reading.attributions]


def cases_of(reading: Reading) -> Iterator[tuple[tuple[Clue, ...], Attribution, str]]:
    """For each attribution its clues, its gold labels, and the article that it belongs to."""
    drafts = drafts_of(reading)
    for draft, attribution in zip(drafts, reading.attributions, strict=True):
        enclosing = None if draft.within is None else drafts[draft.within]
        yield wording.clues(reading.document, draft, enclosing), attribution, reading.document.text
