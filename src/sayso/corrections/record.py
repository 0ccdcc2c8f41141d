"""A correction as JSON, and back: schema `sayso-corrections/1`, one object a line.

Always true here: what is written comes back the same; whatever else is read ends in a one-line `ContractError`.
"""

from __future__ import annotations

import json
from typing import Any

from sayso.corrections.correction import ADD, CONFIRM, SPAN, SPEAKER, Correction, Missed, Place, Seen, Value, Who
from sayso.errors import ContractError, SpanError
from sayso.fields import Json, as_object, flag, number, pairs, spans, text

SCHEMA = "sayso-corrections/1"


def to_json(correction: Correction) -> Json:
    """The correction as plain dictionaries and lists."""
    place = correction.place
    return {
        "schema": SCHEMA,
        "id": correction.id,
        "article": correction.article,
        "who": correction.who,
        "when": correction.when,
        "kind": correction.kind,
        "place": None if place is None else {"content": pairs(place.content), "cue": pairs(place.cue), "words": place.words},
        "field": correction.field,
        "about": correction.about,
        "value": _value_json(correction.value),
        "before": _value_json(correction.before),
        "generator": correction.generator,
        "confidence": correction.confidence,
        "note": correction.note,
    }


def dumps(correction: Correction) -> str:
    """The correction as one line of ASCII: half a character can never be written."""
    return json.dumps(to_json(correction), separators=(",", ":"), allow_nan=False)


def loads(line: str | bytes) -> Correction:
    """A correction from one line of JSON.

    Raises:
        ContractError: it is not JSON, of another schema, or makes no sense.

    """
    try:
        return from_json(json.loads(line))
    except ContractError:
        raise
    except (ValueError, RecursionError):
        raise ContractError("not a line of JSON") from None


def from_json(value: Any) -> Correction:
    """A correction from plain dictionaries; keys that are not known are passed over.

    Raises:
        ContractError: it is of another schema, or makes no sense.

    """
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise ContractError(f"not a correction of schema {SCHEMA!r}")
    try:
        kind = text(value, "kind")
        return Correction(
            id=text(value, "id"),
            article=text(value, "article"),
            who=text(value, "who"),
            when=text(value, "when"),
            kind=kind,
            place=None if value.get("place") is None else _place(as_object(value["place"])),
            field=text(value, "field", ""),
            about=text(value, "about", ""),
            value=_value(value, "value", kind),
            before=_value(value, "before", kind),
            generator=text(value, "generator", ""),
            confidence=None if value.get("confidence") is None else number(value, "confidence"),
            note=text(value, "note", ""),
        )
    except KeyError as error:
        raise ContractError(f"broken correction: {error} is missing") from None
    except (ContractError, SpanError, OverflowError) as error:
        raise ContractError(f"broken correction: {str(error).removeprefix('broken reading: ')}") from None


def _place(item: Json) -> Place:
    return Place(spans(item, "content"), spans(item, "cue"), text(item, "words", ""))


def _value_json(value: Value) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Who):
        return _who_json(value)
    if isinstance(value, Missed):
        roles = {"source": pairs(value.source), "cue": pairs(value.cue), "content": pairs(value.content)}
        return {**roles, "speaker": _who_json(value.speaker)}
    if isinstance(value, Seen):
        roles = {name: pairs(spans) for name, spans in value.roles}
        return {"labels": dict(value.labels), "roles": roles, "speaker": value.speaker and _who_json(value.speaker)}
    return pairs(value)


def _value(item: Json, key: str, kind: str) -> Value:
    """The value of that kind; a text is always fine for what was there before."""
    found = item.get(key, "")
    if isinstance(found, str):
        return found
    if kind == SPEAKER:
        return _who(as_object(found))
    if kind == ADD:
        missed = as_object(found)
        who = _who(as_object(missed.get("speaker")))
        return Missed(spans(missed, "content"), who, spans(missed, "source"), spans(missed, "cue"))
    if kind == CONFIRM:
        return _seen(as_object(found))
    if kind == SPAN:
        return spans(item, key)
    return text(item, key)


def _seen(item: Json) -> Seen:
    labels, roles = (as_object(item.get(name) or {}) for name in ("labels", "roles"))
    return Seen(
        tuple((name, text(labels, name)) for name in labels),
        tuple((name, spans(roles, name)) for name in roles),
        None if item.get("speaker") is None else _who(as_object(item["speaker"])),
    )


def _who_json(who: Who) -> Json:
    return {"name": who.name, "kind": who.kind, "standing": who.standing, "named": who.named, "mentions": pairs(who.mentions)}


def _who(item: Json) -> Who:
    named = flag(item, "named", False)
    return Who(text(item, "name"), text(item, "kind", "unknown"), text(item, "standing", "none"), named, spans(item, "mentions"))
