"""Stretches of words that go together, and in whose voice they stand.

Always true here: stretches are disjoint and in order; one that crosses from one voice into another is cut at the border, so that each
part is in one voice; a part without a whole word in it is nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.reading import OUTLET, Reading
from sayso.spans import Span, Spans, merge, subtract, trim

GAP = 3  # characters between two words of one stretch: white space, a hyphen, a comma with its space; no longer dash


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that go together, with the highest probability of them."""

    span: Span
    probability: float


def stretches(words: Spans, probabilities: Sequence[float], peak: float, member: float) -> Iterator[Stretch]:
    """Runs of words with at least the probability `member`, one of them at least `peak`."""
    run: list[int] = []
    for place, probability in enumerate((*probabilities, -1.0)):
        if probability >= member and (not run or words[place].start - words[run[-1]].end <= GAP):
            run.append(place)
            continue
        if run:
            highest = max(probabilities[each] for each in run)
            if highest >= peak:
                yield Stretch(Span(words[run[0]].start, words[run[-1]].end), highest)
        run = [place] if probability >= member else []


class Voices:
    """The voices of a reading, for quick questions."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.document.text
        self._laid = sorted((span, voice.speaker) for voice in reading.voices for span in voice.spans)
        self._starts = [span.start for span, _ in self._laid]
        self._handing = merge(span for each in reading.attributions for span in (*each.source, *each.cue))
        self._handing_ends = [span.end for span in self._handing]

    def parts(self, span: Span) -> list[tuple[str, Span]]:
        """The parts of a span with their speakers, in order, trimmed."""
        found: list[tuple[str, Span]] = []
        at = max(0, bisect_right(self._starts, span.start) - 1)
        while at < len(self._laid) and self._laid[at][0].start < span.end:
            laid, speaker = self._laid[at]
            part = Span(max(laid.start, span.start), min(laid.end, span.end))
            inner = trim(self._text, part) if part.start < part.end else None
            if inner is not None:
                found.append((speaker, inner))
            at += 1
        return found

    def own(self, span: Span) -> Spans:
        """The outlet's own words in a span, without those that only hand others' words over (sources and cues)."""
        spoken = merge(part for speaker, part in self.parts(span) if speaker == OUTLET)
        first = bisect_right(self._handing_ends, span.start)
        last = first
        while last < len(self._handing) and self._handing[last].start < span.end:
            last += 1
        rest = (trim(self._text, part) for part in subtract(spoken, self._handing[first:last]))
        return tuple(part for part in rest if part is not None)


def by_voice(reading: Reading, found: Iterable[Stretch]) -> Iterator[tuple[Span, str, float]]:
    """Each stretch, cut where the voice changes, with its speaker and probability; parts without a letter or digit are dropped."""
    voices = Voices(reading)
    for stretch in found:
        for speaker, part in voices.parts(stretch.span):
            if any(character.isalnum() for character in reading.document.text[part.start : part.end]):
                yield part, speaker, stretch.probability
