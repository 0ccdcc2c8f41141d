"""Readings as JSON by the contract `sayso/1`, and back; a round trip loses nothing but `origin` and decimals after the fourth.

The JSON of a reading is one object; `dumps` writes it on one line. Reading JSON checks the contract, so hostile or stale files end in
a `ContractError` that names what is wrong.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from sayso.document import Document
from sayso.errors import ContractError
from sayso.reading import OUTLET, SCHEMA, Attribution, Finding, Generator, Reading, Source, Summary, Voice
from sayso.spans import Spans, span_list

T = TypeVar("T")
Json = dict[str, Any]
LARGEST = 2**53  # beyond it, numbers in JSON are not safe everywhere


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
                "resolved": source.resolved,
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
                "speaker_confidence": round(a.speaker_confidence, 4),
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
            document=_document(_object(value["document"])),
            sources=_each(value, "sources", _source),
            attributions=_each(value, "attributions", _attribution),
            voices=_each(value, "voices", lambda item: Voice(_text(item, "speaker"), _spans(item, "spans"))),
            findings=_each(value, "findings", _finding),
            summary=_summary(_object(value.get("summary") or {})),
            generator=_generator(_object(value.get("generator") or {})),
        ).check()
    except ContractError:
        raise
    except KeyError as error:
        raise ContractError(f"broken reading: {error} is missing") from None
    except (ValueError, OverflowError) as error:
        raise ContractError(f"broken reading: {error}") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _wrong(key: str, expected: str, found: object) -> ContractError:
    return ContractError(f"broken reading: {key} should be {expected}, found {type(found).__name__}")


def _object(value: Any) -> Json:
    if not isinstance(value, dict):
        raise _wrong("each part", "an object", value)
    return value


def _list(item: Json, key: str) -> list[Any]:
    found = item.get(key) or []
    if not isinstance(found, list):
        raise _wrong(key, "a list", found)
    return found


def _each(item: Json, key: str, make: Callable[[Json], T]) -> tuple[T, ...]:
    return tuple(make(_object(part)) for part in _list(item, key))


def _text(item: Json, key: str, default: str | None = None) -> str:
    found = item[key] if default is None else item.get(key, default)
    if not isinstance(found, str):
        raise _wrong(key, "a text", found)
    return found


def _maybe(item: Json, key: str) -> str | None:
    return None if item.get(key) is None else _text(item, key)


def _texts(item: Json, key: str) -> tuple[str, ...]:
    found = _list(item, key)
    for one in found:
        if not isinstance(one, str):
            raise _wrong(key, "a list of texts", one)
    return tuple(found)


def _flag(item: Json, key: str, default: bool) -> bool:
    found = item.get(key, default)
    if not isinstance(found, bool):
        raise _wrong(key, "true or false", found)
    return found


def _whole(value: Any, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
        raise _wrong(key, "a whole number of sound size", value)
    return value


def _number(item: Json, key: str, default: float | None = None) -> float:
    found = item[key] if default is None else item.get(key, default)
    if not isinstance(found, int | float) or isinstance(found, bool) or not math.isfinite(found):
        raise _wrong(key, "a finite number", found)
    return float(found)


def _pairs(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans(item: Json, key: str) -> Spans:
    pairs = _list(item, key)
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2:
            raise _wrong(key, "a list of pairs", pair)
    return span_list((_whole(start, key), _whole(end, key)) for start, end in pairs)


def _document(item: Json) -> Document:
    return Document(
        text=_text(item, "text"),
        title=_maybe(item, "title"),
        outlet=_maybe(item, "outlet"),
        url=_maybe(item, "url"),
        published=_maybe(item, "published"),
        authors=_texts(item, "authors"),
        language=_maybe(item, "language") or "en",
        id=_maybe(item, "id") or "",
    )


def _generator(item: Json) -> Generator:
    return Generator(version=_text(item, "version", ""), bundle=_text(item, "bundle", ""), measures=_texts(item, "measures"))


def _summary(item: Json) -> Summary:
    return Summary(
        words=_whole(item.get("words", 0), "words"),
        outlet_share=_number(item, "outlet_share", 0.0),
        quoted_share=_number(item, "quoted_share", 0.0),
        reported_share=_number(item, "reported_share", 0.0),
        sources=_whole(item.get("sources", 0), "sources"),
        named_sources=_whole(item.get("named_sources", 0), "named_sources"),
    )


def _source(item: Json) -> Source:
    return Source(
        id=_text(item, "id"),
        name=_text(item, "name"),
        kind=_text(item, "kind", "unknown"),
        standing=_text(item, "standing", "none"),
        named=_flag(item, "named", False),
        role=_maybe(item, "role"),
        affiliation=_maybe(item, "affiliation"),
        mentions=_spans(item, "mentions"),
        resolved=_flag(item, "resolved", True),
    )


def _attribution(item: Json) -> Attribution:
    return Attribution(
        id=_text(item, "id"),
        source=_spans(item, "source"),
        cue=_spans(item, "cue"),
        content=_spans(item, "content"),
        speaker=_text(item, "speaker"),
        form=_text(item, "form"),
        attitude=_text(item, "attitude"),
        polarity=_text(item, "polarity"),
        outlet_stance=_text(item, "outlet_stance"),
        commitment=_text(item, "commitment"),
        within=_maybe(item, "within"),
        via=_texts(item, "via"),
        chain=_texts(item, "chain") or (OUTLET,),
        confidence=_number(item, "confidence", 1.0),
        speaker_confidence=_number(item, "speaker_confidence", 1.0),
    )


def _finding(item: Json) -> Finding:
    return Finding(
        measure=_text(item, "measure"),
        label=_text(item, "label"),
        speaker=_text(item, "speaker"),
        evidence=_spans(item, "evidence"),
        target=_maybe(item, "target"),
        score=_number(item, "score"),
        confidence=_number(item, "confidence"),
    )
