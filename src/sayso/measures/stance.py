"""Stance of a voice towards an actor: whether its words let a person, organization or state come across well, ill, or neither.

Always true here: the holder is whoever speaks the words in which the actor is named, so what Tehran says of Washington is Tehran's stance;
one finding per sentence, holder and actor, neutral ones too (they are what the others are counted against). Where most of a sentence is
what an actor says, he shows himself by it: what the sentence then tells of him is never more than a candidate.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sayso.measures.heard import STANCES, Heard, Mention
from sayso.measures.measure import MeasureCard
from sayso.measures.stretches import Voices
from sayso.reading import Finding, Reading
from sayso.spans import Span, Spans, merge, overlap

NEUTRAL = STANCES.index("neutral")
SAID = 0.5  # share of a sentence that is what somebody says, above which its source is shown by what he says
FOUND = 0.6  # probability from which a stance that is not neutral is counted as found


class Stance:
    """The measure."""

    name = "stance"
    labels = STANCES
    card = MeasureCard(
        observes="in these words the actor comes across favorably, unfavorably, or neither",
        trained="NewsMTSC (Hamborg and Donnay 2021) and the project's own sentences with targets; two thirds are about American politics",
        score="calibrated probability of the label",
        candidate_below=FOUND,
        limits=(
            "it reads one sentence at a time and names only, no pronouns; bad news about somebody is easily taken for an unfavorable "
            "stance; irony is missed; it learned from whole sentences, whoever speaks in them"
        ),
    )

    def find(self, reading: Reading, heard: Heard) -> Sequence[Finding]:
        """One finding per sentence, holder and actor."""
        voices = Voices(reading)
        speaking = merge(span for attribution in reading.attributions for span in attribution.source)
        begins = [span.start for span in speaking]
        grouped: dict[tuple[int, str, int], list[Mention]] = {}
        for mention in heard.mentions:
            parts = voices.parts(mention.span)
            if len(parts) == 1:
                grouped.setdefault((mention.sentence, parts[0][0], mention.actor), []).append(mention)
        found = []
        for (number, holder, actor), mentions in sorted(grouped.items()):
            about = merge(mention.span for mention in mentions)
            laid = voices.parts(heard.sentences[number].span)
            others = sum(part.length for speaker, part in laid if speaker != holder)
            speaks = others > SAID * heard.sentences[number].span.length and any(_touches(span, speaking, begins) for span in about)
            words = merge(part for speaker, part in laid if speaker == holder and overlap((part,), about))
            found.append(_finding(heard.actors[actor].name, holder, words, about, mentions, speaks))
        return found


def _touches(span: Span, others: Spans, begins: Sequence[int]) -> bool:
    """Whether a span overlaps one of a sorted, disjoint row."""
    at = bisect_left(begins, span.end) - 1
    return at >= 0 and others[at].end > span.start


def _finding(target: str, holder: str, words: Spans, about: Spans, mentions: Sequence[Mention], speaks: bool) -> Finding:
    """What several mentions of one actor in one sentence show together: the mean of their probabilities."""
    probabilities = [sum(mention.stance[place] for mention in mentions) / len(mentions) for place in range(len(STANCES))]
    best = max(range(len(STANCES)), key=probabilities.__getitem__)
    sure = min(1.0, probabilities[best])
    candidate = best != NEUTRAL and (speaks or sure < FOUND)
    return Finding(Stance.name, STANCES[best], holder, words, sure, sure, target, about, candidate)


measure = Stance()
