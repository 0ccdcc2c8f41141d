"""What is exported: readings with what a store knows beyond them, as one stream of rows for all tables.

Always true here: one article is in memory at a time; rows come article by article in the order of the readings, then the claims; the
columns that users brought along stand in `documents` as `meta.<name>`, in the order of the alphabet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sayso.claims.keeping import outdated
from sayso.export.columns import ARTICLE, CLAIMS, DOCUMENTS, SOURCES, STATEMENTS, TEXT, Column
from sayso.export.rows import Row, fit, rows
from sayso.fields import Json
from sayso.reading import Generator, Reading
from sayso.store.store import Store
from sayso.stories.keeping import kept

SCHEMA = "sayso-export/1"
MOST_COLUMNS = 200  # of the users' own that an export takes along
LONGEST_NAME = 80  # characters of such a column's name
PAGE = 50_000  # claims that are fetched at once
NO_CLAIMS = "no claims in this store yet: sayso claims --all --store DIR makes them"


@dataclass(frozen=True, slots=True)
class Material:
    """What goes into an export.

    Attributes:
        readings: gives all readings, in the same order each time it is called.
        generator: what read them.
        extra: names of the users' own columns, as in `Document.columns`.
        stories: id of an article → id of its story.
        carriers: id of an article → id of the article whose text it carries, and the agency credited with it.
        claims: gives the rows of the table of claims; None if there is none.
        claim_columns: their columns.
        rejected: how many inputs could not be read.
        notices: lines that the user should see.

    """

    readings: Callable[[], Iterable[Reading]]
    generator: Generator
    extra: tuple[str, ...] = ()
    stories: Mapping[str, str] = field(default_factory=dict)
    carriers: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    claims: Callable[[], Iterable[Row]] | None = None
    claim_columns: tuple[Column, ...] = CLAIMS
    rejected: int = 0
    notices: tuple[str, ...] = ()

    def tables(self, *, texts: bool) -> dict[str, tuple[Column, ...]]:
        """The tables with their columns; the articles themselves stand in `documents` only if `texts`."""
        brought = tuple(Column(f"meta.{name}", TEXT, "as it came with the article") for name in self.extra)
        head, rest = DOCUMENTS[:2], DOCUMENTS[2:]
        documents = (head[0], ARTICLE, head[1], *rest) if texts else DOCUMENTS
        found = {"statements": STATEMENTS, "sources": SOURCES, "documents": (*documents, *brought)}
        return found if self.claims is None else found | {"claims": self.claim_columns}

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Every row with the name of its table; a column that is missing in a row is empty."""
        for reading in self.readings():
            made = rows(reading)
            yield "documents", made.document | self._known(reading)
            for row in made.sources:
                yield "sources", row
            for row in made.statements:
                yield "statements", row
        if self.claims is not None:
            for row in self.claims():
                yield "claims", row

    def about(self, format: str, settings: Mapping[str, object], counts: Mapping[str, int], notices: Iterable[str] = ()) -> Json:
        """What every export says of itself; no time, so that the same material gives the same bytes."""
        made = self.generator
        return {
            "schema": SCHEMA,
            "format": format,
            "generator": {"version": made.version, "bundle": made.bundle, "measures": list(made.measures)},
            "settings": dict(settings),
            "offset_unit": "Unicode code points, [start, end), counted from 0",
            "text_digest": "first 16 hexadecimal digits of the SHA-256 of the text in UTF-8; do not use offsets where it differs",
            "rows": dict(counts),
            "rejected_inputs": self.rejected,
            "notices": [*self.notices, *notices],
        }

    def _known(self, reading: Reading) -> Row:
        document = reading.document
        text_of, wire = self.carriers.get(document.id, (None, None))
        brought: Row = {f"meta.{_name(name)}": fit(value) for name, value in document.columns if _name(name) in self.extra}
        return {"story": self.stories.get(document.id), "text_of": text_of, "wire": wire} | brought


def of_readings(readings: Callable[[], Iterable[Reading]], generator: Generator) -> Material:
    """Readings without a store; they are gone through twice."""
    extra, notices = _extra(name for reading in readings() for name, _ in reading.document.columns)
    return Material(readings, generator, extra, notices=notices)


def of_store(store: Store) -> Material:
    """Everything in a store, with the tables that were made from it."""
    named = store.sql("SELECT DISTINCT unnest(map_keys(columns)) AS name FROM articles ORDER BY name").rows
    extra, notices = _extra(name for (name,) in named)
    carriers = store.sql("SELECT article, text_of, wire FROM carriers ORDER BY ALL").rows if store.has("carriers") else []
    claims = store.has("claims")
    columns = tuple(store.sql("SELECT * FROM claims LIMIT 0").columns) if claims else ()
    stale = outdated(store)
    if stale:
        told = f"claims are out of date and left out (stories: {len(stale)}): sayso claims --all --store DIR makes them anew"
        notices = (*notices, told)
    known = {column.name: column for column in CLAIMS}
    return Material(
        readings=store.readings,
        generator=store.generator,
        extra=extra,
        stories=kept(store),
        carriers={article: (text_of, wire) for article, text_of, wire in carriers},
        claims=(lambda: _claims(store, columns, stale)) if claims else None,
        claim_columns=tuple(known.get(name, Column(name, TEXT, "as sayso claims wrote it")) for name in columns),
        rejected=store.sql("SELECT count(*) FROM rejects").rows[0][0],
        notices=notices if claims else (*notices, NO_CLAIMS),
    )


def _claims(store: Store, columns: tuple[str, ...], stale: frozenset[str]) -> Iterator[Row]:
    at, found = 0, [()]
    while found:
        found = store.sql(f"SELECT * FROM claims ORDER BY ALL LIMIT {PAGE} OFFSET {at}").rows
        at += len(found)
        for values in found:
            row: Row = dict(zip(columns, values, strict=True))
            if row.get("story") not in stale:
                yield row


def _name(given: str) -> str:
    return " ".join(fit(given).split())[:LONGEST_NAME]


def _extra(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The users' columns that are taken along, and a line if there are too many; names that differ in case only are one."""
    found: dict[str, str] = {}
    for name in map(_name, names):
        if name:
            found[name.casefold()] = min(name, found.get(name.casefold(), name))
        if len(found) > 100 * MOST_COLUMNS:
            break
    kept = sorted(found.values())
    if len(kept) <= MOST_COLUMNS:
        return tuple(kept), ()
    return tuple(kept[:MOST_COLUMNS]), (
        f"the articles have more than {MOST_COLUMNS} columns of their own: the first {MOST_COLUMNS} by name are exported",
    )
