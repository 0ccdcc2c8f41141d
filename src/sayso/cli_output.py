"""What all commands share: how lines reach the terminal, a pipe or a file, and how inputs that cannot be read are told.

Always true here: JSON is UTF-8 whatever the terminal's encoding; nothing from an article reaches a terminal unescaped; modules that cost
time to import are imported inside functions.
"""

from __future__ import annotations

import json as jsonlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from sayso.errors import UsageError
from sayso.reading import SCHEMA, Reading, Rejection

Origins = Annotated[list[str], typer.Argument(metavar="ORIGIN...", help="Files, http(s) addresses, or - for standard input.")]
Json = Annotated[bool, typer.Option("--json", help="Write one JSON object per line, one line per input, in order.")]
Rules = Annotated[bool, typer.Option("--rules", help="Read by rules, without the model.")]
Outlet = Annotated[str | None, typer.Option(help="Who published it, where the article does not say so.")]
Measures = Annotated[
    str | None,
    typer.Option(metavar="NAMES", help="Only these measures, with commas between them, or none; by default all (sayso measures)."),
]
Threads = Annotated[int | None, typer.Option(min=1, help="Cores for the model; all of them by default.")]


def among(measures: str | None) -> list[str] | None:
    """The names of measures as they were given; None for all."""
    if measures is None:
        return None
    names = [name.strip() for name in measures.split(",") if name.strip()]
    return [] if names == ["none"] else names


def readings(outcomes: Iterable[Reading | Rejection], rejected: list[Rejection], json: bool) -> Iterator[Reading]:
    """The readings among the outcomes, as they get ready; the others are put into `rejected`, and written in their place if it is JSON."""
    for outcome in outcomes:
        if isinstance(outcome, Reading):
            yield outcome
            continue
        rejected.append(outcome)
        if json:
            why = {"origin": outcome.origin, "stage": outcome.stage, "reason": outcome.reason}
            write_json({"schema": SCHEMA, "rejection": why})


def tell(rejected: Iterable[Rejection]) -> None:
    """One line for each input that was not read.

    Raises:
        typer.Exit: with 1, if there was one.

    """
    lines = [f"{rejection.origin}: {rejection.reason.removeprefix(rejection.origin + ': ')}" for rejection in rejected]
    for line in lines:
        complain(line)
    if lines:
        raise typer.Exit(1)


def screen() -> Any:
    """Standard output for people."""
    from sayso.render.terminal import Screen

    return Screen(sys.stdout)


def write_json(value: Any) -> None:
    """One line of JSON that shows no acting character."""
    from sayso.render.safe import json_line

    write(json_line(jsonlib.dumps(value, ensure_ascii=False, separators=(",", ":"))))


def write(line: str) -> None:
    """One line in UTF-8, since that is what JSON is; lone surrogates as JSON escapes."""
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def complain(text: str) -> None:
    """Lines on standard error."""
    from sayso.render.safe import encodable, visible

    typer.echo(encodable(visible(text), sys.stderr.encoding or "ascii"), err=True)


def shows(text: str) -> bool:
    """Whether standard output can show these characters."""
    from sayso.render.safe import encodable

    return encodable(text, sys.stdout.encoding or "ascii") == text


def check_target(path: Path | None) -> None:
    """Before any work is done: whether a file could be written there."""
    if path is not None and (path.is_dir() or not path.parent.is_dir()):
        raise UsageError(f"cannot write {path}: name a file in a folder that exists")


def save(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a file."""
    try:
        path.write_text(text, encoding=encoding, errors="backslashreplace", newline="\n")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}; name another file") from None


def save_sheet(path: Path, text: str) -> None:
    """Write CSV; the mark at the beginning tells spreadsheets that it is UTF-8."""
    save(path, text, "utf-8-sig")


def encoded(bundle: Path | None = None, threads: int | None = None) -> Any:
    """The vectors of texts (`codebooks.encoded.Encoded`) by a network, the released one if none is named."""
    from sayso.codebooks.encoded import Encoded
    from sayso.encoder.bundle import load
    from sayso.encoder.tone_session import ToneSession

    return Encoded(ToneSession(load(bundle), threads=threads))


def frames(gold: Iterable[Path], bundle: Path | None, json: bool, *, words_only: bool) -> None:
    """Score codebooks against gold codes and print one table, or one JSON object, for each set."""
    from sayso.evaluation import frames as scoring
    from sayso.render.safe import encodable

    vectors = None
    if not words_only:
        vectors = encoded(bundle)
    for one in scoring.gold_sets([item for path in gold for item in scoring.read_frames(path)]):
        report = scoring.evaluate_frames(one, vectors)
        if json:
            write_json(scoring.to_json(report))
        else:
            typer.echo(encodable(scoring.table(report), sys.stdout.encoding or "ascii"), nl=False)


def agreement(stores: Iterable[Path], json: bool) -> None:
    """Print how far people agree with the readings of each store so far."""
    from sayso.evaluation import corrected
    from sayso.render.safe import encodable

    for path in stores:
        found = corrected.evaluate_corrections(path)
        if json:
            write_json(corrected.to_json(found))
        else:
            typer.echo(encodable(corrected.table(found), sys.stdout.encoding or "ascii"), nl=False)
