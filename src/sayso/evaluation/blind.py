"""What stands beside every figure of a measure: the same without voices, without targets, without a network, without looking at all.

Always true here: the first system is the one under test; a blind row is made of the same parts as it wherever that can be, so that the
difference is what the left-out knowledge is worth. *Voice-blind* runs the very same measures over a reading that knows no speaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from sayso.attribution.voices import voices
from sayso.document import Document
from sayso.evaluation.certain import GoldCertainty, heard_certainty
from sayso.evaluation.choices import most_frequent
from sayso.evaluation.own_voice import Booked, GoldVoices, by_voices, found_by, marks_only, voice_blind
from sayso.evaluation.targets import STANCE, GoldTargets, Label, heard_labels, toneless_labels
from sayso.evaluation.told import EDITORIAL, LOADED, GoldText, Told, told
from sayso.measures.heard import Actor, Heard
from sayso.measures.hedges import HEDGE, matches
from sayso.measures.measure import Measure
from sayso.reading import OUTLET, Reading
from sayso.spans import Span

CANDIDATES, VOICE_BLIND, TARGET_BLIND = "candidates too", "voice-blind", "target-blind"
MARKS, HEDGES, FREQUENT = "quotation marks only", "hedge count alone", "most frequent class"
WORDS = "word list only"
"""What the reader without a network is called where measures are compared."""


class System(Protocol):
    """What is needed of a `Reader`."""

    def pipe(self, documents: Iterable[Document], batch: int = 32) -> Iterator[Reading]:
        """The readings of documents, in order."""
        ...

    def hear(self, documents: Sequence[Document], actors: Sequence[Sequence[Actor]] | None = None) -> list[Heard]:
        """How documents sound; about given actors, or about whoever they name."""
        ...


def without_voices(system: System, documents: Sequence[Document], measures: Iterable[Measure]) -> list[Reading]:
    """Readings that book everything to the outlet, with what the measures of wording find in them."""
    of = [measure for measure in measures if measure.name in (LOADED, EDITORIAL)]
    found: list[Reading] = []
    for document, heard in zip(documents, system.hear(documents, [()] * len(documents)), strict=True):
        bare = Reading(document=document, voices=voices(document, ()))
        found.append(replace(bare, findings=tuple(finding for measure in of for finding in measure.find(bare, heard))))
    return found


def told_rows(gold: Sequence[GoldText], systems: Mapping[str, System], measures: Iterable[Measure]) -> dict[str, list[Told]]:
    """Loaded words and editorial stretches: every system, and the first one without voices."""
    documents = [text.document for text in gold]
    rows = {name: [told(reading) for reading in system.pipe(documents)] for name, system in systems.items()}
    first = next(iter(systems), None)
    if first is not None:
        rows[f"{first}, {CANDIDATES}"] = [one.everything() for one in rows[first]]
        rows[VOICE_BLIND] = [told(reading) for reading in without_voices(systems[first], documents, measures)]
    rows[FREQUENT] = [Told()] * len(gold)
    return rows


def target_rows(gold: Sequence[GoldTargets], systems: Mapping[str, System], measure: str) -> dict[str, list[list[Label]]]:
    """Stances or roles: every system, and for stance the first one without looking at targets, and without voices."""
    documents, actors = [text.document for text in gold], [text.actors for text in gold]
    held = any(label.holder for text in gold for label in text.first)
    rows: dict[str, list[list[Label]]] = {}
    blind: list[list[Label]] = []
    for number, (name, system) in enumerate(systems.items()):
        heard = system.hear(documents, actors)
        readings: Sequence[Reading | None] = list(system.pipe(documents)) if held else [None] * len(documents)
        rows[name] = [heard_labels(text, one, measure, reading) for text, one, reading in zip(gold, heard, readings, strict=True)]
        if not number:
            blind = [toneless_labels(text, one) for text, one in zip(gold, heard, strict=True)]
    if measure == STANCE:
        rows[TARGET_BLIND] = blind
        if held:
            rows[VOICE_BLIND] = [[replace(label, holder=OUTLET) for label in found] for found in next(iter(rows.values()))]
    usual = Label(most_frequent([label.label for text in gold for label in text.first]), OUTLET)
    rows[FREQUENT] = [[usual] * len(text.asked) for text in gold]
    return rows


def certainty_rows(gold: Sequence[GoldCertainty], systems: Mapping[str, System]) -> dict[str, list[float]]:
    """Certainty: every system, and the number of hedges alone."""
    documents = [text.document for text in gold]
    rows = {name: [heard_certainty(heard) for heard in system.hear(documents, [()] * len(gold))] for name, system in systems.items()}
    return rows | {HEDGES: [-float(hedges(document)) for document in documents]}


def hedges(document: Document) -> int:
    """How many hedges a text holds."""
    text = document.text
    return sum(match.entry.label == HEDGE for match in matches(text, Span(0, len(text)), document.language)) if text else 0


def own_voice_rows(gold: Sequence[GoldVoices], systems: Mapping[str, System], measures: Sequence[Measure]) -> dict[str, list[Booked]]:
    """Who books what: every system, quotation marks alone, and without voices; the last two with what the first one's measures find."""
    documents = [article.document for article in gold]
    rows = {name: [by_voices(reading) for reading in system.pipe(documents)] for name, system in systems.items()}
    first = next(iter(systems.values()), None)
    heard = without_voices(first, documents, measures) if first is not None and measures else [Reading(one) for one in documents]
    for name, book in ((MARKS, marks_only), (VOICE_BLIND, voice_blind)):
        rows[name] = [book(document, found_by(reading)) for document, reading in zip(documents, heard, strict=True)]
    return rows
