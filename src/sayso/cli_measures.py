"""The command `sayso measures`: which measures are installed, and what each can and cannot say.

Always true here: what is printed is each measure's own card; nothing is read or measured.
"""

from __future__ import annotations

import shutil
import textwrap
from dataclasses import asdict
from typing import Annotated

import typer

from sayso import cli_output as output

SCHEMA = "sayso-measure/1"
WIDEST = 100  # columns


def list_measures(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Which measures; all of them by default.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Write one JSON object per line, one line per measure.")] = False,
) -> None:
    """List the installed measures with their cards: what each observes, what it rests on, what it cannot tell."""
    from sayso.measures.run import chosen

    screen = None if json else output.screen()
    width = min(WIDEST, shutil.get_terminal_size().columns)
    for number, measure in enumerate(chosen(names or None)):
        if json:
            output.write_json({"schema": SCHEMA, "measure": measure.name, "labels": list(measure.labels), **asdict(measure.card)})
        if screen:
            card = measure.card
            below = "always" if card.candidate_below >= 1 else f"below {card.candidate_below:g}"
            told = {
                "labels": ", ".join(measure.labels),
                "observes": card.observes,
                "rests on": card.trained,
                "score": card.score,
                "candidate": f"{below}: shown as a passage to read, never counted",
                "cannot tell": card.limits,
            }
            if number:
                screen.line()
            screen.line(measure.name)
            for name, words in told.items():
                for line in textwrap.wrap(words, width, initial_indent=f"  {name:12}", subsequent_indent=" " * 14):
                    screen.line(line)
