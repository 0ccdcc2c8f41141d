"""A reading cut into statements: what it says, one sentence of one voice at a time, with all that is known of how it is said.

A statement is what can be compared between outlets: a sentence (or the part of one) that an attribution hands over, or that the outlet
says itself. The words that hand something over ("the minister said on Tuesday") are no statement.

Always true here: statements are in order of the text and disjoint; each stands in one voice and in one sentence; a statement of somebody
else's names the innermost attribution that hands it over; a stretch of fewer than `SHORTEST` words is none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.attribution.voices import by_attribution
from sayso.language import sentence_spans
from sayso.reading import Attribution, Reading
from sayso.spans import Span, Spans, merge, subtract, trim
from sayso.structure import word_spans

SHORTEST = 4  # words


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that one voice says.

    Attributes:
        spans: its words; several where they are interrupted ("A," she said, "B").
        sentence: the sentence they stand in.
        attribution: who hands it over and how; None where it is the outlet's own.

    """

    spans: Spans
    sentence: Span
    attribution: Attribution | None = None


def statements(reading: Reading) -> tuple[Statement, ...]:
    """The statements of a reading."""
    text = reading.document.text
    handing = merge(span for each in reading.attributions for span in (*each.source, *each.cue))
    begins, ends = [span.start for span in handing], [span.end for span in handing]  # merged, so both are in order
    by_id = {each.id: each for each in reading.attributions}
    starts = [word.start for word in word_spans(text)]
    laid = by_attribution(reading)
    found: list[Statement] = []
    at = 0
    for sentence in sentence_spans(text):
        held: dict[str, list[Span]] = {}
        while at < len(laid) and laid[at][0].end <= sentence.start:
            at += 1
        here = at
        while here < len(laid) and laid[here][0].start < sentence.end:
            span, part = laid[here]
            held.setdefault(part, []).append(Span(max(span.start, sentence.start), min(span.end, sentence.end)))
            here += 1
        cues = handing[bisect_right(ends, sentence.start) : bisect_left(begins, sentence.end)]
        for part, spans in held.items():
            words = _trimmed(text, subtract(spans, cues))
            if sum(bisect_left(starts, span.end) - bisect_left(starts, span.start) for span in words) >= SHORTEST:
                found.append(Statement(words, sentence, by_id.get(part)))
    return tuple(sorted(found, key=lambda statement: statement.spans))


def _trimmed(text: str, spans: Iterable[Span]) -> Spans:
    trimmed = (trim(text, span) for span in spans)
    return tuple(_begun(text, span) for span in trimmed if span is not None and any(map(str.isalnum, text[span.start : span.end])))


def _begun(text: str, span: Span) -> Span:
    """Without the commas and dashes that tied it to what stands before."""
    return Span(span.end - len(text[span.start : span.end].lstrip(" \t\r\n,;:.–—-)")), span.end)
