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
            _complain(f"sayso: {error}")
            raise typer.Exit(2 if isinstance(error, UsageError) else 1) from None
        except KeyboardInterrupt:
            _complain("sayso: interrupted")
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

Json = Annotated[bool, typer.Option("--json", help="Write one JSON object per line (schema sayso/1), one line per input, in order.")]
Rules = Annotated[bool, typer.Option("--rules", help="Read by rules, without the model.")]
Threads = Annotated[int | None, typer.Option(min=1, help="Cores for the model; all of them by default.")]


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
    origins: Annotated[list[str], typer.Argument(metavar="ORIGIN...", help="Files, http(s) addresses, or - for standard input.")],
    json: Json = False,
    html: Annotated[Path | None, typer.Option(metavar="OUT", help="Write one self-contained page with all the articles.")] = None,
    rules: Rules = False,
    outlet: Annotated[str | None, typer.Option(help="Who published it, where the article does not say so.")] = None,
    threads: Threads = None,
) -> None:
    """Read articles: who says what, in whose voice."""
    _check_target(html)
    from sayso.reader import Reader, outcomes
    from sayso.reading import SCHEMA, Reading, Rejection
    from sayso.render.safe import json_line
    from sayso.schema import dumps

    screen = None if json or html else _screen()
    rejected: list[Rejection] = []
    kept: list[Reading] = []
    for number, outcome in enumerate(outcomes(origins, Reader(rules=rules, threads=threads), outlet=outlet)):
        if isinstance(outcome, Rejection):
            rejected.append(outcome)
        elif html:
            kept.append(outcome)
        if json and isinstance(outcome, Reading):
            _write(json_line(dumps(outcome)))
        elif json and isinstance(outcome, Rejection):
            why = {"origin": outcome.origin, "stage": outcome.stage, "reason": outcome.reason}
            _write(json_line(jsonlib.dumps({"schema": SCHEMA, "rejection": why}, ensure_ascii=False, separators=(",", ":"))))
        elif screen and isinstance(outcome, Reading):
            if number:
                screen.rule()
            screen.reading(outcome)
    if html and kept:
        from sayso.render.pages import page

        _save(html, page(kept))
        typer.echo(f"Wrote {html} (open it in a browser; it needs no network)", err=True)
    for rejection in rejected:
        _complain(f"{rejection.origin}: {rejection.reason.removeprefix(rejection.origin + ': ')}")
    if rejected:
        raise typer.Exit(1)


@app.command()
def demo(
    html: Annotated[Path, typer.Option(metavar="PATH", help="Where to write the page.")] = DEMO_PAGE,
    rules: Rules = False,
) -> None:
    """Read a bundled, invented story in three outlets; print one article and a comparison; write one page."""
    _check_target(html)
    typer.echo(
        "Reading 3 articles on one story (bundled, invented) …" if _shows("…") else "Reading 3 articles on one story (bundled, invented)"
    )
    started = time.perf_counter()
    from sayso.demo.story import documents
    from sayso.reader import Reader
    from sayso.render.comparison import compare
    from sayso.render.pages import page

    try:
        reader = Reader(rules=rules)
    except BundleError as error:
        _complain(f"{error}\nGoing on by rules, without the model.")
        reader = Reader(rules=True)
    readings = list(reader.pipe(documents()))
    took = time.perf_counter() - started
    comparison = compare(readings, "Same story, three outlets")
    screen = _screen()
    screen.line(f"done in {took:.1f} s ({reader.fingerprint})")
    screen.line()
    screen.reading(readings[0])
    screen.line()
    screen.comparison(comparison)
    screen.line()
    _save(html, page(readings, title="One story, three outlets", comparison=comparison))
    screen.line(f"Wrote {html} (open it in a browser; it needs no network)")
    for number, (command, what) in enumerate(NEXT.items()):
        screen.line(f"{'' if number else 'Next:':6}{command:38}{what}")


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD...", help="Gold files or folders: JSON lines, brat, or texts with .json.")],
    protocol: Annotated[str, typer.Option(help="How to score: polnear, cofenet or contract.")] = "contract",
    json: Annotated[bool, typer.Option("--json", help="Write the report as one JSON object.")] = False,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Score the baseline alone.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Read the first N articles only.")] = None,
    bundle: Annotated[Path | None, typer.Option(metavar="DIR", help="Score this model instead of the one that ships.")] = None,
    threads: Threads = None,
) -> None:
    """Score the baseline and the model against gold, side by side, with intervals."""
    from sayso.evaluation.corpora import read_gold
    from sayso.evaluation.protocols import protocol as protocol_named
    from sayso.evaluation.report import evaluate, table, to_json
    from sayso.reader import Reader
    from sayso.render.safe import encodable

    rules = protocol_named(protocol)
    versions = [reading for path in gold for reading in read_gold(path, rules.versions)]
    documents = list({reading.document.text: reading.document for reading in versions}.values())[:limit]
    texts = {document.text for document in documents}
    # The model is told whose conventions the gold follows; the ones that it is released with are the contract's.
    convention = "contract" if protocol == "contract" else "polnear"
    readers = {"rules": Reader(rules=True)}
    if not rules_only:
        readers["model"] = Reader(bundle, threads=threads, convention=convention)
    systems = {name: list(reader.pipe(documents)) for name, reader in readers.items()}
    report = evaluate([reading for reading in versions if reading.document.text in texts], systems, rules)
    if json:
        _write(jsonlib.dumps(to_json(report), ensure_ascii=False))
    else:
        typer.echo(encodable(table(report), sys.stdout.encoding or "ascii"), nl=False)


@app.command()
def doctor() -> None:
    """Say whether everything is in place: versions, the model, no network."""
    from sayso.doctor import checks

    found = checks()
    screen = _screen()
    for check in found:
        screen.line(f"{'ok ' if check.fine else 'BAD'}  {check.name}: {check.note}")
    if not all(check.fine for check in found):
        raise typer.Exit(1)


@app.command()
def card() -> None:
    """Print the model card: what the model is for, what it was trained on, how well it does, where it fails."""
    from sayso.encoder.bundle import load
    from sayso.encoder.card import describe

    _write(describe(load()).rstrip("\n"))


app.add_typer(train, name="train")


def _screen() -> Any:
    from sayso.render.terminal import Screen

    return Screen(sys.stdout)


def _write(line: str) -> None:
    """One line of JSON: UTF-8 whatever the terminal's encoding, since that is what JSON is; lone surrogates as JSON escapes."""
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def _shows(text: str) -> bool:
    from sayso.render.safe import encodable

    return encodable(text, sys.stdout.encoding or "ascii") == text


def _complain(text: str) -> None:
    from sayso.render.safe import encodable, visible

    typer.echo(encodable(visible(text), sys.stderr.encoding or "ascii"), err=True)


def _check_target(path: Path | None) -> None:
    """Before any work is done: whether a page could be written there."""
    if path is not None and (path.is_dir() or not path.parent.is_dir()):
        raise UsageError(f"cannot write {path}: name a file in a folder that exists")


def _save(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}; name another file") from None


def main() -> None:
    """Run the command line."""
    app()
