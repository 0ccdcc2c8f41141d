"""Where to turn in a list that goes over several pages.

Always true here: the first and the last page can be reached from everywhere, and each neighbor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sayso.errors import UsageError

NEAR = 2  # pages named on either side of the one that is shown


@dataclass(frozen=True, slots=True)
class Pages:
    """Numbers and addresses of the pages of a list.

    Attributes:
        number: of the page that is shown, from 1.
        last: number of the last page; 1 if there is one only.
        before: address of the page before; empty on the first.
        after: address of the page after; empty on the last.
        steps: number and address of the pages to choose from; None where some are left out.

    """

    number: int
    last: int
    before: str
    after: str
    steps: tuple[tuple[int, str] | None, ...]


def pages(number: int, last: int, address: Callable[[int], str]) -> Pages:
    """The pages of a list, seen from one of them."""
    last = max(1, last)
    named = sorted({1, last, *range(max(1, number - NEAR), min(last, number + NEAR) + 1)})
    steps: list[tuple[int, str] | None] = []
    for at in named:
        if steps and steps[-1] is not None and steps[-1][0] + 1 < at:
            steps.append(None)
        steps.append((at, address(at)))
    return Pages(number, last, address(number - 1) if number > 1 else "", address(number + 1) if number < last else "", tuple(steps))


def number_of(given: str, least: int = 1) -> int:
    """A number as an address gives it; the least one if it gives none.

    Raises:
        UsageError: it is none, or a smaller or very large one.

    """
    if not given:
        return least
    if not (given.isascii() and given.isdigit() and len(given) < 9 and int(given) >= least):
        raise UsageError(f"{given[:40]!r} is no number from {least} on")
    return int(given)
