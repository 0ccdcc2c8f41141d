"""Rates per 1,000 words with an exact Poisson interval.

Always true here: the interval is Garwood's (1936): for a count of k it runs from the mean at which k or more has probability alpha / 2
to the mean at which k or fewer has; in terms of chi-square, from half its alpha / 2 quantile with 2k degrees of freedom to half its
1 - alpha / 2 quantile with 2k + 2. Both ends come from bisection on the Poisson distribution itself, without a statistics library.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sayso.errors import UsageError
from sayso.reading import Tally

PER = 1_000
LEVEL = 0.95
STEPS = 200  # of the bisection at most; it ends sooner, when the ends are next to each other


@dataclass(frozen=True, slots=True)
class Rate:
    """How often per 1,000 words, and between which rates the true one lies with the level of confidence asked for (or more)."""

    per_thousand: float
    low: float
    high: float


def rates(tally: Tally, level: float = LEVEL) -> Rate | None:
    """The rate of a tally's count (candidates are not counted) per 1,000 words of its class of voices; None where it has no words.

    Args:
        tally: what was counted, in how many words.
        level: of confidence, in (0, 1).

    Raises:
        UsageError: if the level is not in (0, 1).

    """
    low, high = poisson_interval(tally.count, level)
    if not tally.words:
        return None
    scale = PER / tally.words
    return Rate(tally.count * scale, low * scale, high * scale)


def poisson_interval(count: int, level: float = LEVEL) -> tuple[float, float]:
    """The exact interval (Garwood 1936) for the mean of a Poisson count.

    Args:
        count: what was counted, at least 0.
        level: of confidence, in (0, 1).

    Raises:
        UsageError: if the count is negative or the level is not in (0, 1).

    """
    if count < 0 or not 0.0 < level < 1.0:
        raise UsageError(f"an interval needs a count of at least 0 and a level between 0 and 1, not {count} and {level}")
    tail = (1.0 - level) / 2.0
    ceiling = count + 10.0 * math.sqrt(count + 1.0) + 4.0 * -math.log(tail) + 10.0
    low = _where(lambda mean: 1.0 - at_most(count - 1, mean) < tail, 0.0, ceiling) if count else 0.0
    return low, _where(lambda mean: at_most(count, mean) > tail, 0.0, ceiling)


def at_most(count: int, mean: float) -> float:
    """The probability that a Poisson count with this mean is no more than `count`."""
    if count < 0:
        return 0.0
    if mean <= 0.0:
        return 1.0
    largest = min(count, math.floor(mean))  # the terms fall off on both sides of the mean
    term = math.exp(-mean + largest * math.log(mean) - math.lgamma(largest + 1.0))
    total, down, up = term, term, term
    for k in range(largest, 0, -1):
        down *= k / mean
        total += down
        if down < total * 1e-17:
            break
    for k in range(largest + 1, count + 1):
        up *= mean / k
        total += up
        if up < total * 1e-17:
            break
    return min(1.0, total)


def _where(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The place between `low`, where it holds, and `high`, where it does not, from which on it no longer holds."""
    for _ in range(STEPS):
        middle = (low + high) / 2.0
        if middle in (low, high):
            break
        low, high = (middle, high) if holds(middle) else (low, middle)
    return (low + high) / 2.0
