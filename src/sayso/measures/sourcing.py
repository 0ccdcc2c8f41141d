"""Sourcing: who speaks in an article, how much of it, who first and who last, and who without a name; counts and no model.

Always true here: all numbers are those of the source audit (`audit`); the evidence of a finding is the words in that source's voice; the
one that stands for nobody ("it was reported") is no source that speaks, yet its words may be the first or last that are not the outlet's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.audit import SourceAudit, audit
from sayso.measures.heard import Heard
from sayso.measures.measure import MeasureCard
from sayso.reading import Finding, Reading
from sayso.spans import Spans, trim

NAME = "sourcing"
SPEAKS, FIRST, LAST, UNNAMED = "speaks", "first", "last", "unnamed"


class Sourcing:
    """The measure."""

    name = NAME
    labels = (SPEAKS, FIRST, LAST, UNNAMED)
    card = MeasureCard(
        observes="this source speaks here (speaks), before or after all others (first, last), and is described but not named (unnamed)",
        trained="counts",
        score=(
            "speaks, unnamed: share of the article's words that are in its voice; first: share of the words that stand before; last: share "
            "of the words up to its end; none is a probability. The confidence is that of the surest attribution it rests on and of "
            "its speaker; nothing is held back as a candidate"
        ),
        candidate_below=0.0,
        limits="it is as right as the attributions and their speakers are; who was asked and did not answer is not in the text",
    )

    def find(self, reading: Reading, heard: Heard) -> Sequence[Finding]:  # noqa: ARG002 - it counts, and hears nothing
        """One finding per source that speaks, one per source that is not named, and the first and the last voice."""
        return list(_findings(reading))


def _findings(reading: Reading) -> Iterator[Finding]:
    found = audit(reading)
    text = reading.document.text
    spans = {voice.speaker: tuple(part for span in voice.spans if (part := trim(text, span)) is not None) for voice in reading.voices}
    sure: dict[str, float] = {}
    for attribution in reading.attributions:
        sure[attribution.speaker] = max(attribution.confidence * attribution.speaker_confidence, sure.get(attribution.speaker, 0.0))
    rows = {row.source.id: row for row in found.sources if spans.get(row.source.id)}
    for who, row in rows.items():
        if row.source.identity != "unstated":
            yield _finding(SPEAKS, who, spans[who], row.share, sure[who], row)
        if row.source.identity == "unnamed":
            yield _finding(UNNAMED, who, spans[who], row.share, sure[who], row)
    first, last = found.totals.first_speaker, found.totals.last_speaker
    if first is not None and first in rows and (place := rows[first].first):
        yield _finding(FIRST, first, spans[first][:1], place.share, sure[first], rows[first])
    if last is not None and last in rows and (place := rows[last].last):
        yield _finding(LAST, last, spans[last][-1:], place.share, sure[last], rows[last])


def _finding(label: str, who: str, evidence: Spans, score: float, sure: float, row: SourceAudit) -> Finding:
    return Finding(NAME, label, who, evidence, score, sure, about=row.source.mentions)


measure = Sourcing()
