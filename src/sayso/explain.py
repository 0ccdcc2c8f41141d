"""Why one attribution got its labels: for each, the clues that spoke for and against it, with the words they rest on.

Always true here: nothing is decided anew. The labels are those of the reading; the reasons are the weights of the very models that chose
them, worked out again from the reading's own spans; a label that no model chose is told without reasons.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.attribution import labels
from sayso.attribution.draft import Draft, Found
from sayso.errors import UsageError
from sayso.linear import Reason
from sayso.reading import Attribution, Reading, Source
from sayso.speakers import profiles, sources
from sayso.speakers.entities import Entity

ATTRIBUTION_TASKS = ("attitude", "polarity", "outlet_stance", "commitment")
SOURCE_TASKS = ("kind", "standing")
RESOLUTIONS = ("name", "description", "reference", "context", "unresolved", "unstated")
Judged = tuple[profiles.Judgment, dict[str, tuple[Reason, ...]]]
"""What a speaker was judged to be, and why."""
_WORD = re.compile(r"[^\W_]{2,}")
_LITTLE = frozenset(
    ("the", "of", "and", "for", "in", "at", "an", "to", "on", "he", "she", "it", "they", "we", "who", "his", "her", "their", "its", "our")
)  # shared by names and words that do not name


@dataclass(frozen=True, slots=True)
class Decision:
    """One label and what led to it.

    Attributes:
        task: what was decided, by its name in the contract: `attitude`, `kind`, …
        label: the label in the reading.
        probability: the model's, in [0, 1]; None if it is not what the model chooses.
        reasons: clues with their weights, those that speak most for the label first; empty if it is not what the model chooses.

    """

    task: str
    label: str
    probability: float | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that led to the labels of one attribution.

    Attributes:
        speaker: the source that it is handed over from.
        resolution: how the words lead to the speaker, one of `RESOLUTIONS`: they give the `name` (or a part of it), a `description` by
            which alone the speaker is known, or a `reference` that was resolved ("she", "the minister"); the `context` gives it where no
            words stand for it; it is `unresolved`; or the text names nobody (`unstated`).

    """

    attribution: Attribution
    speaker: Source
    resolution: str
    decisions: tuple[Decision, ...]


def explain(reading: Reading, attribution_id: str, found: Found | None = None) -> Explanation:
    """Which words led to the labels of one attribution.

    Args:
        reading: the reading.
        attribution_id: which of its attributions.
        found: what the finder found in the document, for the names and links that the speakers were told by; without it, what a
            network said about names is not among the reasons.

    Raises:
        UsageError: if the reading has no attribution of that id.

    """
    (told,) = explanations(reading, (attribution_id,), found)
    return told


def explanations(reading: Reading, wanted: Sequence[str] | None = None, found: Found | None = None) -> tuple[Explanation, ...]:
    """The same for several attributions, with the speakers worked out once; for all in the reading by default."""
    numbers = {attribution.id: number for number, attribution in enumerate(reading.attributions)}
    for unknown in (each for each in wanted or () if each not in numbers):
        known = f"A1 to A{len(numbers)}" if numbers else "none at all"
        raise UsageError(f"no attribution {unknown[:40]!r} in this article: there is {known}")
    made = drafts(reading)
    resolved = sources.resolve(reading.document, replace(found or Found(), drafts=made))
    people: dict[str, Judged] = {}
    return tuple(_explanation(reading, numbers[each], made, resolved, people) for each in (numbers if wanted is None else wanted))


def drafts(reading: Reading) -> tuple[Draft, ...]:
    """The attributions as the drafts that they were made from, in the same order."""
    places = {attribution.id: number for number, attribution in enumerate(reading.attributions)}
    return tuple(
        Draft(a.content, a.source, a.cue, None if a.within is None else places[a.within], a.confidence) for a in reading.attributions
    )


def resolution(words: str, speaker: Source) -> str:
    """How the words of a source, as they stand, lead to the speaker: one of `RESOLUTIONS`."""
    if speaker.identity in ("unstated", "unresolved"):
        return speaker.identity
    if not words:
        return "context"
    if words.casefold() != speaker.name.casefold() and not _words(words) & _words(speaker.name):
        return "reference"
    return "name" if speaker.named else "description"


def _words(text: str) -> set[str]:
    """The words that can tell one name from another."""
    return {word for word in map(str.casefold, _WORD.findall(text)) if word not in _LITTLE}


def _explanation(
    reading: Reading, number: int, made: Sequence[Draft], resolved: sources.Resolved, people: dict[str, Judged]
) -> Explanation:
    """The labels of one attribution and of its speaker, each with its reasons; `people` holds speakers that were judged before."""
    document, attribution, draft = reading.document, reading.attributions[number], made[number]
    speaker = reading.source(attribution.speaker)
    enclosing = None if draft.within is None else made[draft.within]
    chosen, why = labels.explained(document, draft, enclosing)
    decisions = [_decision(task, attribution, chosen, chosen.probability[task], why[task]) for task in ATTRIBUTION_TASKS]
    if speaker.id not in people:
        entity = resolved.entities.get(speaker.id, Entity(speaker.name, speaker.mentions))
        people[speaker.id] = profiles.judged(document, entity, resolved.names)
    judged, told = people[speaker.id]
    for task, shares in zip(SOURCE_TASKS, (judged.kinds, judged.standings), strict=True):
        best = max(shares, key=lambda label: shares[label])
        same = best == getattr(speaker, task)
        decisions.append(Decision(task, best, shares[best], told[task]) if same else Decision(task, getattr(speaker, task)))
    return Explanation(attribution, speaker, resolution(document[attribution.source], speaker), tuple(decisions))


def _decision(task: str, attribution: Attribution, chosen: labels.Labels, probability: float, reasons: tuple[Reason, ...]) -> Decision:
    label = str(getattr(attribution, task))
    return Decision(task, label, probability, reasons) if label == getattr(chosen, task) else Decision(task, label)
