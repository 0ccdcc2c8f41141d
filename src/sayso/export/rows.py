"""One reading as rows of the tables: its document, its sources, its statements.

A statement is what one voice says: each attribution is one, and so is each sentence (or part of one) that the outlet says itself.

Always true here: rows have the columns of `columns`, and ids that depend on nothing but the reading; offsets are those of the reading;
characters that no file can hold (lone surrogates, NUL) are U+FFFD, one for one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.audit import audit
from sayso.claims.statements import statements
from sayso.document import Document
from sayso.export.columns import OWN, REVIEW_BELOW, text_digest
from sayso.language import sentence_spans
from sayso.measures.books import handed_over
from sayso.reading import OUTLET, Attribution, Finding, Reading
from sayso.spans import Span, Spans

Row = dict[str, object]
Piece = tuple[str, bool]
"""Words, and whether they are marked."""

PASSAGE = "passage"
"""Key of a statement's row under which its sentence stands in pieces; no column, for the formats that can mark words."""

_UNFIT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one article; statements in order of the text."""

    document: Row
    sources: tuple[Row, ...]
    statements: tuple[Row, ...]


def rows(reading: Reading) -> Rows:
    """The rows of a reading, without what only a store knows (story, carrier)."""
    document = replace(reading.document, text=fit(reading.document.text))
    reading = replace(reading, document=document)
    head: Row = {
        "doc_id": fit(document.id),
        "text_digest": text_digest(document.text),
        "outlet": fit_if(document.outlet),
        "url": fit_if(document.url),
        "date": fit_if(document.published),
        "lang": fit(document.language),
    }
    return Rows(_document(reading, head), tuple(_sources(reading, head)), tuple(_statements(reading, head)))


def fit(text: str) -> str:
    """The text without what no file can hold: such a character becomes U+FFFD."""
    return _UNFIT.sub("\ufffd", text)


def fit_if(text: str | None) -> str | None:
    """The same for what may not be known."""
    return None if text is None else fit(text)


def passage(text: str, sentences: Sequence[Span], spans: Spans) -> tuple[Piece, ...]:
    """The sentences that hold the spans, in pieces; those of the spans are marked.

    Args:
        text: of the article.
        sentences: of it, in order and disjoint.
        spans: disjoint and in order, at least one.

    """
    first = bisect_right([sentence.start for sentence in sentences], spans[0].start) - 1
    last = bisect_left([sentence.end for sentence in sentences], spans[-1].end)
    start = min(sentences[first].start, spans[0].start) if first >= 0 else spans[0].start
    end = max(sentences[last].end, spans[-1].end) if last < len(sentences) else spans[-1].end
    pieces, at = [], start
    for span in spans:
        pieces += [(text[at : span.start], False), (text[span.start : span.end], True)]
        at = span.end
    pieces.append((text[at:end], False))
    return tuple((fit(words), marked) for words, marked in pieces if words)


def _document(reading: Reading, head: Row) -> Row:
    document, summary = reading.document, reading.summary
    return head | {
        "title": fit_if(document.title),
        "authors": fit("; ".join(document.authors)),
        "section": fit_if(document.section),
        "words": summary.words,
        "own_share": round(summary.outlet_share, 4),
        "quoted_share": round(summary.quoted_share, 4),
        "reported_share": round(summary.reported_share, 4),
        "attributions": len(reading.attributions),
        "sources": summary.sources,
        "named_sources": summary.named_sources,
        "text": document.text,
    }


def _sources(reading: Reading, head: Row) -> Iterator[Row]:
    heard = {row.source.id: row for row in audit(reading).sources}
    for source in reading.sources:
        row = heard.get(source.id)
        yield head | {
            "source_id": source.id,
            "name": fit(source.name),
            "identity": source.identity,
            "named": source.named,
            "kind": source.kind,
            "standing": source.standing,
            "role": fit_if(source.role),
            "affiliation": fit_if(source.affiliation),
            "attributions": row.attributions if row else 0,
            "words": row.words if row else 0,
            "quoted_words": row.quoted_words if row else 0,
            "reported_words": row.reported_words if row else 0,
            "share": round(row.share, 4) if row else 0.0,
            "first_word": row.first.word if row and row.first else None,
            "first_share": round(row.first.share, 4) if row and row.first else None,
            "last_share": round(row.last.share, 4) if row and row.last else None,
            "verbs": fit("; ".join(f"{' '.join(verb.split())} {count}" for verb, count in row.verbs)) if row else "",
            "mentions": pairs(source.mentions),
        }


def _statements(reading: Reading, head: Row) -> Iterator[Row]:
    document = reading.document
    own = [statement for statement in statements(reading) if statement.attribution is None]
    said = [(statement.spans, f"{OWN}{number}", None) for number, statement in enumerate(own, 1)]
    handed = [(each.content, each.id, each) for each in reading.attributions]
    names = {source.id: fit(source.name) for source in reading.sources}
    sentences = sentence_spans(document.text)
    found = [finding for finding in reading.findings if finding.measure in ("stance", "loaded") and not finding.candidate]
    found.sort(key=lambda finding: finding.evidence)
    by_id = {source.id: source for source in reading.sources}
    for spans, name, each in sorted((*said, *handed), key=lambda item: (item[0], item[1])):
        source = by_id.get(each.speaker) if each else None
        row = head | {
            "stmt_id": f"{document.id}.{name}",
            "voice": handed_over(each) if each else "own",
            "form": each.form if each else "own",
            "text": document[spans],
            "start": spans[0].start,
            "end": spans[-1].end,
            "spans": pairs(spans),
            "source_id": source.id if source else None,
            "source_canonical": names[source.id] if source else None,
            "source_kind": source.kind if source else None,
            "source_standing": source.standing if source else None,
            "identity": source.identity if source else None,
            "named": source.named if source else None,
            "needs_review": each is not None and each.confidence < REVIEW_BELOW,
            PASSAGE: passage(document.text, sentences, spans),
        }
        if each:
            row |= _handed(document, each, names)
        yield row | _measured(document, found, each.speaker if each else OUTLET, spans)


def _handed(document: Document, each: Attribution, names: Mapping[str, str]) -> Row:
    return {
        "source_text": document[each.source],
        "cue": document[each.cue],
        "attitude": each.attitude,
        "polarity": each.polarity,
        "outlet_stance": each.outlet_stance,
        "commitment": each.commitment,
        "chain": " > ".join(names.get(step, step) for step in each.chain),
        "via": "; ".join(names.get(step, step) for step in each.via),
        "within": f"{document.id}.{each.within}" if each.within else None,
        "confidence": round(each.confidence, 4),
        "speaker_confidence": round(each.speaker_confidence, 4),
    }


def _measured(document: Document, found: Sequence[Finding], speaker: str, spans: Spans) -> Row:
    """What the measures of wording found inside these spans, in this voice; findings are in order of their evidence."""
    first, last = (bisect_left(found, at, key=lambda each: each.evidence[0].start) for at in (spans[0].start, spans[-1].end))
    here = [each for each in found[first:last] if each.speaker == speaker and all(_inside(part, spans) for part in each.evidence)]
    stances = [(fit(each.target or ""), each.label) for each in here if each.measure == "stance"]
    loaded = [document[each.evidence] for each in here if each.measure == "loaded"]
    return {
        "stance_target": "; ".join(target for target, _ in stances),
        "stance": "; ".join(label for _, label in stances),
        "loaded_terms": "; ".join(loaded),
    }


def _inside(part: Span, spans: Spans) -> bool:
    return any(span.holds(part) for span in spans)


def pairs(spans: Spans) -> list[list[int]]:
    """Spans as pairs of numbers."""
    return [[span.start, span.end] for span in spans]
