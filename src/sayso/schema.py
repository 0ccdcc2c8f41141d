"""Readings as JSON by the contract `sayso/1`, and back; a round trip loses nothing but `origin` and decimals after the fourth.

The JSON of a reading is one object; `dumps` writes it on one line. Reading JSON checks the contract, so hostile or stale files end in
a `ContractError` that names what is wrong.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from sayso.document import Document
from sayso.errors import ContractError
from sayso.fields import Json, as_object, each, flag, maybe, number, pairs, spans, text, texts, whole
from sayso.reading import OUTLET, SCHEMA, Attribution, Finding, Generator, Reading, Source, Summary, Tally, Voice


def to_json(reading: Reading) -> Json:
    """The reading as plain dictionaries and lists, in the contract's order of keys."""
    document = reading.document
    return {
        "schema": SCHEMA,
        "generator": {
            "version": reading.generator.version,
            "bundle": reading.generator.bundle,
            "measures": list(reading.generator.measures),
        },
        "document": {
            "id": document.id,
            "text": document.text,
            "title": document.title,
            "outlet": document.outlet,
            "url": document.url,
            "published": document.published,
            "authors": list(document.authors),
            "language": document.language,
            "section": document.section,
            "columns": dict(document.columns),
        },
        "sources": [
            {
                "id": source.id,
                "name": source.name,
                "kind": source.kind,
                "standing": source.standing,
                "named": source.named,
                "role": source.role,
                "affiliation": source.affiliation,
                "mentions": pairs(source.mentions),
                "resolved": source.resolved,
            }
            for source in reading.sources
        ],
        "attributions": [
            {
                "id": a.id,
                "source": pairs(a.source),
                "cue": pairs(a.cue),
                "content": pairs(a.content),
                "speaker": a.speaker,
                "form": a.form,
                "attitude": a.attitude,
                "polarity": a.polarity,
                "outlet_stance": a.outlet_stance,
                "commitment": a.commitment,
                "within": a.within,
                "via": list(a.via),
                "chain": list(a.chain),
                "confidence": round(a.confidence, 4),
                "speaker_confidence": round(a.speaker_confidence, 4),
            }
            for a in reading.attributions
        ],
        "voices": [{"speaker": voice.speaker, "spans": pairs(voice.spans)} for voice in reading.voices],
        "findings": [
            {
                "measure": finding.measure,
                "label": finding.label,
                "speaker": finding.speaker,
                "evidence": pairs(finding.evidence),
                "target": finding.target,
                "score": round(finding.score, 4),
                "confidence": round(finding.confidence, 4),
                "about": pairs(finding.about),
                "candidate": finding.candidate,
            }
            for finding in reading.findings
        ],
        "tallies": [
            {
                "measure": tally.measure,
                "label": tally.label,
                "voice": tally.voice,
                "target": tally.target,
                "holder": tally.holder,
                "count": tally.count,
                "candidates": tally.candidates,
                "words": tally.words,
            }
            for tally in reading.tallies
        ],
        "summary": {
            "words": reading.summary.words,
            "outlet_share": round(reading.summary.outlet_share, 4),
            "quoted_share": round(reading.summary.quoted_share, 4),
            "reported_share": round(reading.summary.reported_share, 4),
            "sources": reading.summary.sources,
            "named_sources": reading.summary.named_sources,
        },
    }


def dumps(reading: Reading) -> str:
    """The reading as one line of JSON."""
    return json.dumps(to_json(reading), ensure_ascii=False, separators=(",", ":"))


def loads(line: str) -> Reading:
    """A reading from one JSON object.

    Raises:
        ContractError: if the line is not JSON, of another schema, or breaks the contract.

    """
    try:
        value = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ContractError(f"not JSON: {error}") from None
    return from_json(value)


def from_json(value: Any) -> Reading:
    """A reading from the contract's dictionaries; keys that it does not know are passed over.

    Raises:
        ContractError: if the schema is another one or the contract is broken.

    """
    found = value.get("schema") if isinstance(value, dict) else value
    if not isinstance(value, dict) or found != SCHEMA:
        name = repr(found[:40]) if isinstance(found, str) else type(found).__name__
        raise ContractError(f"not a reading of schema {SCHEMA!r}: found {name}")
    try:
        return Reading(
            document=_document(as_object(value["document"])),
            sources=each(value, "sources", _source),
            attributions=each(value, "attributions", _attribution),
            voices=each(value, "voices", lambda item: Voice(text(item, "speaker"), spans(item, "spans"))),
            findings=each(value, "findings", _finding),
            tallies=each(value, "tallies", _tally),
            summary=_summary(as_object(value.get("summary") or {})),
            generator=_generator(as_object(value.get("generator") or {})),
        ).check()
    except ContractError:
        raise
    except KeyError as error:
        raise ContractError(f"broken reading: {error} is missing") from None
    except (ValueError, OverflowError) as error:
        raise ContractError(f"broken reading: {error}") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _document(item: Json) -> Document:
    return Document(
        text=text(item, "text"),
        title=maybe(item, "title"),
        outlet=maybe(item, "outlet"),
        url=maybe(item, "url"),
        published=maybe(item, "published"),
        authors=texts(item, "authors"),
        language=maybe(item, "language") or "en",
        section=maybe(item, "section"),
        columns=_columns(as_object(item.get("columns") or {})),
        id=maybe(item, "id") or "",
    )


def _columns(item: Json) -> tuple[tuple[str, str], ...]:
    return tuple((name, text(item, name)) for name in item)


def _generator(item: Json) -> Generator:
    return Generator(version=text(item, "version", ""), bundle=text(item, "bundle", ""), measures=texts(item, "measures"))


def _summary(item: Json) -> Summary:
    return Summary(
        words=whole(item.get("words", 0), "words"),
        outlet_share=number(item, "outlet_share", 0.0),
        quoted_share=number(item, "quoted_share", 0.0),
        reported_share=number(item, "reported_share", 0.0),
        sources=whole(item.get("sources", 0), "sources"),
        named_sources=whole(item.get("named_sources", 0), "named_sources"),
    )


def _source(item: Json) -> Source:
    return Source(
        id=text(item, "id"),
        name=text(item, "name"),
        kind=text(item, "kind", "unknown"),
        standing=text(item, "standing", "none"),
        named=flag(item, "named", False),
        role=maybe(item, "role"),
        affiliation=maybe(item, "affiliation"),
        mentions=spans(item, "mentions"),
        resolved=flag(item, "resolved", True),
    )


def _attribution(item: Json) -> Attribution:
    return Attribution(
        id=text(item, "id"),
        source=spans(item, "source"),
        cue=spans(item, "cue"),
        content=spans(item, "content"),
        speaker=text(item, "speaker"),
        form=text(item, "form"),
        attitude=text(item, "attitude"),
        polarity=text(item, "polarity"),
        outlet_stance=text(item, "outlet_stance"),
        commitment=text(item, "commitment"),
        within=maybe(item, "within"),
        via=texts(item, "via"),
        chain=texts(item, "chain") or (OUTLET,),
        confidence=number(item, "confidence", 1.0),
        speaker_confidence=number(item, "speaker_confidence", 1.0),
    )


def _finding(item: Json) -> Finding:
    return Finding(
        measure=text(item, "measure"),
        label=text(item, "label"),
        speaker=text(item, "speaker"),
        evidence=spans(item, "evidence"),
        target=maybe(item, "target"),
        score=number(item, "score"),
        confidence=number(item, "confidence"),
        about=spans(item, "about"),
        candidate=flag(item, "candidate", False),
    )


def _tally(item: Json) -> Tally:
    return Tally(
        measure=text(item, "measure"),
        label=text(item, "label"),
        voice=text(item, "voice"),
        count=whole(item["count"], "count"),
        candidates=whole(item["candidates"], "candidates"),
        words=whole(item["words"], "words"),
        target=maybe(item, "target"),
        holder=maybe(item, "holder"),
    )
