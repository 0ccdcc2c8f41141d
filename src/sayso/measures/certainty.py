"""Certainty: hedges and boosters as words, in the voice of whoever writes or says them, and how certain each sentence sounds.

Always true here: a word is in one voice, and a phrase that crosses into another voice is nobody's; a verb that hands words over is an
attribution already and no hedge as well ("suggested that"), while an adverb beside it is ("has reportedly said"); the level of a sentence
is a place on a scale, not the probability of anything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sayso.measures import headline
from sayso.measures.headline import HEDGE_LOST
from sayso.measures.heard import Heard, Sentence
from sayso.measures.hedges import BOOSTER, HEDGE, matches
from sayso.measures.measure import MeasureCard
from sayso.measures.stretches import Voices
from sayso.reading import Finding, Reading
from sayso.spans import Span, Spans, merge, overlap, subtract

NAME = "certainty"
LEVEL = "level"
FOUND = 0.6
LEAST = 4  # words that a voice must have in a sentence to be given its level, not counting who speaks there and the cue
CUE_LIKE = ("epistemic verb", "proof")
"""Categories whose words, where they hand something over, are the cue of an attribution and nothing besides."""


class Certainty:
    """The measure."""

    name = NAME
    labels = (HEDGE, BOOSTER, LEVEL, HEDGE_LOST)
    card = MeasureCard(
        observes=(
            "these words hold back from full commitment (hedge) or insist on it (booster); how certain the sentence sounds (level); the "
            "headline says flatly what the text only attributes or hedges (hedge_lost)"
        ),
        trained=(
            "a list of words and phrases after Hyland (2005), read in news articles entry by entry (by a language model, no human coder); "
            "levels: Pei and Jurgens (2021)"
        ),
        score=(
            "hedge, booster, hedge_lost: the confidence; level: a place on a scale from 0 (wholly uncertain) to 1 (wholly certain), which "
            "is no probability: its confidence of 1 says only that the sentence has that place"
        ),
        candidate_below=FOUND,
        limits=(
            "'could' and 'may' are read as doubt although a third and a quarter of them are about ability or permission; hedges that are "
            "not on the list are missed; levels were learned from news about science; hedge_lost compares words and rests on attributions"
        ),
    )

    def find(self, reading: Reading, heard: Heard) -> Sequence[Finding]:
        """Hedges, boosters and levels in order of the text, then what the headline asserts."""
        voices = Voices(reading)
        cues = merge(span for attribution in reading.attributions for span in attribution.cue)
        handing = merge((*cues, *(span for attribution in reading.attributions for span in attribution.source)))
        rows = zip(heard.sentences, _inside(cues, heard.sentences), _inside(handing, heard.sentences), strict=True)
        found: list[Finding] = []
        for sentence, cue, hands in rows:
            found += _words(reading, voices, sentence.span, cue)
            found += _levels(voices, sentence, hands)
        return found + list(headline.lost(reading, heard))


def _inside(spans: Spans, sentences: Sequence[Sentence]) -> Iterator[Spans]:
    """For each sentence those of the spans that stand in it."""
    at = 0
    for sentence in sentences:
        while at < len(spans) and spans[at].end <= sentence.span.start:
            at += 1
        end = at
        while end < len(spans) and spans[end].start < sentence.span.end:
            end += 1
        yield spans[at:end]


def _words(reading: Reading, voices: Voices, sentence: Span, cues: Spans) -> Iterator[Finding]:
    """The hedges and boosters of one sentence."""
    for match in matches(reading.document.text, sentence, reading.document.language):
        parts = voices.parts(match.span)
        if len(parts) != 1 or (match.entry.category in CUE_LIKE and overlap((match.span,), cues)):
            continue
        sure = match.entry.confidence
        yield Finding(NAME, match.entry.label, parts[0][0], (match.span,), sure, sure, candidate=sure < FOUND)


def _levels(voices: Voices, sentence: Sentence, handing: Spans) -> Iterator[Finding]:
    """How certain a sentence sounds, once for each voice that has enough words in it besides those that hand something over."""
    spoken: dict[str, list[Span]] = {}
    for speaker, part in voices.parts(sentence.span):
        if _words_in(sentence, part):  # a full stop by itself says nothing
            spoken.setdefault(speaker, []).append(part)
    for speaker, parts in spoken.items():
        if sum(_words_in(sentence, part) for part in subtract(parts, handing)) >= LEAST:
            yield Finding(NAME, LEVEL, speaker, merge(parts), sentence.certainty, 1.0)


def _words_in(sentence: Sentence, part: Span) -> int:
    """How many words of the sentence begin in a part of it."""
    return bisect_left(sentence.words, (part.end,)) - bisect_left(sentence.words, (part.start,))


measure = Certainty()
