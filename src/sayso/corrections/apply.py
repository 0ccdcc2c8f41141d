"""Corrections applied to a reading: a reading again, with what people say in place of what the machine had found.

Always true here: the reading keeps the contract, whatever the corrections; the order in which they are given makes no difference; nothing
is lost: a correction either is applied or waits, with the reason; taking all of them back gives the machine's reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.corrections.changing import Changing, NotThere
from sayso.corrections.correction import (
    ADD,
    CHECKED,
    CONFIRM,
    FINDING,
    LABEL,
    OF_SOURCE,
    REMOVE,
    SPAN,
    SPEAKER,
    Correction,
)
from sayso.corrections.settled import Settled, settle
from sayso.reading import Reading

_STEPS = (REMOVE, ADD, CONFIRM, SPAN, SPEAKER, LABEL, FINDING, CHECKED)
"""What is removed cannot be taken for what was added in its place; what somebody found right
is there before what somebody set, and who speaks before a label of that source."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A reading with its corrections.

    Attributes:
        reading: with the corrections that could be applied; attributions of the machine keep their ids.
        machine: as it was read.
        applied: the corrections that count, by time.
        waiting: those that could not be applied, by time: their place is not there any more, or not to be told from another.
        why: for each that waits, by its id, the reason.
        by: the applied ones of each attribution, by its id in `reading` (or, if it was removed, in `machine`).
        findings: the applied ones of each finding, by its number in `machine.findings`.
        settled: which corrections count at all.

    """

    reading: Reading
    machine: Reading
    applied: tuple[Correction, ...] = ()
    waiting: tuple[Correction, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict, hash=False)
    by: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict, hash=False)
    findings: Mapping[int, Correction] = field(default_factory=dict, hash=False)
    settled: Settled = field(default_factory=Settled)

    @property
    def disputed(self) -> tuple[Correction, ...]:
        """Corrections that somebody else replaced by saying something else."""
        return self.settled.disputed

    @property
    def checked(self) -> tuple[Correction, ...]:
        """Who said, and when, that all of the article was looked at."""
        return tuple(each for each in self.applied if each.kind == CHECKED)


def corrected(reading: Reading, corrections: Iterable[Correction]) -> Corrected:
    """The reading with the corrections of its article; those of other articles are passed over.

    Args:
        reading: as the machine read it.
        corrections: in any order.

    """
    settled = settle(each for each in corrections if each.article == reading.document.id)
    if not settled.standing:
        return Corrected(reading, reading, settled=settled)
    changing = Changing(reading)
    applied: list[Correction] = []
    why: dict[str, str] = {}
    for step in _STEPS:
        for each in _in_step(settled.standing, step):
            try:
                changing.take(each)
            except NotThere as error:
                why[each.id] = str(error)
            else:
                applied.append(each)
    order = {each.id: number for number, each in enumerate(settled.standing)}
    by = {name: tuple(sorted(found, key=lambda each: order[each.id])) for name, found in changing.by.items()}
    return Corrected(
        reading=changing.reading(),
        machine=reading,
        applied=tuple(sorted(applied, key=lambda each: order[each.id])),
        waiting=tuple(each for each in settled.standing if each.id in why),
        why=why,
        by=by,
        findings=dict(changing.judged),
        settled=settled,
    )


def _in_step(standing: Sequence[Correction], step: str) -> list[Correction]:
    """The corrections of one step; labels of sources come after those of statements."""
    return sorted((each for each in standing if each.kind == step), key=lambda each: each.kind == LABEL and each.field in OF_SOURCE)
