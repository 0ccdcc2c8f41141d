"""Readings as JSON by the contract `sayso/1`, and back; a round trip loses nothing.

The JSON of a reading is one object; `dumps` writes it on one line. Reading JSON checks the contract, so hostile or stale files end in
a `ContractError` that names what is wrong.
"""

from __future__ import annotations

import json
from typing import Any

from sayso.document import Document
from sayso.errors import ContractError, SpanError
from sayso.reading import OUTLET, SCHEMA, Attribution, Finding, Generator, Reading, Source, Summary, Voice
from sayso.spans import Spans, span_list


def to_json(reading: Reading) -> dict[str, Any]:
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
                "mentions": _pairs(source.mentions),
            }
            for source in reading.sources
        ],
        "attributions": [
            {
                "id": a.id,
                "source": _pairs(a.source),
                "cue": _pairs(a.cue),
                "content": _pairs(a.content),
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
            }
            for a in reading.attributions
        ],
        "voices": [{"speaker": voice.speaker, "spans": _pairs(voice.spans)} for voice in reading.voices],
        "findings": [
            {
                "measure": finding.measure,
                "label": finding.label,
                "speaker": finding.speaker,
                "evidence": _pairs(finding.evidence),
                "target": finding.target,
                "score": finding.score,
                "confidence": finding.confidence,
            }
            for finding in reading.findings
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
        value = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ContractError(f"not JSON: {error}") from None
    return from_json(value)


def from_json(value: Any) -> Reading:
    """A reading from the contract's dictionaries.

    Raises:
        ContractError: if the schema is another one or the contract is broken.
    """
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        found = value.get("schema") if isinstance(value, dict) else type(value).__name__
        raise ContractError(f"not a reading of schema {SCHEMA!r}: found {found!r}")
    try:
        head = value["document"]
        document = Document(
            text=head["text"],
            title=head.get("title"),
            outlet=head.get("outlet"),
            url=head.get("url"),
            published=head.get("published"),
            authors=tuple(head.get("authors") or ()),
            language=head.get("language") or "en",
            id=head.get("id") or "",
        )
        generator = value.get("generator") or {}
        return Reading(
            document=document,
            sources=tuple(_source(item) for item in value.get("sources", ())),
            attributions=tuple(_attribution(item) for item in value.get("attributions", ())),
            voices=tuple(Voice(item["speaker"], _spans(item["spans"])) for item in value.get("voices", ())),
            findings=tuple(_finding(item) for item in value.get("findings", ())),
            summary=Summary(**value["summary"]) if value.get("summary") else Summary(),
            generator=Generator(
                version=generator.get("version", ""),
                bundle=generator.get("bundle", ""),
                measures=tuple(generator.get("measures", ())),
            ),
        ).check()
    except (KeyError, TypeError, AttributeError, SpanError) as error:
        raise ContractError(f"broken reading: {type(error).__name__} {error}") from None


def _pairs(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans(pairs: Any) -> Spans:
    return span_list(pairs)


def _source(item: dict[str, Any]) -> Source:
    return Source(
        id=item["id"],
        name=item["name"],
        kind=item.get("kind", "unknown"),
        standing=item.get("standing", "none"),
        named=bool(item.get("named", False)),
        role=item.get("role"),
        affiliation=item.get("affiliation"),
        mentions=_spans(item.get("mentions", ())),
    )


def _attribution(item: dict[str, Any]) -> Attribution:
    return Attribution(
        id=item["id"],
        source=_spans(item.get("source", ())),
        cue=_spans(item.get("cue", ())),
        content=_spans(item["content"]),
        speaker=item["speaker"],
        form=item["form"],
        attitude=item["attitude"],
        polarity=item["polarity"],
        outlet_stance=item["outlet_stance"],
        commitment=item["commitment"],
        within=item.get("within"),
        via=tuple(item.get("via", ())),
        chain=tuple(item.get("chain", (OUTLET,))),
        confidence=float(item.get("confidence", 1.0)),
    )


def _finding(item: dict[str, Any]) -> Finding:
    return Finding(
        measure=item["measure"],
        label=item["label"],
        speaker=item["speaker"],
        evidence=_spans(item["evidence"]),
        target=item.get("target"),
        score=float(item["score"]),
        confidence=float(item["confidence"]),
    )
