"""The tables of a data card, in Markdown: numbers of things by part, and agreement with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.evaluation.bootstrap import Figure


def head(title: str, heads: Sequence[str]) -> list[str]:
    """The first two lines of a table."""
    return [line(title, heads), "|---|" + "--:|" * len(heads)]


def line(name: str, cells: Sequence[object]) -> str:
    """One line; thousands are set apart."""
    return f"| {name} | " + " | ".join(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells) + " |"


def figure(name: str, cases: int | str, found: Figure) -> str:
    """A figure in percent with its interval."""
    if found.value is None or found.low is None or found.high is None:
        return line(name, [cases, "–", ""])
    return line(name, [cases, f"{100 * found.value:.1f}", f"{100 * found.low:.1f}–{100 * found.high:.1f}"])
