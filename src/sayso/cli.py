"""The command line: options in, one call of the library, rows out; no decision is taken here that the library does not take.

Always true here: an input that cannot be read costs one line on standard error and never the others; exit codes are 0 (fine), 1 (an input
was rejected, or nothing could be read), 2 (the call makes no sense), 130 (interrupted), 141 (the reader of our output went away);
modules of ours that cost time to import are imported inside the command that needs them, so that `sayso --help` is quick.
"""

from __future__ import annotations

import json as jsonlib
import os
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from sayso import cli_annotations, cli_codebook
from sayso import cli_output as output
from sayso.cli_audit import audit, explain
from sayso.cli_claims import claims
from sayso.cli_compare import compare
from sayso.cli_corpus import ingest, query, rejects, reread
from sayso.cli_corrections import corrections
from sayso.cli_export import export, sources, timeline
from sayso.cli_measures import list_measures
from sayso.cli_output import Json, Origins, Outlet, Rules, Threads
from sayso.cli_report import report
from sayso.cli_serve import serve
from sayso.cli_stories import stories
from sayso.cli_train import train
from sayso.errors import BundleError, SaysoError, UsageError

DEMO_PAGE = Path("sayso-demo.html")
NEXT = {
    "sayso read article.txt": "who says what in your article",
    "sayso read article.txt --html a.html": "the same as a page",
    "sayso read --json one.txt two.html": "the same as data, one line each",
    "sayso --help": "everything else",
}


class _Commands(TyperGroup):
    """The group of all commands: turns every error raised on purpose into one line and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            value = super().invoke(ctx)
            sys.stdout.flush()
            return value
        except SaysoError as error:
            output.complain(f"sayso: {error}")
            raise typer.Exit(2 if isinstance(error, UsageError) else 1) from None
        except KeyboardInterrupt:
            output.complain("sayso: interrupted")
            raise typer.Exit(130) from None
        except BrokenPipeError:
            # Whoever read our output has gone; give the interpreter something to flush into at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(141) from None


app = typer.Typer(
    name="sayso",
    cls=_Commands,
    help="On whose say-so does the news tell you this? Separates what an article attributes from what it says in its own voice.",
    epilog="Begin with: sayso demo",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"sayso {version('sayso')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")] = False,
) -> None:
    """Options that stand before the command."""


@app.command()
def read(
    origins: Origins,
    json: Json = False,
    html: Annotated[Path | None, typer.Option(metavar="OUT", help="Write one self-contained page with all the articles.")] = None,
    rules: Rules = False,
    measures: output.Measures = None,
    outlet: Outlet = None,
    threads: Threads = None,
) -> None:
    """Read articles: who says what, in whose voice, and how it is told."""
    output.check_target(html)
    from sayso.reader import Reader, outcomes
    from sayso.reading import Reading, Rejection
    from sayso.schema import to_json

    screen = None if json or html else output.screen()
    rejected: list[Rejection] = []
    kept: list[Reading] = []
    found = outcomes(origins, Reader(rules=rules, threads=threads, measures=output.among(measures)), outlet=outlet)
    for number, reading in enumerate(output.readings(found, rejected, json)):
        if html:
            kept.append(reading)
        if json:
            output.write_json(to_json(reading))
        if screen:
            if number:
                screen.rule()
            screen.reading(reading)
    if html and kept:
        from sayso.render.pages import page

        output.save(html, page(kept))
        typer.echo(f"Wrote {html} (open it in a browser; it needs no network)", err=True)
    output.tell(rejected)


app.command()(audit)
app.command()(explain)
app.command("measures")(list_measures)
app.command()(compare)
app.command()(ingest)
app.command()(rejects)
app.command()(reread)
app.command()(query)
app.command()(stories)
app.command()(claims)
app.command()(export)
app.command()(sources)
app.command()(timeline)
app.command()(corrections)
app.command()(report)
app.command()(serve)


@app.command()
def demo(
    html: Annotated[Path, typer.Option(metavar="PATH", help="Where to write the page.")] = DEMO_PAGE,
    rules: Rules = False,
) -> None:
    """Read a bundled, invented story in three outlets; print one article, a comparison and the claims by outlet; write one page."""
    output.check_target(html)
    typer.echo(
        "Reading 3 articles on one story (bundled, invented) …"
        if output.shows("…")
        else "Reading 3 articles on one story (bundled, invented)"
    )
    started = time.perf_counter()
    from sayso.claims.story import claims as lay
    from sayso.cli_claims import matching
    from sayso.demo.story import documents
    from sayso.reader import Reader
    from sayso.render.comparison import compare as beside
    from sayso.render.matrix_words import lines
    from sayso.render.pages import page

    try:
        reader = Reader(rules=rules)
    except BundleError as error:
        output.complain(f"{error}\nGoing on by rules, without the model.")
        rules, reader = True, Reader(rules=True)
    readings = list(reader.pipe(documents()))
    matrix = lay(readings, matching(rules)[0])
    took = time.perf_counter() - started
    comparison = beside(readings, "Same story, three outlets")
    screen = output.screen()
    screen.line(f"done in {took:.1f} s ({reader.fingerprint})")
    screen.line()
    screen.reading(readings[0])
    screen.line()
    screen.comparison(comparison)
    screen.line()
    screen.matrix(lines(matrix))
    screen.line()
    output.save(html, page(readings, title="One story, three outlets", comparison=comparison, matrix=matrix))
    screen.line(f"Wrote {html} (open it in a browser; it needs no network)")
    for number, (command, what) in enumerate(NEXT.items()):
        screen.line(f"{'' if number else 'Next:':6}{command:38}{what}")


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD...", help="Gold files or folders: JSON lines, brat, or texts with .json.")],
    protocol: Annotated[str, typer.Option(help="What to compare, such as contract, names or loaded; another word lists all.")] = "contract",
    own_voice: Annotated[bool, typer.Option("--own-voice", help="Whose words evaluative spans are booked to; GOLD is BASIL.")] = False,
    part: Annotated[str | None, typer.Option(help="For measures: only gold of this part of its collection, such as dev.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Write the report as one JSON object, with every figure.")] = False,
    full: Annotated[bool, typer.Option("--all", help="Print every figure, not the main ones only.")] = False,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Score the baseline alone.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Read the first N articles only.")] = None,
    bundle: Annotated[Path | None, typer.Option(metavar="DIR", help="Score this model instead of the one that ships.")] = None,
    threads: Threads = None,
) -> None:
    """Score the baseline and the model against gold, side by side, with intervals."""
    from sayso.evaluation.claims import CLAIMS
    from sayso.evaluation.own_voice import OWN_VOICE
    from sayso.evaluation.report import to_json
    from sayso.evaluation.runs import MEASURED, PRONOUNS, convention, run
    from sayso.evaluation.stories import STORIES
    from sayso.evaluation.table import table
    from sayso.reader import Reader
    from sayso.render.safe import encodable

    if protocol == "frames":
        output.frames(gold, bundle, json, words_only=rules_only)
        return
    if protocol == "corrections":
        output.agreement(gold, json)
        return
    # The model is told whose conventions the gold follows; the ones that it is released with are the contract's.
    protocol = OWN_VOICE if own_voice else protocol
    follows = convention(protocol)
    measures = None if protocol in MEASURED else ()
    readers, choosers, scorer = {"rules": Reader(rules=True, measures=measures)}, {}, None
    vectors = output.encoded(bundle, threads) if protocol == STORIES and not rules_only else None
    if not rules_only and protocol == PRONOUNS:
        from sayso.encoder.bundle import load
        from sayso.encoder.session import Session
        from sayso.speakers.pronouns import Choose

        choosers = {"ranker": Choose(), "model": Choose(Session(load(bundle), threads=threads))}
    elif not rules_only and protocol == CLAIMS:
        from sayso.encoder.bundle import load
        from sayso.encoder.claim_session import ClaimSession

        scorer = ClaimSession(load(bundle), threads=threads)
    elif not rules_only and vectors is None:
        readers["model"] = Reader(bundle, threads=threads, convention=follows, measures=measures)
    report = run(gold, protocol, readers, limit, choosers, part, scorer, vectors)
    if json:
        output.write(jsonlib.dumps(to_json(report), ensure_ascii=False))
    else:
        typer.echo(encodable(table(report, full), sys.stdout.encoding or "ascii"), nl=False)


@app.command()
def doctor() -> None:
    """Say whether everything is in place: versions, the model, no network."""
    from sayso.doctor import checks

    found = checks()
    screen = output.screen()
    for check in found:
        screen.line(f"{'ok ' if check.fine else 'BAD'}  {check.name}: {check.note}")
    if not all(check.fine for check in found):
        raise typer.Exit(1)


@app.command()
def card() -> None:
    """Print the model card: what the model is for, what it was trained on, how well it does, where it fails."""
    from sayso.encoder.bundle import load
    from sayso.encoder.card import describe

    output.write(describe(load()).rstrip("\n"))


app.add_typer(cli_annotations.commands, name="annotations")
app.add_typer(cli_codebook.commands, name="codebook")
app.add_typer(train, name="train")


def main() -> None:
    """Run the command line."""
    app()
