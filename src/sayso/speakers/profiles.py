"""Who a speaker is: kind, standing, whether it is named, role and affiliation, from all its mentions and the words beside its name.

Always true here: kind, standing and named are the likeliest labels of three small models (`data/kinds.json`), the probabilities of the
kind being clues for the other two; a speaker that the text never mentions is `unknown`, without standing, and not named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.attribution.draft import PERSON, Name
from sayso.document import Document
from sayso.linear import Clue, Reason, load
from sayso.speakers.descriptions import UNKNOWN, Profile
from sayso.speakers.entities import Entity
from sayso.speakers.roles import role_of
from sayso.speakers.traits import clues

KIND, STANDING, NAMED = TASKS = ("kind", "standing", "named")
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Judgment:
    """The probabilities of every kind, of every standing, and that the speaker is named; each in [0, 1]."""

    kinds: dict[str, float]
    standings: dict[str, float]
    named: float


def profile(document: Document, entity: Entity, names: Sequence[Name] = ()) -> Profile:
    """Who a speaker is.

    Args:
        document: the document that the mentions point into.
        entity: the speaker; missing mentions cost evidence, nothing else.
        names: all names that a finder found in the document, if it did.

    """
    found = judge(document, entity, names)
    kind = _best(found.kinds)
    role, affiliation = role_of(document, entity) if kind == "person" and entity.kind in ("", PERSON) else ("", "")
    return Profile(entity.name, kind, _best(found.standings), found.named >= 0.5, role=role or None, affiliation=affiliation or None)


def judge(document: Document, entity: Entity, names: Sequence[Name] = ()) -> Judgment:
    """The probabilities behind `profile`."""
    if not entity.mentions and entity.name == UNKNOWN:
        return Judgment({UNKNOWN: 1.0}, {"none": 1.0}, 0.0)
    models = load("kinds")
    found = clues(document, entity, names)
    kinds = models[KIND].probabilities(found)
    more = (*found, *stacked(kinds))
    return Judgment(kinds, models[STANDING].probabilities(more), models[NAMED].probabilities(more)[YES])


def explain(document: Document, entity: Entity, names: Sequence[Name] = ()) -> dict[str, tuple[Reason, ...]]:
    """For `kind` and `standing`, what spoke for and against the label that was chosen, the strongest for it first."""
    return judged(document, entity, names)[1]


def judged(document: Document, entity: Entity, names: Sequence[Name] = ()) -> tuple[Judgment, dict[str, tuple[Reason, ...]]]:
    """Both at once."""
    if not entity.mentions and entity.name == UNKNOWN:
        return judge(document, entity, names), {KIND: (), STANDING: ()}
    models = load("kinds")
    found = clues(document, entity, names)
    kinds = models[KIND].probabilities(found)
    more = (*found, *stacked(kinds))
    standings = models[STANDING].probabilities(more)
    why = {KIND: models[KIND].reasons(found, _best(kinds)), STANDING: models[STANDING].reasons(more, _best(standings))}
    return Judgment(kinds, standings, models[NAMED].probabilities(more)[YES]), why


def stacked(kinds: dict[str, float]) -> tuple[Clue, ...]:
    """The kind's probabilities as clues for standing and named."""
    return tuple(Clue(f"kind={kind}", None, share) for kind, share in kinds.items())


def _best(shares: dict[str, float]) -> str:
    return max(shares, key=lambda label: shares[label])
