"""What a notebook shows of a reading, a matrix of claims, a comparison; and the same as tables for pandas and polars.

Always true here: what is shown is a whole page in a frame of its own, so that the notebook's style and the page's never touch; the frame
may run the page's own script and do nothing else: no network, no form, no way to the notebook around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape

from sayso.claims.matrix import Matrix
from sayso.claims.record import record
from sayso.compare.report import Comparison
from sayso.dataframes import DataTable
from sayso.errors import UsageError
from sayso.export.columns import CLAIMS, FLAG, NUMBER, SOURCES, SPANS, STATEMENTS, TEXT, WHOLE, Column
from sayso.export.rows import Row, fit, fit_if, pairs, rows
from sayso.reading import Reading
from sayso.render import contrasts
from sayso.render.pages import page
from sayso.render.safe import one_line
from sayso.render.templating import fill, part
from sayso.render.words import heading
from sayso.shown import Shown

HEIGHT = 640  # pixels of the frame; it can be dragged larger

FINDINGS = (
    *STATEMENTS[:6],
    Column("measure", TEXT, "who observes"),
    Column("label", TEXT, "what"),
    Column("speaker", TEXT, "in whose voice: outlet, or a source_id"),
    Column("target", TEXT, "the actor that it is about"),
    Column("words", TEXT, "the words that it rests on"),
    Column("spans", SPANS, "where they stand, as pairs [start, end), in code points"),
    Column("score", NUMBER, "what the measure's card says, in [0, 1]"),
    Column("confidence", NUMBER, "calibrated probability in [0, 1] that the label is right"),
    Column("candidate", FLAG, "whether it is only a passage to read"),
)
_TYPES = {"said": TEXT, "correction": TEXT, "counted": TEXT, "copies": TEXT, "version": TEXT, "bundle": TEXT}
_TYPES |= dict.fromkeys(("measure", "unit", "by", "group", "against"), TEXT)
_TYPES |= dict.fromkeys(("stories", "articles", "other_articles", "tests", "resamples", "seed"), WHOLE)
_CONTRASTS = tuple(Column(name, _TYPES.get(name, NUMBER), "as in the sheet of a comparison") for name in contrasts.COLUMNS)
_TELLINGS = CLAIMS[1:]  # a matrix does not know what its story is called


def html(value: Shown) -> str:
    """A frame with one article, its voices marked; with the claims of a story, every cell linked to its sentence in the articles below; or
    with the tables of a comparison.
    """
    if isinstance(value, Reading):
        return _framed(page([value]), heading(value))
    if isinstance(value, Matrix):
        return _framed(page(value.readings, matrix=value), "Who tells what, and how")
    if isinstance(value, Comparison):
        tables, facts = contrasts.grids(value), contrasts.facts(value)
        return _framed(
            str(fill("tables.html.jinja", title="Comparison", style=part("style.css"), tables=tables, facts=facts)), "Comparison"
        )
    raise TypeError(f"nobody has said how to show a {type(value).__name__}")


def table(value: Shown, name: str) -> DataTable:
    """One of the tables of a value; its only or first one where no name is given.

    Raises:
        UsageError: there is none of that name.

    """
    tables = _tables(value)
    wanted = name or next(iter(tables))
    if wanted not in tables:
        raise UsageError(f"there is no table {name[:40]!r}: name one of {', '.join(tables)}")
    return tables[wanted]()


def _tables(value: Shown) -> dict[str, Callable[[], DataTable]]:
    if isinstance(value, Reading):
        return {
            "statements": lambda: DataTable(STATEMENTS, rows(value).statements),
            "sources": lambda: DataTable(SOURCES, rows(value).sources),
            "findings": lambda: DataTable(FINDINGS, tuple(_findings(value, rows(value).document))),
        }
    if isinstance(value, Matrix):
        return {"claims": lambda: DataTable(_TELLINGS, tuple(_tellings(value)))}
    if isinstance(value, Comparison):
        return {"contrasts": lambda: DataTable(_CONTRASTS, tuple(_named(contrasts.COLUMNS, contrasts.table(value))))}
    raise TypeError(f"nobody has said what the tables of a {type(value).__name__} are")


def _named(names: Sequence[str], found: Iterable[Sequence[object]]) -> Iterator[Row]:
    return (dict(zip(names, row, strict=True)) for row in found)


def _tellings(value: Matrix) -> Iterator[Row]:
    for claim in record(value, {})["claims"]:
        for telling in claim["tellings"]:
            yield telling | {"claim": claim["claim"], "chain": " > ".join(telling["chain"])}


def _findings(shown: Reading, head: Row) -> list[Row]:
    about = {column.name: head.get(column.name) for column in FINDINGS[:6]}
    return [
        about
        | {
            "measure": fit(each.measure),
            "label": fit(each.label),
            "speaker": each.speaker,
            "target": fit_if(each.target),
            "words": fit(shown.document[each.evidence]),
            "spans": pairs(each.evidence),
            "score": round(each.score, 4),
            "confidence": round(each.confidence, 4),
            "candidate": each.candidate,
        }
        for each in shown.findings
    ]


def _framed(source: str, title: str) -> str:
    style = f"width:100%;height:{HEIGHT}px;border:1px solid #767676;resize:vertical;overflow:auto"
    return f'<iframe title="{escape(one_line(title))}" sandbox="allow-scripts" style="{style}" srcdoc="{escape(source)}"></iframe>'
