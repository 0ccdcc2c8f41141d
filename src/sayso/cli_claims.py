"""The command `sayso claims`: the matrix of claims × outlets of a story in a store, of a few articles, or of all stories at once.

Always true here: the first argument decides: what is a file, an address or `-` is read at once, anything else is a story of `--store`;
a window or copies counted each are only shown, so that a store keeps whole stories with each text once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sayso import cli_output as output
from sayso.cli_output import Json, Outlet, Threads
from sayso.errors import UsageError

ONCE, EACH = "once", "each"


def claims(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="STORY|ORIGIN...", help="A story of the store, or files and addresses that are one story.")
    ] = None,
    store: Annotated[Path | None, typer.Option(metavar="DIR", help="The store that the story is in (sayso ingest, sayso stories).")] = None,
    everything: Annotated[bool, typer.Option("--everything", help="Show claims that a single article tells too.")] = False,
    days: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Only articles at most N days after the story's first; the denominator too.")
    ] = None,
    copies: Annotated[str, typer.Option(help="Articles that carry one text: once, or each.")] = ONCE,
    every: Annotated[bool, typer.Option("--all", help="Keep the claims of all stories of the store up to date; print none.")] = False,
    json: Json = False,
    html: Annotated[Path | None, typer.Option(metavar="OUT", help="Write one page with the matrix and its articles.")] = None,
    rules: Annotated[bool, typer.Option("--rules", help="Match by words alone, and read files by rules, without the model.")] = False,
    outlet: Outlet = None,
    threads: Threads = None,
) -> None:
    """Lay claims beside outlets: who tells what in its own voice, attributed, quoted or denied; what is not found; what contradicts."""
    output.check_target(html)
    origins = what or []
    if copies not in (ONCE, EACH):
        raise UsageError(f"--copies is {ONCE} or {EACH}, not {copies[:40]!r}")
    if every:
        if store is None or origins or days is not None or copies != ONCE or everything or html:
            raise UsageError("--all goes with --store DIR, --rules, --json and --threads only")
        _update(store, rules, json, threads)
        return
    if not origins:
        raise UsageError("name a story (with --store DIR) or at least two articles")
    if store is None and not _is_article(origins[0]):
        raise UsageError(f"there is no file {origins[0][:80]!r}: name articles, or a story with --store DIR")
    settings = {"everything": everything, "copies": copies, "days": days}
    if store is None:
        _of_files(origins, settings, json, html, rules=rules, outlet=outlet, threads=threads)
    elif len(origins) > 1:
        raise UsageError("one story at a time, or --all")
    else:
        _of_story(store, origins[0], settings, json, html, rules=rules, threads=threads)


def _is_article(name: str) -> bool:
    return name == "-" or name.startswith(("http://", "https://")) or Path(name).exists()


def _update(path: Path, rules: bool, json: bool, threads: int | None) -> None:
    from sayso.claims.keeping import update
    from sayso.store.store import Store

    scorer, matcher = matching(rules, threads)
    with Store.open(path) as store:
        did = update(store, scorer, matcher)
    if json:
        output.write_json({"made": did.made, "already": did.already, "gone": did.gone, "matched_by": matcher})
    else:
        output.complain(f"stories with claims: {did.made} made now, {did.already} before; {did.gone} dropped, since they are no more")


def _of_story(path: Path, story: str, settings: dict[str, Any], json: bool, html: Path | None, *, rules: bool, threads: int | None) -> None:
    from sayso.claims.keeping import articles, keep
    from sayso.claims.story import claims as lay
    from sayso.render.words import many
    from sayso.store.store import Store
    from sayso.stories.keeping import text_of

    scorer, matcher = matching(rules, threads)
    once = settings["copies"] == ONCE
    with Store.open(path) as store:
        readings, outside = articles(store, story, settings["days"])
        matrix = lay(readings, scorer, everything=settings["everything"], text_of=text_of(store) if once else None)
        if once and settings["days"] is None and not settings["everything"]:
            keep(store, {story: matrix}, matcher)
    if outside:
        left, days = many(outside, "article"), many(settings["days"], "day")
        output.complain(f"left out: {left} of the story, published more than {days} after its first or without a date")
    _show(matrix, {"story": story, "matched_by": matcher} | settings, json, html)


def _of_files(
    origins: list[str], settings: dict[str, Any], json: bool, html: Path | None, *, rules: bool, outlet: str | None, threads: int | None
) -> None:
    from sayso.claims.once import copies_among
    from sayso.claims.story import claims as lay
    from sayso.reader import Reader, outcomes
    from sayso.reading import Rejection
    from sayso.stories.profile import day_of

    if settings["days"] is not None:
        raise UsageError("--days goes with a story of a store: name the files that you want instead")
    rejected: list[Rejection] = []
    reader = Reader(rules=rules, threads=threads, measures=None if html else ())
    readings = list(output.readings(outcomes(origins, reader, outlet=outlet), rejected, json))
    readings.sort(key=lambda reading: day_of(reading.document.published) or 0)
    scorer, matcher = matching(rules, threads)
    matrix = lay(
        readings, scorer, everything=settings["everything"], text_of=copies_among(readings) if settings["copies"] == ONCE else None
    )
    if readings:
        _show(matrix, {"story": None, "matched_by": matcher} | settings, json, html)
    output.tell(rejected)


def _show(matrix: Any, settings: dict[str, Any], json: bool, html: Path | None) -> None:
    from sayso.claims.record import record
    from sayso.render.matrix_words import lines

    caption = f"Claims of {settings['story']}, by outlet" if settings["story"] else "Claims of these articles, by outlet"
    if json:
        output.write_json(record(matrix, settings))
    if html:
        from sayso.render.pages import page

        output.save(html, page(matrix.readings, title=caption, matrix=matrix))
        typer.echo(f"Wrote {html} (open it in a browser; it needs no network)", err=True)
    if not json and not html:
        output.screen().matrix(lines(matrix, caption))


def matching(rules: bool, threads: int | None = None) -> tuple[Any, str]:
    """The claim network and its name; nothing and `words` where it is not wanted, or the model on disk has none."""
    from sayso.claims.record import MATCHED_BY_WORDS
    from sayso.encoder.bundle import CLAIMS, load

    if rules:
        return None, MATCHED_BY_WORDS
    bundle = load()
    if CLAIMS not in bundle.digests:
        return None, MATCHED_BY_WORDS
    from sayso.encoder.claim_session import ClaimSession

    return ClaimSession(bundle, threads=threads), bundle.name
