"""The source audit over a corpus and the timeline as JSON, each with its own schema name.

Always true here: all of it can be worked out again from the store; shares have four decimals.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from sayso.export.sourced import CorpusAudit
from sayso.export.timeline import Timeline
from sayso.reading import Generator

SOURCES, TIMELINE = "sayso-sources/1", "sayso-timeline/1"
_COUNTS, _BY_KIND = "Counts", "tuple[tuple[str, Counts], ...]"
Json = dict[str, Any]


def sources_json(found: CorpusAudit, generator: Generator) -> Json:
    """The audit of a corpus."""
    return _head(SOURCES, generator) | _parts(found)


def timeline_json(found: Timeline, generator: Generator) -> Json:
    """The timeline of a corpus or story."""
    return _head(TIMELINE, generator) | _parts(found)


def _head(schema: str, generator: Generator) -> Json:
    return {"schema": schema, "generator": {"version": generator.version, "bundle": generator.bundle, "measures": list(generator.measures)}}


def _parts(value: Any) -> Json:
    """A dataclass by the names of its fields, counts as objects."""
    found: Json = {}
    for each in fields(value):
        part = getattr(value, each.name)
        found[each.name] = dict(part) if each.type == _COUNTS else _plain(part)
        if each.type == _BY_KIND:
            found[each.name] = {kind: dict(counted) for kind, counted in part}
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _parts(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return round(value, 4) if isinstance(value, float) else value
