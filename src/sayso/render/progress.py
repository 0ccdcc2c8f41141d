"""How far a job over a corpus is: a bar on a terminal, a line now and then everywhere else.

Always true here: numbers are those of `corpus.pace` and nothing is guessed; what cannot be told yet is not shown; notices from inputs are
shown as they are, in whatever the stream can show.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bars

from sayso.corpus.pace import Progress
from sayso.render.safe import encodable, one_line
from sayso.render.words import many

EVERY = 30.0  # seconds between lines where there is no bar


class Meter:
    """Shows where a job stands; use it in a `with` block.

    Args:
        file: where to; a bar is drawn only on a terminal.
        clock: seconds; for tests.

    Attributes:
        last: what was told last.

    """

    def __init__(self, file: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self.last = Progress()
        self._file, self._clock, self._next = file, clock, clock() + EVERY
        console = Console(file=file, markup=False, highlight=False, emoji=False)
        self._bars = Bars(BarColumn(), TextColumn("{task.description}", markup=False), console=console, transient=True)
        self._bar = self._bars.add_task("starting …", total=None) if console.is_terminal else None

    def tell(self, progress: Progress) -> None:
        """Show this."""
        self.last = progress
        if self._bar is not None:
            self._bars.update(self._bar, total=progress.total, completed=progress.done, description=self._fit(line(progress)))
        elif self._clock() >= self._next:
            self._next = self._clock() + EVERY
            self._write(line(progress))

    def notice(self, text: str) -> None:
        """Show a line that stays."""
        if self._bar is not None:
            self._bars.console.print(self._fit(text), markup=False, soft_wrap=True)
        else:
            self._write(text)

    def _fit(self, text: str) -> str:
        return encodable(one_line(text), getattr(self._file, "encoding", None) or "ascii")

    def _write(self, text: str) -> None:
        self._file.write(self._fit(text) + "\n")
        self._file.flush()

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bars.stop()


def line(progress: Progress) -> str:
    """Where a job stands, in one line."""
    parts = [f"{progress.done:,} of {progress.total:,}" if progress.total is not None else f"{progress.done:,}"]
    if progress.already:
        parts.append(f"{progress.already:,} there already")
    if progress.rejected:
        parts.append(f"{progress.rejected:,} rejected")
    if progress.rate:
        parts.append(f"{progress.rate:.3g} a second")
    if progress.left is not None:
        parts.append(f"{duration(progress.left)} left")
    return " · ".join(parts)


def outcome(progress: Progress) -> str:
    """What a job did, in one line."""
    told = f"{many(progress.stored, 'article')} read and stored in {duration(progress.seconds)}"
    if progress.already:
        told += f", {progress.already:,} were there already"
    if progress.rejected:
        told += f", {many(progress.rejected, 'input')} rejected (sayso rejects lists them)"
    if progress.busy:
        told += f"; workers were reading {progress.busy:.0%} of the time"
    return told


def duration(seconds: float) -> str:
    """A length of time in its two largest units."""
    whole = max(0, round(seconds))
    for name, unit, below, part in (("d", 86_400, "h", 3_600), ("h", 3_600, "min", 60), ("min", 60, "s", 1)):
        if whole >= unit:
            return f"{whole // unit} {name} {whole % unit // part} {below}"
    return f"{whole} s"
