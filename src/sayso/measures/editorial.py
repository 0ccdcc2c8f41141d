"""Where the outlet itself evaluates, exhorts, takes a contested judgment for granted or generalizes: always in its own voice.

Always true here: the evidence is the outlet's own words; what a quoted or reported speaker says is never editorial; one finding per
sentence, which rests on the part of the sentence that sounds so (all of its own words, if no part stands out).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sayso.measures.heard import TRIGGERS, Heard, Sentence
from sayso.measures.measure import MeasureCard
from sayso.measures.stretches import Voices
from sayso.reading import OUTLET, Finding, Reading
from sayso.spans import Span, Spans, hull, intersect

SHOWN, FOUND = 0.2, 0.3
MEMBER = 0.3  # probability from which a word belongs to the part that sounds so
LEAST = 3  # words of the outlet's own that a sentence must have to editorialize


class Editorial:
    """The measure."""

    name = "editorial"
    labels = TRIGGERS
    card = MeasureCard(
        observes="here the outlet itself evaluates, says what should be done, takes a contested judgment for granted, or generalizes",
        trained=(
            "the project's own sentences and articles (annotated by language models with a written guide, no human coders); opinion pages "
            "and news reports"
        ),
        score="calibrated probability that annotators would call the sentence editorial, were its own-voice words the outlet's",
        candidate_below=FOUND,
        limits=(
            "in an opinion piece this is its job, not a fault; sober conclusions with their reasons and dry irony are borderline for "
            "people too; "
            "whose words they are rests on the attributions, so a quotation that was missed is booked to the outlet"
        ),
    )

    def find(self, reading: Reading, heard: Heard) -> Sequence[Finding]:
        """At most one finding per sentence that has words of the outlet's own."""
        voices = Voices(reading)
        found: list[Finding] = []
        for sentence in heard.sentences:
            own = voices.own(sentence.span)
            inside = [place for place, word in enumerate(sentence.words) if any(part.holds(word) for part in own)]
            if len(inside) < LEAST:
                continue
            probability = _probability(sentence, inside)
            if probability >= SHOWN:
                evidence = _evidence(sentence, inside, own)
                trigger = max(range(len(TRIGGERS)), key=sentence.triggers.__getitem__)
                found.append(
                    Finding(self.name, TRIGGERS[trigger], OUTLET, evidence, probability, probability, candidate=probability < FOUND)
                )
        return found


def _probability(sentence: Sentence, inside: Sequence[int]) -> float:
    """That the outlet's own words of a sentence are editorial.

    Where others speak in it too, the outlet's surest word counts as much as the whole (geometric mean).
    """
    if len(inside) == len(sentence.words):
        return sentence.editorializes
    return math.sqrt(sentence.editorializes * max(sentence.editorial[place] for place in inside))


def _evidence(sentence: Sentence, inside: Sequence[int], own: Spans) -> Spans:
    """The outlet's own words between the first and the last that sound so; all of them if none does."""
    sounding = [place for place in inside if sentence.editorial[place] >= MEMBER] or list(inside)
    whole = hull(sentence.words[place] for place in sounding)
    assert whole is not None
    end = next((part.end for part in own if part.end > whole.end and sounding[-1] == inside[-1]), whole.end)
    return intersect((Span(whole.start, min(end, sentence.span.end)),), own)


measure = Editorial()
