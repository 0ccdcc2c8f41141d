"""The commands that carry a store out: `sayso export` in other people's formats, `sayso sources` and `sayso timeline` as tables.

Always true here: options in, one call of the library, rows out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sayso import cli_output as output
from sayso.cli_output import Json

Place = Annotated[Path, typer.Argument(metavar="STORE", help="The folder of a store (sayso ingest makes one).")]
Rows = Annotated[int, typer.Option("--rows", min=1, help="Rows of each table at most.")]


def export(
    store: Place,
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="The file (xlsx, jsonl) or folder (all others) to write.")],
    format: Annotated[str, typer.Option("--as", metavar="FORMAT", help="csv, parquet, xlsx, jsonl, sqlite or tif.")] = "csv",
    bom: Annotated[bool, typer.Option("--bom", help="CSV with a byte order mark, by which Excel knows UTF-8.")] = False,
) -> None:
    """Write a store as tables: statements, sources, documents, claims; with a codebook, and what made it."""
    from sayso.export.material import of_store
    from sayso.export.write import write
    from sayso.store.store import Store

    with Store.open(store) as opened:
        about = write(of_store(opened), format, out, bom=bom)
    for line in about["notices"]:
        output.complain(line)
    counted = ", ".join(f"{count:,} {name}" for name, count in about["rows"].items())
    output.complain(f"Wrote {out} ({counted})")


def sources(
    store: Place,
    by: Annotated[str, typer.Option(help="Groups of articles: outlet, section, language, or a column that came with them.")] = "outlet",
    once: Annotated[
        bool, typer.Option("--once", help="Count a text that several articles carry once only (sayso stories finds them).")
    ] = False,
    json: Json = False,
    csv: Annotated[Path | None, typer.Option(metavar="OUT", help="Write one sheet with a row for each source in each group.")] = None,
    rows: Rows = 20,
) -> None:
    """Audit the sources of a corpus: who speaks how much in how many outlets and stories, by which verbs, and who is not named."""
    output.check_target(csv)
    from sayso.export.audited import audit_store
    from sayso.render.corpus_json import sources_json
    from sayso.render.sourcing import NO_STORIES, grids, sheet
    from sayso.store.store import Store

    with Store.open(store) as opened:
        found = audit_store(opened, by=by, once=once)
        told = opened.has("stories")
        generator = opened.generator
    if csv:
        output.save_sheet(csv, sheet(found))
        output.complain(f"Wrote {csv} (one row for each source in each {by})")
    if json:
        output.write_json(sources_json(found, generator))
    if not json and not csv:
        screen = output.screen()
        for number, grid in enumerate(grids(found, rows)):
            if number:
                screen.line()
            screen.grid(grid)
    if not told:
        output.complain(NO_STORIES)


def timeline(
    store: Place,
    story: Annotated[str | None, typer.Option(help="Only this story, with its statements and who had what first (sayso stories).")] = None,
    json: Json = False,
    rows: Rows = 40,
) -> None:
    """Show articles and statements in order of publication; who said what first; how many a day; those without a date apart."""
    from sayso.export.timeline import timeline as order
    from sayso.render.corpus_json import timeline_json
    from sayso.render.timelines import grids
    from sayso.store.store import Store

    with Store.open(store) as opened:
        found = order(opened, story)
        if json:
            output.write_json(timeline_json(found, opened.generator))
            return
        shown = [entry.article for entry in (*found.dated[:rows], *found.undated[:rows])] if story else []
        said = {reading.document.id: reading for reading in opened.readings(shown)} if shown else {}
    screen = output.screen()
    for number, grid in enumerate(grids(found, rows, said)):
        if number:
            screen.line()
        screen.grid(grid)
