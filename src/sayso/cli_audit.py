"""The commands that look closer at a reading: `sayso audit` counts who gets what, `sayso explain` says which words led to its labels.

Always true here: both read the article as `sayso read` does and decide nothing of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sayso import cli_output as output
from sayso.cli_output import Json, Origins, Outlet, Rules, Threads


def audit(
    origins: Origins,
    json: Json = False,
    csv: Annotated[Path | None, typer.Option(metavar="OUT", help="Write one sheet with a row for each source of each article.")] = None,
    rules: Rules = False,
    outlet: Outlet = None,
    threads: Threads = None,
) -> None:
    """Audit the sources of articles: who gets how many words, where, in which form, by which verbs."""
    output.check_target(csv)
    from sayso.audit import audit as count
    from sayso.reader import Reader, outcomes
    from sayso.reading import Rejection
    from sayso.records import audit_json
    from sayso.render.audits import cells, sheet

    screen = None if json or csv else output.screen()
    rejected: list[Rejection] = []
    kept: list[tuple[object, ...]] = []
    found = outcomes(origins, Reader(rules=rules, threads=threads, measures=()), outlet=outlet)
    for number, reading in enumerate(output.readings(found, rejected, json)):
        if csv:
            kept += cells(reading)
        if json:
            output.write_json(audit_json(reading, count(reading)))
        if screen:
            if number:
                screen.rule()
            screen.audit(reading)
    if csv and kept:
        output.save_sheet(csv, sheet(kept))
        typer.echo(f"Wrote {csv} (one row for each source)", err=True)
    output.tell(rejected)


def explain(
    origin: Annotated[str, typer.Argument(metavar="ORIGIN", help="A file, an http(s) address, or - for standard input.")],
    attribution: Annotated[str | None, typer.Argument(metavar="[A1]", help="Which attribution; all of them by default.")] = None,
    json: Json = False,
    rules: Rules = False,
    outlet: Outlet = None,
    threads: Threads = None,
) -> None:
    """Say which words led to the labels of an attribution: attitude, stance, kind of source, and the rest."""
    from sayso.explain import explanations as why
    from sayso.reader import Reader, outcomes
    from sayso.reading import Rejection
    from sayso.records import explanation_json

    screen = None if json else output.screen()
    rejected: list[Rejection] = []
    reader = Reader(rules=rules, threads=threads, measures=())
    for reading in output.readings(outcomes([origin], reader, outlet=outlet), rejected, json):
        (found,) = reader.find([reading.document])
        every = why(reading, (attribution.upper(),) if attribution else None, found)
        for told in every:
            if json:
                output.write_json(explanation_json(reading, told))
            if screen:
                screen.explanation(reading, told)
        if screen and not every:
            screen.line("No attribution found: all of it stands in the outlet's own voice.")
    output.tell(rejected)
