"""What named sources are made to say, and what the outlet says in ways worth looking at: rows out of one reading, for the kept tables.

Always true here: a row points at the very place in its article (the number of the attribution or of the finding, from 1); words are safe to
be shown, and cut to a length that fits a list.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sayso import language
from sayso.audit import verb
from sayso.export.names import key
from sayso.reading import OUTLET, Attribution, Reading, Source
from sayso.render.safe import one_line
from sayso.render.words import chain
from sayso.site.links import slug
from sayso.spans import Span
from sayso.structure import word_spans

LONGEST = 280  # characters of a statement in a list
WORTH = ("loaded", "editorial")  # measures whose findings are listed for an outlet

STATEMENTS = {
    "slug": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR", "shown": "VARCHAR", "role": "VARCHAR", "affiliation": "VARCHAR",
    "standing": "VARCHAR", "article": "VARCHAR", "number": "BIGINT", "outlet": "VARCHAR", "story": "VARCHAR", "published": "VARCHAR",
    "day": "DATE", "title": "VARCHAR", "verb": "VARCHAR", "cue": "VARCHAR", "form": "VARCHAR", "stance": "VARCHAR", "polarity": "VARCHAR",
    "attitude": "VARCHAR", "commitment": "VARCHAR", "chain": "VARCHAR", "words": "BIGINT", "place": "DOUBLE", "confidence": "DOUBLE",
    "text": "VARCHAR",
}  # fmt: skip
"""Columns of the table of statements, one row for each attribution to a named source; `place` is the share of the article before it."""

PASSAGES = {
    "outlet": "VARCHAR", "article": "VARCHAR", "number": "BIGINT", "published": "VARCHAR", "title": "VARCHAR", "measure": "VARCHAR",
    "label": "VARCHAR", "confidence": "DOUBLE", "words": "VARCHAR", "text": "VARCHAR",
}  # fmt: skip
"""Columns of the table of passages: findings of `WORTH` in the outlet's own voice that are more than candidates."""


def statements(reading: Reading, story: str | None, day: str | None) -> Iterator[tuple[Any, ...]]:
    """A row of `STATEMENTS` for each attribution whose speaker is named."""
    document = reading.document
    starts = [word.start for word in word_spans(document.text)]
    sources = {source.id: source for source in reading.sources}
    by_id = {attribution.id: attribution for attribution in reading.attributions}
    for number, attribution in enumerate(reading.attributions, 1):
        source = sources.get(attribution.speaker)
        who = key(source) if source else None
        if source is None or who is None:
            continue
        cue = " ".join(document[attribution.cue].split()).lower()
        words, place = _words(attribution, starts)
        yield (
            *(slug(*who), *who, one_line(source.name), one_line(source.role or ""), one_line(source.affiliation or ""), source.standing),
            *(document.id, number, document.outlet, story, document.published, day, one_line(document.title or "")[:LONGEST]),
            *(one_line(verb(cue)) if cue else "", one_line(cue), attribution.form, attribution.outlet_stance, attribution.polarity),
            *(attribution.attitude, attribution.commitment, _through(attribution, by_id, sources), words, place, attribution.confidence),
            cut(document[attribution.content]),
        )


def passages(reading: Reading) -> Iterator[tuple[Any, ...]]:
    """A row of `PASSAGES` for each of these findings."""
    document = reading.document
    sentences: tuple[Span, ...] | None = None
    for number, finding in enumerate(reading.findings, 1):
        if finding.measure in WORTH and finding.speaker == OUTLET and not finding.candidate:
            sentences = language.sentence_spans(document.text) if sentences is None else sentences
            at = finding.evidence[0].start
            around = sentences[max(0, bisect_right(sentences, at, key=lambda span: span.start) - 1)]
            yield (
                *(document.outlet, document.id, number, document.published, one_line(document.title or "")[:LONGEST]),
                *(finding.measure, finding.label, finding.confidence, cut(document[finding.evidence], 80), cut(document[around])),
            )


def cut(words: str, longest: int = LONGEST) -> str:
    """Words on one line, cut between two of them where they are longer."""
    whole = one_line(words[: 4 * longest])
    return whole if len(whole) <= longest else whole[:longest].rsplit(" ", 1)[0] + " …"


def _through(attribution: Attribution, by_id: Mapping[str, Attribution], sources: Mapping[str, Source]) -> str:
    """The way from the outlet to the speaker, where it leads through somebody else."""
    others = {*attribution.chain[1:-1], *attribution.via} - {attribution.speaker}
    return chain(attribution, by_id, sources) if others else ""


def _words(attribution: Attribution, starts: Sequence[int]) -> tuple[int, float | None]:
    """How many words are handed over, and the share of the article before the first of them."""
    count = sum(bisect_left(starts, span.end) - bisect_left(starts, span.start) for span in attribution.content)
    first = bisect_left(starts, attribution.content[0].start)
    return count, first / len(starts) if starts else None
