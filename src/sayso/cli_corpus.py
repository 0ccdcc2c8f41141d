"""The commands that fill a store and ask it: `sayso ingest`, `sayso reread`, `sayso rejects`, `sayso query`.

Always true here: a job that is interrupted keeps what it has read, and says how to go on; progress goes to standard error, answers to
standard output.
"""

from __future__ import annotations

import csv as sheets
import io
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from sayso import cli_output as output
from sayso.cli_output import Json, Measures, Outlet, Rules
from sayso.errors import UsageError

Place = Annotated[Path, typer.Option("--store", metavar="DIR", envvar="SAYSO_STORE", help="Folder of the store.")]
EngineName = Annotated[str, typer.Option("--engine", help="local: this machine; ray: a Ray cluster.")]
Address = Annotated[str | None, typer.Option(help="A running Ray cluster; without it, one is started here for the time of the job.")]
Workers = Annotated[int | None, typer.Option(min=1, metavar="N", help="Processes that read; by default one for each core.")]
Shard = Annotated[int, typer.Option(min=1, metavar="N", help="Articles in one shard; what a kill -9 costs at most, for each worker.")]
CELL = 200  # characters of a value in a table on the terminal
FEW = 3  # rejects of which the reasons are told at once
NARROW = 8  # characters that a column needs at least to be read; where there is less room, each row becomes a list


def ingest(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Folders, files, http(s) addresses, or -.")],
    store: Place,
    engine: EngineName = "local",
    address: Address = None,
    workers: Workers = None,
    rules: Rules = False,
    measures: Measures = None,
    outlet: Outlet = None,
    shard: Shard = 256,
) -> None:
    """Read many articles into a store, on all cores or a cluster; the same call again goes on where it stopped."""
    from sayso.corpus.job import ingest as run

    if engine == "ray" and "-" in inputs:
        raise UsageError("a cluster cannot read standard input: put it into a file first")
    with _engine(engine, address, workers) as ready:
        _follow(
            lambda meter: run(
                inputs, store, _recipe(rules, measures), ready, outlet=outlet, shard=shard, notice=meter.notice, tell=meter.tell
            ),
            store,
        )


def reread(
    store: Place,
    engine: EngineName = "local",
    address: Address = None,
    workers: Workers = None,
    rules: Rules = False,
    measures: Measures = None,
    shard: Shard = 256,
) -> None:
    """Read all articles of a store anew, as after an update; the store stays as it is until the last one is read."""
    from sayso.corpus.job import reread as run

    with _engine(engine, address, workers) as ready:
        _follow(
            lambda meter: run(store, _recipe(rules, measures), ready, shard=shard, notice=meter.notice, tell=meter.tell),
            store,
        )


def rejects(store: Place, json: Json = False) -> None:
    """List the inputs that are not in a store, and why."""
    from sayso.render.safe import one_line
    from sayso.store.store import Store

    count = 0
    with Store.open(store) as opened:
        for count, each in enumerate(opened.rejections(), 1):  # noqa: B007
            if json:
                output.write_json({"origin": each.origin, "stage": each.stage, "reason": each.reason})
            else:
                output.write("\t".join(map(one_line, (each.stage, each.origin, each.reason))))
    if not count:
        output.complain("no input was rejected")


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="A SELECT in DuckDB's dialect; docs/store.md names the tables.")],
    store: Place,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV.")] = False,
) -> None:
    """Ask a store in SQL; it can be read only, and nothing but the store can be reached."""
    from sayso.render.grids import Grid
    from sayso.render.safe import one_line
    from sayso.render.words import many
    from sayso.store.store import Store

    with Store.open(store) as opened:
        found = opened.sql(sql)
    if json:
        for row in found.rows:
            output.write_json(dict(zip(found.columns, map(_plain, row), strict=True)))
    elif csv:
        for row in (found.columns, *found.rows):
            line = io.StringIO()
            sheets.writer(line, lineterminator="").writerow(["" if value is None else value for value in row])
            output.write(line.getvalue())
    else:
        cells = tuple(tuple("" if value is None else _short(one_line(str(value))) for value in row) for row in found.rows)
        numbers = [all(isinstance(row[at], int | float) for row in found.rows) for at in range(len(found.columns))]
        columns = tuple(f"{'>' if right else ''}{name}" for name, right in zip(found.columns, numbers, strict=True))
        screen = output.screen()
        if len(columns) * NARROW <= screen.width:
            screen.grid(Grid(many(len(cells), "row"), columns, cells))
            return
        screen.line(many(len(cells), "row"))
        for at, row in enumerate(cells, 1):
            screen.line(f"\nrow {at:,}")
            for name, value in zip(found.columns, row, strict=True):
                screen.line(f"{name}: {value}")


def _recipe(rules: bool, measures: str | None) -> Any:
    from sayso.corpus.work import Recipe

    names = output.among(measures)
    return Recipe(rules=rules, measures=None if names is None else tuple(names))


@contextmanager
def _engine(name: str, address: str | None, workers: int | None) -> Iterator[Any]:
    if name == "local":
        from sayso.corpus.pool import Machine

        if address is not None:
            raise UsageError("--address is for --engine ray: add it, or leave the address out")
        yield Machine(workers)
        return
    if name != "ray":
        raise UsageError(f"there is no engine {name!r}: choose local or ray")
    try:
        from sayso.corpus.cluster import Cluster
    except ModuleNotFoundError as error:
        raise UsageError(f"--engine ray needs {error.name}: install the extra with pip install 'sayso[ray]'") from None
    with Cluster(address, workers) as cluster:
        yield cluster


def _follow(run: Callable[[Any], Any], store: Path) -> None:
    """Run a job with its progress shown; say what it did, or how to go on."""
    from sayso.render.progress import Meter, outcome

    try:
        with Meter(sys.stderr) as meter:
            done = run(meter)
    except KeyboardInterrupt:
        output.complain(
            f"sayso: interrupted; {meter.last.stored:,} articles of this run are in {store}: the same command goes on from there\n"
            f"    sayso {shlex.join(sys.argv[1:])}"
        )
        raise typer.Exit(130) from None
    output.complain(outcome(done))
    if done.rejected:
        _why(store)
    if not done.read and not done.already:
        raise typer.Exit(1)


def _why(store: Path) -> None:
    """The reasons, where they are few; otherwise the message has said which command lists them."""
    from sayso.store.store import Store

    with Store.open(store) as opened:
        few = list(islice(opened.rejections(), FEW + 1))
    if len(few) <= FEW:
        output.complain("\n".join(f"{each.origin}: {each.reason.removeprefix(each.origin + ': ')}" for each in few))


def _short(value: str) -> str:
    return value if len(value) <= CELL else f"{value[: CELL - 2]} …"


def _plain(value: Any) -> Any:
    """A value of a row as JSON has it."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
