"""The command `sayso serve`: the pages on this machine, with forms to read, check and correct.

Always true here: nobody but this machine can reach the server unless `--public` is given, and then nobody without the key; the socket is
bound before anything is loaded, so that a port that is taken is told at once.
"""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from sayso import cli_output as output
from sayso.cli_output import Rules, Threads
from sayso.errors import UsageError


def serve(
    store: Annotated[Path | None, typer.Argument(metavar="[STORE]", help="Folder of a store to browse and to keep articles in.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 takes a port that is free.")] = 8765,
    host: Annotated[str, typer.Option(help="Address to listen at; any but this machine's own needs --public.")] = "127.0.0.1",
    public: Annotated[bool, typer.Option("--public", help="Let other machines in, with a key; the connection is not encrypted.")] = False,
    rules: Rules = False,
    threads: Threads = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the pages in a browser.")] = False,
) -> None:
    """Serve pages on this machine: paste a text, upload files, give an address; browse a store, check and correct."""
    try:
        from sayso.web.serving import bound, door_of, is_loopback, run
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "sayso":
            raise
        raise UsageError(f"the pages need {error.name}, which is not installed here: pip install 'sayso[web]'") from None
    if not is_loopback(host) and not public:
        raise UsageError(f"at {host} other machines could read everything: add --public to let them in with a key")
    with bound(host, port) as listening:
        door = door_of(host, listening, with_key=public)
        from sayso.reader import Reader
        from sayso.web.app import application
        from sayso.web.desk import Desk

        reader = partial(Reader, rules=rules, threads=threads)
        opened, made = _opened(store, reader)
        desk = Desk(made or reader, opened, shared=public)

        def ready() -> None:
            typer.echo(f"Sayso is at {door.address} (Ctrl-C ends it)")
            if public:
                output.complain("Whoever has this address can read and correct everything; the connection is not encrypted.")
            if open_:
                webbrowser.open(door.address)

        run(application(desk, door), listening, ready)


def _opened(place: Path | None, reader: Callable[[], Any]) -> tuple[Any, Callable[[], Any] | None]:
    """The store, made if it is not there; and the reader that it had to be made with."""
    if place is None:
        return None, None
    from sayso.store.store import Store

    if place.exists():
        return Store.open(place), None
    first = reader()
    return Store.make(place, first.generator), lambda: first
