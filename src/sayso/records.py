"""Audits and explanations as JSON, each object one line with its own schema name, so that none is taken for a reading.

Always true here: everything written can be worked out again from the reading's own JSON (`schema`), so nothing here is read back;
shares, probabilities and weights have four decimals.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sayso.audit import Audit, Group, Place, SourceAudit, Totals
from sayso.document import Document
from sayso.explain import Decision, Explanation
from sayso.reading import Reading, Source

AUDIT, EXPLANATION = "sayso-audit/1", "sayso-explanation/1"
Json = dict[str, Any]


def audit_json(reading: Reading, found: Audit) -> Json:
    """The audit of a reading, with what is known of the document but not its text."""
    return _head(AUDIT, reading) | {
        "totals": _plain(found.totals),
        "sources": [_identity(row.source) | _plain(row) for row in found.sources],
        "relays": dict(found.relays),
    }


def explanation_json(reading: Reading, told: Explanation) -> Json:
    """The explanation of one attribution, with the words that its clues rest on."""
    document, attribution = reading.document, told.attribution
    return _head(EXPLANATION, reading) | {
        "attribution": attribution.id,
        "source": document[attribution.source],
        "cue": document[attribution.cue],
        "content": document[attribution.content],
        "speaker": _identity(told.speaker) | {"resolution": told.resolution, "confidence": round(attribution.speaker_confidence, 4)},
        "chain": list(attribution.chain),
        "labels": [_decision(document, decision) for decision in told.decisions],
    }


def _head(schema: str, reading: Reading) -> Json:
    document, generator = reading.document, reading.generator
    known = {name: getattr(document, name) for name in ("id", "title", "outlet", "url", "published", "language")}
    return {
        "schema": schema,
        "generator": {"version": generator.version, "bundle": generator.bundle},
        "document": known | {"authors": list(document.authors)},
    }


def _decision(document: Document, decision: Decision) -> Json:
    return {
        "task": decision.task,
        "label": decision.label,
        "probability": None if decision.probability is None else round(decision.probability, 4),
        "reasons": [
            {
                "clue": reason.clue.name,
                "span": list(reason.clue.span) if reason.clue.span else None,
                "words": document[reason.clue.span] if reason.clue.span else "",
                "weight": round(reason.weight, 4),
            }
            for reason in decision.reasons
        ],
    }


def _identity(source: Source) -> Json:
    """Who a source is, without where it is mentioned."""
    names = ("id", "name", "identity", "kind", "standing", "named", "resolved", "role", "affiliation")
    return {name: getattr(source, name) for name in names}


def _plain(part: Totals | SourceAudit | Group | Place) -> Json:
    """A part of the audit by the names of its fields, counts as objects."""
    told: Json = {"words": part.words} if isinstance(part, SourceAudit) else {}
    for each in fields(part):
        value = getattr(part, each.name)
        if each.type == "Counts":
            value = dict(value)
        elif isinstance(value, Place):
            value = _plain(value)
        elif isinstance(value, tuple):
            value = [_plain(item) if isinstance(item, Group) else item for item in value]
        if not isinstance(value, Source):
            told[each.name] = round(value, 4) if isinstance(value, float) else value
    return told
