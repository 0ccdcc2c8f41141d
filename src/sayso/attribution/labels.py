"""What the outlet's words say about the content: form, attitude, polarity, the outlet's stance, the speaker's commitment.

Always true here: labels come from the closed sets of the contract, and hold together: what is asked, ordered or withheld is committed to
by nobody (`unknown`). Form is a rule; the other four are small models (`data/labels.json`) over the clues of `wording`, among them the
lexicon's own reading of the cue, so that each can be explained by words of the text.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sayso import linear
from sayso.attribution import wording
from sayso.attribution.cuewords import ENDORSED_DENIAL
from sayso.attribution.draft import Draft
from sayso.document import Document
from sayso.linear import Clue, Reason
from sayso.spans import Span, Spans, hull

TASKS = ATTITUDE, POLARITY, OUTLET_STANCE, COMMITMENT = "attitude", "polarity", "outlet_stance", "commitment"
UNCOMMITTED = {ATTITUDE: ("question", "directive"), POLARITY: ("withholds",)}
"""Labels with which the commitment is `unknown`, by rule."""
_ALNUM = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Labels:
    """The four labels that follow from how the words are handed over."""

    attitude: str = "assertion"
    polarity: str = "affirms"
    outlet_stance: str = "acknowledges"
    commitment: str = "certain"
    probability: Mapping[str, float] = field(default_factory=dict, hash=False)
    """How sure each of the four is, in [0, 1], by its name."""


def form(document: Document, content: Spans, quotations: Sequence[Span]) -> str:
    """`direct` if all words of the content stand in quotation marks, `indirect` if none does, else `mixed`.

    Args:
        document: the document that the spans point into.
        content: the spans of the content.
        quotations: all quotations of the document, sorted and disjoint.

    """
    inside = outside = False
    text = document.text
    for start, end in content:
        at = start
        index = max(0, bisect_left(quotations, (start,)) - 1)
        while index < len(quotations) and quotations[index].start < end:
            mark = quotations[index]
            index += 1
            if mark.end <= at:
                continue
            outside = outside or bool(_ALNUM.search(text, at, max(at, mark.start)))
            at = max(at, mark.start)
            inside = inside or bool(_ALNUM.search(text, at, min(end, mark.end)))
            at = min(end, mark.end)
        outside = outside or bool(_ALNUM.search(text, at, end))
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def labels(document: Document, draft: Draft, enclosing: Draft | None = None) -> Labels:
    """Attitude, polarity, outlet stance and commitment of one draft, each with its probability.

    Args:
        document: the document that the drafts point into.
        draft: the attribution in question.
        enclosing: the one in whose content it stands, if any.

    """
    return _labels(wording.clues(document, draft, enclosing))


def _labels(clues: Sequence[Clue]) -> Labels:
    models = linear.load("labels")
    chosen: dict[str, str] = {}
    sure: dict[str, float] = {}
    for task in TASKS:
        ruling = _ruling(task, chosen, clues)
        if ruling is None:
            shares = models[task].probabilities(clues)
            chosen[task] = max(shares, key=lambda label: shares[label])
            sure[task] = shares[chosen[task]]
        else:
            chosen[task], sure[task] = ruling.label, sure[ruling.follows]
    return Labels(**chosen, probability=sure)


class _Ruling(NamedTuple):
    """A label that follows from another task's label."""

    label: str
    follows: str


def _ruling(task: str, chosen: Mapping[str, str], clues: Sequence[Clue]) -> _Ruling | None:
    """What the contract leaves no choice in: a commitment to nothing, and the stance towards a denial that is itself vouched for."""
    if task == COMMITMENT:
        follows = next((other for other, uncommitted in UNCOMMITTED.items() if chosen[other] in uncommitted), None)
        return None if follows is None else _Ruling("unknown", follows)
    if task == OUTLET_STANCE and chosen[POLARITY] == "denies" and any(clue.name == ENDORSED_DENIAL for clue in clues):
        return _Ruling("endorses", POLARITY)
    return None


def explain(document: Document, draft: Draft, enclosing: Draft | None = None) -> dict[str, tuple[Reason, ...]]:
    """Why each of the four labels was chosen: by task, the clues that count, those that speak most for the label first.

    A label that follows from another one by rule has one reason, which names that one (`attitude=directive`); its weight is the log odds
    of that label.
    """
    return explained(document, draft, enclosing)[1]


def explained(document: Document, draft: Draft, enclosing: Draft | None = None) -> tuple[Labels, dict[str, tuple[Reason, ...]]]:
    """The labels and why they were chosen, both at once."""
    clues = wording.clues(document, draft, enclosing)
    found = _labels(clues)
    chosen = {task: str(getattr(found, task)) for task in TASKS}
    reasons: dict[str, tuple[Reason, ...]] = {}
    for task in TASKS:
        ruling = _ruling(task, chosen, clues)
        if ruling is None:
            reasons[task] = linear.load("labels")[task].reasons(clues, chosen[task])
        else:
            share = min(found.probability[ruling.follows], 1 - 1e-9)
            name = f"{ruling.follows}={chosen[ruling.follows]}"
            reasons[task] = (Reason(Clue(name, hull(draft.cue)), math.log(share / (1 - share))),)
    return found, reasons
