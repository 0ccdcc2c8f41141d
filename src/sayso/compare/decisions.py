"""What may be said of many contrasts: false discoveries, the smallest detectable effect, and equivalence.

Always true here: p > .05 is never read as "no difference"; only an equivalence test against a margin that the user names can say that a
difference is small.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.compare.student import at_most, quantile

POWER = 0.8


def discoveries(p_values: Sequence[float]) -> tuple[float, ...]:
    """The q of each p: the share of false ones among all that are at least as clear (Benjamini & Hochberg 1995), in order.

    Args:
        p_values: of all tests of one table, each in (0, 1].

    """
    number = len(p_values)
    q, smallest = [1.0] * number, 1.0
    ranked = sorted(range(number), key=p_values.__getitem__, reverse=True)
    for place, index in enumerate(ranked):
        smallest = min(smallest, p_values[index] * number / (number - place))
        q[index] = smallest
    return tuple(q)


def detectable(error: float, freedom: float, alpha: float = 0.05, power: float = POWER) -> float:
    """The smallest true difference that a two-sided test of these data finds with this power: (t₁₋α⸝₂ + t_power) · error (Bloom 1995).

    Args:
        error: standard error of the contrast.
        freedom: degrees of freedom, above 0: stories − 1.
        alpha: level of the single test.
        power: chance to find it.

    """
    return (quantile(1.0 - alpha / 2.0, freedom) + quantile(power, freedom)) * error


def equivalence(value: float, error: float, freedom: float, margin: float) -> float:
    """The p of "the difference is at least as large as the margin": the larger of two one-sided tests (Schuirmann 1987).

    Args:
        value: the contrast.
        error: its standard error, above 0.
        freedom: degrees of freedom, above 0.
        margin: the largest difference that the user holds for negligible, above 0.

    """
    above = 1.0 - at_most((value + margin) / error, freedom)
    below = at_most((value - margin) / error, freedom)
    return max(above, below)
