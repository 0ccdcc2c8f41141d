"""A reading as one row of `articles.parquet`, and back: the names are those of the reading's JSON, the document's stand at the top.

Always true here: a row that was written comes back as the same reading, but for `origin`, decimals after the fourth, and lone
surrogates, each of which becomes U+FFFD (one code point for one, so that every span stays true).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sayso.errors import StoreError
from sayso.fields import Json
from sayso.reading import SCHEMA, Generator, Reading, Rejection
from sayso.schema import from_json, to_json

_SPANS = "INTEGER[][]"


def _list_of(**types: str) -> str:
    return "STRUCT(" + ", ".join(f'"{name}" {kind}' for name, kind in types.items()) + ")[]"


DOCUMENT = {
    "id": "VARCHAR",
    "outlet": "VARCHAR",
    "url": "VARCHAR",
    "title": "VARCHAR",
    "published": "VARCHAR",
    "authors": "VARCHAR[]",
    "section": "VARCHAR",
    "language": "VARCHAR",
    "columns": "MAP(VARCHAR, VARCHAR)",
    "text": "VARCHAR",
}
ARTICLES = DOCUMENT | {
    "day": "DATE",
    "sources": _list_of(
        id="VARCHAR", name="VARCHAR", kind="VARCHAR", standing="VARCHAR", named="BOOLEAN", role="VARCHAR", affiliation="VARCHAR",
        mentions=_SPANS, resolved="BOOLEAN",
    ),
    "attributions": _list_of(
        id="VARCHAR", source=_SPANS, cue=_SPANS, content=_SPANS, speaker="VARCHAR", form="VARCHAR", attitude="VARCHAR",
        polarity="VARCHAR", outlet_stance="VARCHAR", commitment="VARCHAR", within="VARCHAR", via="VARCHAR[]", chain="VARCHAR[]",
        confidence="DOUBLE", speaker_confidence="DOUBLE",
    ),
    "voices": _list_of(speaker="VARCHAR", spans=_SPANS),
    "findings": _list_of(
        measure="VARCHAR", label="VARCHAR", speaker="VARCHAR", evidence=_SPANS, target="VARCHAR", score="DOUBLE", confidence="DOUBLE",
        about=_SPANS, candidate="BOOLEAN",
    ),
    "tallies": _list_of(
        measure="VARCHAR", label="VARCHAR", voice="VARCHAR", target="VARCHAR", holder="VARCHAR", count="BIGINT", candidates="BIGINT",
        words="BIGINT",
    ),
    "summary": _list_of(
        words="BIGINT", outlet_share="DOUBLE", quoted_share="DOUBLE", reported_share="DOUBLE", sources="BIGINT", named_sources="BIGINT",
    ).removesuffix("[]"),
}  # fmt: skip
"""Columns of `articles.parquet` and their types."""
REJECTS = {"origin": "VARCHAR", "stage": "VARCHAR", "reason": "VARCHAR"}
"""Columns of `rejects.parquet` and their types."""
_LONE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with every lone surrogate replaced by U+FFFD, one for one: what can be stored."""
    return text if text.isascii() else _LONE.sub("\ufffd", text)


def line(item: Json) -> str:
    """One row as a line of JSON.

    Raises:
        StoreError: a number in it is not finite.

    """
    try:
        return clean(json.dumps(item, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    except ValueError as error:
        raise StoreError(f"a row cannot be stored: {error}") from None


def article(reading: Reading) -> str:
    """A reading as a line of JSON."""
    item = to_json(reading)
    document = item["document"]
    row: Json = {name: document[name] for name in DOCUMENT}
    row["day"] = day(reading.document.published)
    for name in ("sources", "attributions", "voices", "findings", "tallies", "summary"):
        row[name] = item[name]
    return line(row)


def rejection(refused: Rejection) -> str:
    """A rejection as a line of JSON."""
    return line({"origin": refused.origin, "stage": refused.stage, "reason": refused.reason})


def reading(columns: Sequence[str], values: Sequence[Any], generator: Generator) -> Reading:
    """The reading that a row holds; only a document if the row has no other columns.

    Raises:
        ContractError: the row breaks the contract.

    """
    row: Mapping[str, Any] = dict(zip(columns, values, strict=True))
    made = {"version": generator.version, "bundle": generator.bundle, "measures": list(generator.measures)}
    document = {name: row[name] for name in DOCUMENT}
    rest = {name: value for name, value in row.items() if name not in DOCUMENT}
    return from_json({"schema": SCHEMA, "generator": made, "document": document, **rest})


def day(published: str | None) -> str | None:
    """The calendar day of a time in its own zone, as `YYYY-MM-DD`; None if it cannot be told."""
    if not published:
        return None
    for parse in (datetime.fromisoformat, lambda given: date.fromisoformat(given[:10])):
        try:
            return f"{parse(published.strip()):%Y-%m-%d}"
        except ValueError:
            continue
    return None
