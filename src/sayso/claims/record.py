"""A matrix as plain values, for JSON and for tables: each telling with who says it, how it is handed over, and where it stands.

Always true here: ids of statements are those of the export (`<article>.A3` for an attribution, `<article>.O2` for the second statement of
the outlet's own); offsets are `[start, end)` in code points of the article's text; what is not known is null.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sayso.claims.matrix import Matrix, Telling, outlet_of
from sayso.claims.statements import statements
from sayso.measures.books import OWN, handed_over

SCHEMA = "sayso-claims/1"
MATCHED_BY_WORDS = "words"


class StatementIds:
    """The ids of the statements of a matrix."""

    def __init__(self, matrix: Matrix) -> None:
        self._readings = matrix.readings
        self._own = [
            {each.spans: number for number, each in enumerate((each for each in statements(reading) if each.attribution is None), 1)}
            for reading in matrix.readings
        ]

    def id(self, telling: Telling) -> str:
        """The id of a telling's statement."""
        attribution = telling.statement.attribution
        name = attribution.id if attribution else f"O{self._own[telling.reading].get(telling.statement.spans, 0)}"
        return f"{self._readings[telling.reading].document.id}.{name}"


def record(matrix: Matrix, settings: Mapping[str, object]) -> dict[str, Any]:
    """All of a matrix.

    Args:
        matrix: what to write down.
        settings: how it was made: the story's id, who matched, which articles were asked for.

    """
    ids = StatementIds(matrix)
    claim_of = {id(each): claim.id for claim in matrix.claims for each in claim.tellings}
    generator = matrix.readings[0].generator if matrix.readings else None
    return {
        "schema": SCHEMA,
        "generator": None if generator is None else {"version": generator.version, "bundle": generator.bundle},
        "settings": dict(settings),
        "miss_rate": matrix.miss_rate,
        "columns": [
            {
                "outlet": column.outlet,
                "articles": [matrix.readings[place].document.id for place in column.readings],
                "carried_by": list(column.carriers),
            }
            for column in matrix.columns
        ],
        "articles": [
            {
                "id": reading.document.id,
                "outlet": outlet_of(reading),
                "title": reading.document.title,
                "url": reading.document.url,
                "published": reading.document.published,
                "statements_told_by_no_other": alone,
            }
            for reading, alone in zip(matrix.readings, matrix.alone, strict=True)
        ],
        "claims": [
            {
                "claim": claim.id,
                "text": claim.words,
                "cells": {column.outlet: matrix.how(claim, column).replace(" ", "_") for column in matrix.columns},
                "tellings": [told(matrix, each, ids) for each in claim.tellings],
            }
            for claim in matrix.claims
        ],
        "contradictions": [
            {
                "kind": each.kind,
                "confidence": round(each.confidence, 4),
                "tellings": [{"claim": claim_of.get(id(one))} | told(matrix, one, ids) for one in (each.first, each.second)],
            }
            for each in matrix.contradictions
        ],
    }


def told(matrix: Matrix, telling: Telling, ids: StatementIds) -> dict[str, Any]:
    """One telling."""
    reading, statement = matrix.readings[telling.reading], telling.statement
    attribution = statement.attribution
    return {
        "article": reading.document.id,
        "statement": ids.id(telling),
        "outlet": outlet_of(reading),
        "how": telling.how,
        "voice": handed_over(attribution) if attribution else OWN,
        "speaker": telling.speaker,
        "chain": ["outlet", *telling.chain],
        "outlet_stance": telling.outlet_stance,
        "commitment": telling.commitment,
        "polarity": attribution.polarity if attribution else None,
        "confidence": round(telling.confidence, 4),
        "candidate": not telling.sure,
        "text": reading.document[statement.spans],
        "spans": [[span.start, span.end] for span in statement.spans],
        "sentence": list(statement.sentence),
    }
