"""Student's t distribution: its probabilities and quantiles, from the incomplete beta function.

Always true here: probabilities and quantiles are those of published tables to six digits, from 1 to a million degrees of freedom (tests).
"""

from __future__ import annotations

import math
from functools import lru_cache

from sayso.errors import UsageError

TINY = 1e-300
STEPS = 500
ENOUGH = 1e-15


def at_most(t: float, freedom: float) -> float:
    """The probability that a t variable is no more than `t`.

    Args:
        t: any number.
        freedom: degrees of freedom, above 0.

    Raises:
        UsageError: if there is no freedom.

    """
    if not freedom > 0.0:
        raise UsageError(f"a t distribution needs degrees of freedom above 0, not {freedom}")
    tail = 0.5 * _beta(freedom / 2.0, 0.5, freedom / (freedom + t * t)) if math.isfinite(t) else 0.0
    return tail if t < 0.0 else 1.0 - tail


def two_sided(t: float, freedom: float) -> float:
    """The probability that a t variable is at least as far from 0 as `t`."""
    return min(1.0, 2.0 * at_most(-abs(t), freedom))


@lru_cache(maxsize=4096)
def quantile(probability: float, freedom: float) -> float:
    """What a t variable stays below with this probability, found by halving.

    Args:
        probability: in (0, 1).
        freedom: degrees of freedom, above 0.

    Raises:
        UsageError: if the probability is not in (0, 1), or there is no freedom.

    """
    if not 0.0 < probability < 1.0:
        raise UsageError(f"a quantile needs a probability between 0 and 1, not {probability}")
    if probability > 0.5:
        return -quantile(1.0 - probability, freedom)
    low, high = -1.0, 0.0
    while at_most(low, freedom) > probability:
        low *= 2.0
    for _ in range(STEPS):
        middle = (low + high) / 2.0
        if middle in (low, high):
            break
        low, high = (middle, high) if at_most(middle, freedom) < probability else (low, middle)
    return (low + high) / 2.0


def _beta(a: float, b: float, x: float) -> float:
    """The regularized incomplete beta function, by Lentz's continued fraction (DiDonato & Morris 1992)."""
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    return front * _fraction(a, b, x) / a if x < (a + 1.0) / (a + b + 2.0) else 1.0 - front * _fraction(b, a, 1.0 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1.0 / _off_zero(1.0 - (a + b) * x / (a + 1.0))
    product = d
    for m in range(1, STEPS):
        for step in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1.0 / _off_zero(1.0 + step * d)
            c = _off_zero(1.0 + step / c)
            product *= c * d
        if abs(c * d - 1.0) < ENOUGH:
            break
    return product


def _off_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
