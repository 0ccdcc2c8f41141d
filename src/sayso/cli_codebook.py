"""The commands under `sayso codebook`: bring your own categories, see whether they hold, and apply them to articles.

Always true here: nothing is coded by a codebook that was not fitted; a codebook that makes no sense ends in one line that says what to do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sayso import cli_output as output
from sayso.cli_output import Json, Origins, Outlet, Rules, Threads
from sayso.errors import BundleError
from sayso.reading import Rejection

commands = typer.Typer(
    help="Frames and other categories from codebooks: check, fit and apply your own.", no_args_is_help=True, rich_markup_mode=None
)
Book = Annotated[str, typer.Argument(metavar="CODEBOOK", help="A codebook file (.toml), or the name of one that ships (see list).")]
ByWords = Annotated[bool, typer.Option("--words-only", help="Go by words only, without sentence vectors.")]


@commands.command(name="list")
def listed() -> None:
    """List the codebooks that ship with sayso."""
    from sayso.codebooks.book import SHIPPED, shipped
    from sayso.render.codebooks import line

    for name in SHIPPED:
        output.write(line(name, shipped(name)))


@commands.command()
def check(book: Book) -> None:
    """Read a codebook, or say what is wrong with it; print what is in it."""
    from sayso.codebooks.book import find_codebook
    from sayso.render.codebooks import contents

    output.write("\n".join(contents(find_codebook(book))))


@commands.command()
def fit(
    book: Book,
    examples: Annotated[Path, typer.Argument(metavar="EXAMPLES", help="Your coded texts: .jsonl or .csv with text, frames, outlet.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the fitted codebook (JSON).")],
    words_only: ByWords = False,
    threads: Threads = None,
    json: Annotated[bool, typer.Option("--json", help="Write the report as one JSON object.")] = False,
) -> None:
    """Fit a codebook to your coded examples, and say how far it agrees with you on outlets it has not seen."""
    output.check_target(out)
    from sayso.codebooks.book import find_codebook
    from sayso.codebooks.coded import read_coded
    from sayso.codebooks.fit import fit as fitting
    from sayso.codebooks.fitted import save
    from sayso.render.codebooks import report

    found = find_codebook(book)
    fitted = fitting(found, read_coded(examples, found), _vectors(words_only, threads))
    save(fitted, out)
    if json:
        output.write_json(fitted.report)
    else:
        output.write("\n".join(report(fitted)))
    output.complain(f"Wrote {out}")


@commands.command()
def apply(
    book: Annotated[str, typer.Argument(metavar="CODEBOOK", help="A fitted codebook (.json) to code by; any other to rank passages by.")],
    origins: Origins,
    json: Json = False,
    rules: Rules = False,
    outlet: Outlet = None,
    words_only: ByWords = False,
    threads: Threads = None,
) -> None:
    """Apply a codebook to articles, voice by voice: codes if it was fitted, passages to read if not."""
    from sayso.codebooks.apply import code_reading, rank_reading, to_json
    from sayso.codebooks.book import find_codebook
    from sayso.codebooks.fitted import load
    from sayso.codebooks.rank import ranker
    from sayso.reader import Reader, outcomes
    from sayso.render.codebooks import applied

    fitted = load(Path(book)) if book.endswith(".json") else None
    by_words = words_only or (fitted is not None and fitted.fingerprint is None)
    vectors = _vectors(by_words, threads)
    if fitted is not None:
        fitted.check(vectors)
    ready = fitted.ranker if fitted is not None else ranker(find_codebook(book), vectors)
    rejected: list[Rejection] = []
    reader = Reader(rules=rules, threads=threads, measures=())
    for reading in output.readings(outcomes(origins, reader, outlet=outlet), rejected, json):
        found = rank_reading(reading, ready, vectors) if fitted is None else code_reading(reading, fitted, vectors)
        if json:
            output.write_json({"origin": reading.document.origin, **to_json(found)})
        else:
            output.write("\n".join(applied(reading, found)))
    output.tell(rejected)


def _vectors(words_only: bool, threads: int | None) -> Any:
    """The released network's sentence vectors; None to go by words only."""
    if words_only:
        return None
    try:
        return output.encoded(threads=threads)
    except (BundleError, ModuleNotFoundError) as error:
        raise BundleError(f"{error}; or go by words only (--words-only)") from None
