"""Taking a measure's known error out of a contrast, with a random sample of articles that people have labeled.

Prediction-powered inference (Angelopoulos et al. 2023) with its power tuning (PPI++, Angelopoulos, Duchi & Zrnic 2023): what the measure
found in all articles is kept, times λ, and what it got wrong is estimated from the sample,

    contrast = λ · Σ κ f  +  Σ_groups N/n · Σ_sample κ (y − λ f)

A contrast is linear in what is found, so each article has a coefficient κ (`cells.coefficients`), and its error can be weighted as the
contrast weights it. λ in [0, 1] is the value of least variance: 1 where the measure is as good as a person, 0 where it says nothing, and
then only the sample speaks. With κ = 1/N it is the published estimator of a mean.

Always true here: a group's sample was drawn from the group's articles with equal chances; with fewer than `LEAST` labels in a group no
correction is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sayso.compare.cells import Floats

LEAST = 10  # labels in each group


@dataclass(frozen=True, slots=True)
class Sample:
    """The labeled articles of one group.

    Attributes:
        whole: how many articles the group has in the contrast.
        found: κ · f of each labeled article: what the measure found; (labels,).
        true: κ · y of each: what people found; (labels,).

    """

    whole: int
    found: Floats
    true: Floats


@dataclass(frozen=True, slots=True)
class Rectified:
    """A contrast with the measure's error taken out.

    Attributes:
        value: the contrast.
        error: its standard error.
        freedom: degrees of freedom (Welch 1947).
        weight: λ.

    """

    value: float
    error: float
    freedom: float
    weight: float


def rectified(value: float, error: float, stories: int, samples: Sequence[Sample], weight: float | None = None) -> Rectified:
    """The corrected contrast.

    Args:
        value: the contrast by the measure: Σ κ f over all articles.
        error: its standard error over stories.
        stories: how many, at least 2.
        samples: the labels, group by group, at least two in each.
        weight: λ; None for the one of least variance.

    """
    chances = [(sample.whole**2 / len(sample.true)) for sample in samples]
    spread = sum(scale * float(np.var(each.found, ddof=1)) for scale, each in zip(chances, samples, strict=True))
    shared = sum(scale * float(np.cov(each.found, each.true)[0, 1]) for scale, each in zip(chances, samples, strict=True))
    if weight is None:
        weight = min(1.0, max(0.0, shared / (error**2 + spread))) if error**2 + spread > 0.0 else 1.0
    parts = [(weight**2 * error**2, stories - 1.0)]
    value = weight * value
    for scale, each in zip(chances, samples, strict=True):
        wrong = each.true - weight * each.found
        value += each.whole * float(wrong.mean())
        parts.append((scale * float(np.var(wrong, ddof=1)), len(wrong) - 1.0))
    total = sum(part for part, _ in parts)
    freedom = total**2 / sum(part**2 / one for part, one in parts) if total > 0.0 else stories - 1.0
    return Rectified(value, float(np.sqrt(total)), freedom, weight)
