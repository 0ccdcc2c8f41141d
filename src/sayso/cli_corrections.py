"""The command `sayso corrections`: lists, exports and brings in what people have corrected in a store.

Always true here: the machine's readings are never changed; corrections that come from a file are added by their ids, each once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sayso import cli_output as output
from sayso.cli_output import Json
from sayso.errors import UsageError


def corrections(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="Folder of a store, as sayso ingest makes it.")],
    json: Json = False,
    csv: Annotated[Path | None, typer.Option(metavar="OUT", help="Write one sheet with a row for each correction.")] = None,
    gold: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write articles that somebody checked wholly, corrected, as gold (JSON lines).")
    ] = None,
    source: Annotated[Path | None, typer.Option("--from", metavar="FILE", help="Bring in corrections from a file of JSON lines.")] = None,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Only corrections by this person.")] = None,
) -> None:
    """List what people have corrected, by article; export it, or bring in a colleague's."""
    if csv and gold and csv == gold:
        raise UsageError(f"--csv and --gold both name {csv}: name two files")
    output.check_target(csv)
    output.check_target(gold)
    from sayso.corrections.exchange import bring_in, gold_lines, sheet
    from sayso.corrections.log import Log
    from sayso.corrections.record import to_json
    from sayso.render.correct_words import told
    from sayso.store.store import Store

    with Store.open(store) as corpus:
        log = Log(corpus.path, output.complain)
        if source:
            came = bring_in(log, source, output.complain)
            output.complain(f"{came.new} corrections came in, {came.known} were there already")
        chosen = [each for each in log.all() if who is None or each.who.casefold() == who.strip().casefold()]
        if csv:
            output.save_sheet(csv, sheet(chosen))
            output.complain(f"Wrote {csv} (one row for each of {len(chosen)} corrections)")
        if gold:
            lines = gold_lines(corpus, log, who)
            output.save(gold, "".join(f"{line}\n" for line in lines))
            output.complain(f"Wrote {gold} ({len(lines)} articles that somebody checked wholly; sayso evaluate reads it)")
    if json:
        for each in chosen:
            output.write_json(to_json(each))
    elif not (csv or gold or source):
        screen = output.screen()
        article = ""
        for one in sorted(map(told, chosen), key=lambda one: one.article):
            if one.article != article:
                article = one.article
                screen.line(article)
            place = f"  “{one.place[:60]}{'…' * (len(one.place) > 60)}”" if one.place else ""
            screen.line(f"    {one.when}  {one.who}: {one.what}{place}")
        if not chosen:
            screen.line("Nobody has corrected anything here yet.")
