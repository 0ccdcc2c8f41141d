"""The command `sayso stories`: finds the stories of a store, or brings them up to date, and lists them.

Always true here: an article keeps its story; only `--afresh` begins anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sayso import cli_output as output
from sayso.cli_output import Json, Threads

ANY = 0


def stories(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="Folder of a store, as sayso ingest makes it.")],
    json: Json = False,
    outlets: Annotated[int, typer.Option(min=1, metavar="N", help="List stories that at least N outlets tell.")] = 2,
    rules: Annotated[bool, typer.Option("--rules", help="Go by words alone, without the network.")] = False,
    window: Annotated[int, typer.Option(min=0, metavar="DAYS", help="Days that two articles of a story may lie apart; 0 for any.")] = 30,
    afresh: Annotated[bool, typer.Option("--afresh", help="Find all stories anew; their names may change.")] = False,
    copies: Annotated[bool, typer.Option("--copies/--no-copies", help="Look for near-duplicates and wire copy as well.")] = True,
    threads: Threads = None,
) -> None:
    """Find articles of one event across outlets and days, and list the stories with outlets, dates and headline."""
    from sayso.store.store import Store
    from sayso.stories.keeping import update, update_carriers
    from sayso.stories.listing import listed, to_json

    vectors = None if rules else output.encoded(threads=threads)
    with Store.open(store) as corpus:
        did = update(corpus, vectors, window=None if window == ANY else window, afresh=afresh)
        carried = update_carriers(corpus) if copies and (did.new or afresh or not corpus.has("carriers")) else None
        found = listed(corpus, outlets)
    for story in found:
        if json:
            output.write_json(to_json(story))
    if json:
        return
    screen = output.screen()
    for story in found:
        days = " to ".join(dict.fromkeys(day for day in (story.first, story.last) if day)) or "no date"
        screen.line(f"{story.id}  {days}  {len(story.articles)} articles  {', '.join(story.outlets)}")
        screen.line(f"    {story.title or '(no headline)'}")
    told = f"{did.new} articles placed now, {did.already} before; {did.stories} stories, {len(found)} of them in {outlets} outlets or more"
    output.complain(told + ("" if carried is None else f"; {carried} articles carry another one's text"))
