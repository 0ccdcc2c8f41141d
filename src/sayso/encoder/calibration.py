"""From scores of the tone network to probabilities: a slope and a shift for each kind of score, kept in the bundle's card.

Platt scaling (Platt 1999) for what stands alone, temperature scaling (Guo et al. 2017) for distributions; fitted on development data of
outlets that are not in training (`sayso train tone-release`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.encoder.bundle import CARD, MEND, Bundle
from sayso.errors import BundleError

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Platt:
    """Log odds of a score: `slope * score + shift`."""

    slope: float = 1.0
    shift: float = 0.0

    def probability(self, scores: NDArray[np.floating]) -> Numbers:
        """Probabilities of scores of any shape."""
        return 1 / (1 + np.exp(-np.clip(self.slope * np.asarray(scores, dtype=np.float64) + self.shift, -40, 40)))


@dataclass(frozen=True, slots=True)
class Calibration:
    """One for each kind of score.

    Attributes:
        loaded, editorial: of word pieces, so fitted that the highest of a stretch is the probability that the stretch is right.
        editorializes: of the sentence.
        certainty: of the sentence; its probability is the place on the scale.
        stance, tone, roles, triggers: temperatures that scores are divided by.

    """

    loaded: Platt = Platt()
    editorial: Platt = Platt()
    editorializes: Platt = Platt()
    certainty: Platt = Platt()
    stance: float = 1.0
    tone: float = 1.0
    roles: float = 1.0
    triggers: float = 1.0

    def as_dict(self) -> dict[str, object]:
        """For the card."""
        return asdict(self)


def shares(scores: NDArray[np.floating], temperature: float) -> Numbers:
    """The distribution over the last axis."""
    cooled = np.asarray(scores, dtype=np.float64) / temperature
    grown = np.exp(cooled - cooled.max(axis=-1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True), dtype=np.float64)


def calibration(bundle: Bundle) -> Calibration:
    """What the card says; the card is the one file without a digest of its own, so it is checked here.

    Raises:
        BundleError: what it says makes no sense.

    """
    try:
        given: Mapping[str, object] = bundle.card.get("tone", {}).get("calibration", {})
        made: dict[str, Platt | float] = {}
        for name, value in given.items():
            made[name] = Platt(float(value["slope"]), float(value["shift"])) if isinstance(value, dict) else float(str(value))
        if any(isinstance(value, float) and not 0.01 < value < 100 for value in made.values()):
            raise ValueError
        return Calibration(**made)  # type: ignore[arg-type]  # names and kinds are checked by what raises
    except (AttributeError, TypeError, ValueError, KeyError, OverflowError):
        raise BundleError(f"the model's {CARD} at {bundle.path} has calibrations that make no sense: {MEND}") from None
