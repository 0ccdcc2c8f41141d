"""The command `sayso compare`: outlets (or any groups) side by side over the stories that they share.

Always true here: it counts nothing itself; what it prints says how many tests were made, with which seed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sayso import cli_output as output
from sayso.errors import UsageError

ORDER = "outlet, section, language, day, month, year, a column of your articles, or one of --tags"


def compare(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="A store whose stories are found (sayso ingest, sayso stories).")],
    by: Annotated[str, typer.Option(metavar="NAME", help=f"What to group by: {ORDER}.")] = "outlet",
    measure: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Such as loaded/own, editorial:exhortation/own, stance:unfavorable@NAME/own, own_share, kind:government."
        ),
    ] = None,
    against: Annotated[str, typer.Option(metavar="GROUP", help="rest, each (all pairs), or the name of one group.")] = "rest",
    only: Annotated[list[str] | None, typer.Option(metavar="GROUP", help="Only this group; may be repeated.")] = None,
    tags: Annotated[Path | None, typer.Option(metavar="CSV", help="What you know of outlets: columns outlet, country, …")] = None,
    copies: Annotated[str, typer.Option(help="Wire copy: once (for the wire), or each (for every carrier).")] = "once",
    words: Annotated[
        str | None, typer.Option(metavar="VOICE", help="Typical words of this voice instead: own, endorsed, neutral, distanced.")
    ] = None,
    prior: Annotated[float, typer.Option(min=1.0, help="With --words: weight of the prior, in words.")] = 1000.0,
    top: Annotated[int, typer.Option(min=1, help="With --words: words shown in each direction.")] = 20,
    margin: Annotated[
        list[str] | None, typer.Option(metavar="MEASURE=X", help="Differences below X are negligible to you: test for that.")
    ] = None,
    draw_sample: Annotated[int | None, typer.Option(min=1, metavar="N", help="Draw N articles of each group to label, into --out.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="CSV", help="Where to write the sample.")] = None,
    labels: Annotated[
        Path | None, typer.Option(metavar="CSV", help="The sample with its labels: takes the measure's known error out.")
    ] = None,
    resamples: Annotated[int, typer.Option(min=100, max=100_000, help="Of the bootstrap and the permutation test.")] = 2000,
    seed: Annotated[int, typer.Option(min=0, help="Of all drawing.")] = 20160208,
    csv: Annotated[Path | None, typer.Option(metavar="OUT", help="Write the table as a sheet.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Write the table as one JSON object.")] = False,
) -> None:
    """Compare groups over the stories they share: paired differences with intervals; the unit is the story."""
    output.check_target(csv)
    output.check_target(out)
    if (draw_sample is None) != (out is None):
        raise UsageError("a sample needs both --draw-sample N and --out CSV")
    if out is not None and out.exists():
        raise UsageError(f"{out} is there already and may hold labels: name another file")
    from sayso.compare.contrasts import Settings
    from sayso.compare.labels import COLUMNS, read_labels, rows, sample
    from sayso.compare.report import Asked, prepare
    from sayso.compare.report import compare as comparing
    from sayso.compare.units import read_tags, units
    from sayso.compare.vocabulary import vocabularies
    from sayso.render import contrasts as render
    from sayso.store.store import Store

    known = read_tags(tags) if tags else None
    asked = Asked(by, tuple(measure or ()), against, copies, tuple(only or ()), known)
    settings = Settings(resamples, seed, margins=dict(_margin(each) for each in margin or ()))
    with Store.open(store) as opened:
        if words is not None:
            of = units(opened, by, copies, known, asked.only)
            found, dropped = vocabularies(opened, of, [words], top, prior, resamples, seed)
            tables, notes = render.word_grids(found), render.word_facts(found, dropped, resamples, seed)
            item, sheet = render.words_json(found, dropped, resamples, seed), render.word_sheet(found)
        elif draw_sample is not None and out is not None:
            of, chosen = prepare(opened, asked)
            drawn = rows(opened, of, chosen, sample(of, draw_sample, seed))
            output.save_sheet(out, render.rows_as_csv(COLUMNS, drawn))
            typer.echo(f"Wrote {out}: {len(drawn)} passages to label, seed {seed}; fill the column label, then --labels {out}", err=True)
            return
        else:
            report = comparing(opened, asked, settings, read_labels(labels) if labels else None)
            tables, notes, item, sheet = render.grids(report), render.facts(report), render.to_json(report), render.sheet(report)
    if csv:
        output.save_sheet(csv, sheet)
        typer.echo(f"Wrote {csv}", err=True)
    if json:
        output.write_json(item)
    if not csv and not json:
        screen = output.screen()
        for table in tables:
            screen.grid(table)
            screen.line()
        for note in notes:
            screen.line(note)


def _margin(given: str) -> tuple[str, float]:
    name, sign, value = given.rpartition("=")
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not sign or not 0.0 < number < float("inf"):
        raise UsageError(f"--margin {given!r} makes no sense: write a measure and a number above 0, such as loaded/own=1.5")
    return name, number
