"""The tables that SQL sees: their names and columns are public, whatever the files look like.

Always true here: a question reads only the columns it asks for; spans come out as lists of `[start, end]`, in code points of
`articles.text`; the words of several spans are joined by ` … `.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sayso.store.duck import literal, quoted
from sayso.store.rows import ARTICLES, REJECTS


def _words(spans: str) -> str:
    return f"coalesce(array_to_string(list_transform({spans}, lambda s: text[s[1] + 1 : s[2]]), ' … '), '')"  # DuckDB 1 joins [] to NULL


def _each(column: str, columns: str, texts: str = "") -> str:
    beside = ", text" if texts else ""
    return f"SELECT article, {columns}{texts} FROM (SELECT id AS article{beside}, unnest({column}) AS e FROM stored_articles)"


VIEWS: Mapping[str, str] = {
    "articles": """SELECT id, outlet, url, title, published, "day", authors, section, "language", summary.words AS words, text, "columns",
        summary.outlet_share AS own_share, summary.quoted_share AS quoted_share, summary.reported_share AS reported_share,
        summary.sources AS sources, summary.named_sources AS named_sources FROM stored_articles""",
    "sources": _each(
        "sources",
        "e.id AS source, e.name AS name, e.kind AS kind, e.standing AS standing, e.named AS named, e.resolved AS resolved,"
        " e.role AS role, e.affiliation AS affiliation, e.mentions AS mentions",
    ),
    "attributions": _each(
        "attributions",
        "e.id AS attribution, e.speaker AS speaker, e.form AS form, e.attitude AS attitude, e.polarity AS polarity,"
        ' e.outlet_stance AS outlet_stance, e.commitment AS commitment, e."within" AS "within", e.via AS via, e.chain AS chain,'
        " e.confidence AS confidence, e.speaker_confidence AS speaker_confidence, e.source AS source, e.cue AS cue, e.content AS content",
        f", {_words('e.source')} AS source_text, {_words('e.cue')} AS cue_text, {_words('e.content')} AS content_text",
    ),
    "voices": "SELECT article, speaker, s[1] AS start, s[2] AS stop FROM (SELECT article, e.speaker AS speaker, unnest(e.spans) AS s"
    " FROM (SELECT id AS article, unnest(voices) AS e FROM stored_articles))",
    "findings": _each(
        "findings",
        "e.measure AS measure, e.label AS label, e.speaker AS speaker, e.target AS target, e.score AS score, e.confidence AS confidence,"
        " e.candidate AS candidate, e.evidence AS evidence, e.about AS about",
        f", {_words('e.evidence')} AS evidence_text",
    ),
    "tallies": _each(
        "tallies",
        "e.measure AS measure, e.label AS label, e.voice AS voice, e.target AS target, e.holder AS holder, e.count AS count,"
        " e.candidates AS candidates, e.words AS words",
    ),
    "rejects": "SELECT origin, stage, reason FROM stored_rejects",
}
"""Name and SELECT of each table, over what is stored."""


def statements(shards: Iterable[Path], derived: Iterable[tuple[str, Path]]) -> Iterable[str]:
    """The statements that make every table anew over these shards and derived files."""
    folders = list(shards)
    yield _stored("stored_articles", ARTICLES, [folder / "articles.parquet" for folder in folders])
    yield _stored("stored_rejects", REJECTS, [folder / "rejects.parquet" for folder in folders])
    for name, select in VIEWS.items():
        yield f"CREATE OR REPLACE VIEW {name} AS {select}"
    for name, path in derived:
        yield f"CREATE OR REPLACE VIEW {quoted(name)} AS SELECT * FROM {files([path])}"


def files(paths: Iterable[Path], *, filename: bool = False) -> str:
    """Parquet files as something to select from, with the name of the file as a column if asked for."""
    names = ", ".join(literal(str(path)) for path in paths)
    return f"read_parquet([{names}], filename = {str(filename).lower()})"


def _stored(name: str, types: Mapping[str, str], paths: list[Path]) -> str:
    columns = ", ".join(quoted(column) for column in types)
    nothing = ", ".join(f"NULL::{kind} AS {quoted(column)}" for column, kind in types.items())
    select = f"SELECT {columns} FROM {files(paths)}" if paths else f"SELECT {nothing} WHERE false"
    return f"CREATE OR REPLACE VIEW {name} AS {select}"
