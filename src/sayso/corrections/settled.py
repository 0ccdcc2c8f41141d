"""Which corrections count: what was taken back does not, and of several about one thing the latest does.

Always true here: the order in which corrections are given makes no difference, since they are ordered by time and id; giving one twice
makes none either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.corrections.correction import ADD, CHECKED, CONFIRM, FINDING, LABEL, OF_SOURCE, REMOVE, WITHDRAW, Correction

Subject = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """Corrections of one article, sorted out.

    Attributes:
        standing: those that count, by time; withdrawals are not among them.
        replaced: those that a later one about the same thing replaced.
        withdrawn: those that were taken back.
        disputed: those of `replaced` that say something else than the later one, by another person.

    """

    standing: tuple[Correction, ...] = ()
    replaced: tuple[Correction, ...] = ()
    withdrawn: tuple[Correction, ...] = ()
    disputed: tuple[Correction, ...] = ()


def in_time(corrections: Iterable[Correction]) -> list[Correction]:
    """The corrections from the first to the last, each once."""
    return sorted({each.id: each for each in corrections}.values(), key=lambda each: (_seconds(each.when), each.id))


def settle(corrections: Iterable[Correction]) -> Settled:
    """Sort the corrections of one article out."""
    ordered = in_time(corrections)
    taken: set[str] = set()
    for each in reversed(ordered):  # a withdrawal can be withdrawn itself, by a later one
        if each.kind == WITHDRAW and each.id not in taken:
            taken.add(str(each.value))
    latest: dict[Subject, Correction] = {}
    replaced: list[Correction] = []
    for each in ordered:
        if each.kind != WITHDRAW and each.id not in taken:
            before = latest.pop(subject(each), None)
            if before is not None:
                replaced.append(before)
            latest[subject(each)] = each
    disputed = tuple(each for each in replaced if _differ(each, latest[subject(each)]))
    return Settled(tuple(latest.values()), tuple(replaced), tuple(each for each in ordered if each.id in taken), disputed)


def subject(correction: Correction) -> Subject:
    """What a correction is about: two with the same subject cannot both hold."""
    place = (correction.place.content, correction.place.cue) if correction.place else ()
    if correction.kind in (CONFIRM, REMOVE):
        return ("there", *place)
    if correction.kind == LABEL and correction.field in OF_SOURCE:
        return (LABEL, correction.field, correction.about.casefold())
    if correction.kind == CHECKED:
        return (CHECKED, correction.who.casefold())
    if correction.kind in (ADD, FINDING):
        return (correction.kind, correction.field, correction.about, *place)
    return (correction.kind, correction.field, *place)


def _differ(one: Correction, other: Correction) -> bool:
    return one.who.casefold() != other.who.casefold() and (one.kind, one.value) != (other.kind, other.value)


def _seconds(when: str) -> str:
    """A time so that times compare as texts, with and without fractions."""
    whole, _, fraction = when.removesuffix("Z").partition(".")
    return f"{whole}.{fraction:0<6}"
