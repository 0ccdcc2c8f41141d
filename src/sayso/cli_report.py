"""The command `sayso report`: the pages of a store as a folder of files.

Always true here: what the folder holds was written by this command, or it is left alone; progress goes to standard error.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sayso import cli_output as output


def report(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="Folder of a store, as sayso ingest makes it.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="SITE", help="Folder to write; an older site there is replaced.")],
    workers: Annotated[int | None, typer.Option(min=1, metavar="N", help="Processes that write; by default one for each core.")] = None,
) -> None:
    """Write the pages of a store as files: they open from a disk, need no network and no script, and print."""
    from sayso.render.progress import Meter, duration
    from sayso.render.words import many
    from sayso.site.report import write
    from sayso.store.store import Store

    with Store.open(store) as opened, Meter(sys.stderr) as meter:
        done = write(opened, out, workers=workers, tell=meter.tell, notice=meter.notice)
    told = f"{many(done.pages, 'file')} written in {duration(meter.last.seconds)}, {done.bytes / 1e6:,.1f} MB"
    output.complain(f"{told}; open {out / 'index.html'} in a browser")
    if done.failed:
        output.complain(f"{many(len(done.failed), 'page')} could not be made, and each says why")
        raise typer.Exit(1)
