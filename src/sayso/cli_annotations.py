"""The commands under `sayso annotations`: our annotations come without the articles' texts; here they meet again, and part.

Always true here: what is written is complete or was asked to be partial; a text that is not found costs one line on standard error.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from sayso import cli_output as output
from sayso.errors import UsageError

commands = typer.Typer(
    help="Join the published annotations with the public texts they belong to, and more.", no_args_is_help=True, rich_markup_mode=None
)
Detached = Annotated[list[Path], typer.Argument(metavar="ANNOTATIONS...", help="Files without texts, or folders of them.")]
Full = Annotated[list[Path], typer.Argument(metavar="ROWS...", help="Files with texts, or folders of them.")]
Out = Annotated[Path, typer.Option(metavar="DIR", help="Folder to write to; it is made if it is not there.")]


@commands.command()
def join(
    files: Detached,
    texts: Annotated[
        list[Path],
        typer.Option(metavar="PATH", help="Public texts: a clone of their repository, .txt, .json, .jsonl or .jsonl.gz. May be repeated."),
    ],
    out: Out,
    partial: Annotated[bool, typer.Option("--partial", help="Write what is found, though some texts are not.")] = False,
) -> None:
    """Put the public texts to our annotations: one file for each, with the same name, for sayso evaluate and sayso train."""
    from sayso.evaluation.publictexts import articles
    from sayso.evaluation.standoff import articles_of, read_detached
    from sayso.evaluation.standoff import join as joining

    by_file = {path: read_detached(path) for path in _files(files)}
    rows = [row for found in by_file.values() for row in found]
    ids = {row["id"] for row in rows}
    if len({path.name for path in by_file}) < len(by_file) or len(ids) < len(rows):
        raise UsageError("a file name or a text comes twice; give each once")
    wanted = [name for row in rows for name in articles_of(row)]
    joined = joining(rows, articles(texts, set(wanted)))
    for name in joined.missing:
        output.complain(f"{name}: not found in the texts")
    for name in joined.differing:
        output.complain(f"{name}: found, but its text is not the one that was annotated")
    lost = len(joined.missing) + len(joined.differing)
    said = f"{len(wanted) - lost} of {len(wanted)} texts found, {len(joined.missing)} missing, {len(joined.differing)} other than annotated"
    if lost and not partial:
        output.complain(f"{said}; nothing was written (--partial writes what is found)")
        raise typer.Exit(1)
    for path, found in by_file.items():
        _save(out, path.name.removesuffix(".gz"), (joined.rows[row["id"]] for row in found if row["id"] in joined.rows))
    typer.echo(f"{said}; wrote {out}", err=True)


@commands.command()
def split(files: Full, out: Out) -> None:
    """Take the texts out: one file for each part (train, dev, test). A text that comes again brings its second annotation."""
    from sayso.evaluation.standoff import detached, read_full

    parts = detached(row for path in _files(files) for row in read_full(path))
    for part, rows in parts.items():
        _save(out, f"{part}.jsonl", rows)
    typer.echo(f"wrote {sum(map(len, parts.values()))} texts to {out}", err=True)


@commands.command()
def count(files: Detached) -> None:
    """Count what annotations hold, by part and label, as Markdown."""
    from sayso.evaluation.datacard import counts
    from sayso.evaluation.standoff import read_detached

    output.write(counts([row for path in _files(files) for row in read_detached(path)]).rstrip("\n"))


@commands.command()
def agreement(files: Full) -> None:
    """Say how far two annotators agree, label by label, as Markdown; the texts have to be joined first."""
    from sayso.evaluation.datacard import agreements

    told = agreements(_files(files))
    if told is None:
        raise UsageError("nothing here was annotated twice")
    output.write(told.rstrip("\n"))


def _files(paths: Iterable[Path]) -> list[Path]:
    found = [file for path in paths for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]
    if not found:
        raise UsageError("no .jsonl file there; name files or a folder that holds some")
    return found


def _save(folder: Path, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make the folder {folder}: {error.strerror or error}; name another") from None
    output.save(folder / name, "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows))
