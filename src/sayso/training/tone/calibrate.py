"""Fit the calibration of the tone network's scores, on development sentences only.

Always true here: whether a stretch of words is right is asked of the stretch, by its highest score, so that the probability shown with a
finding is that of the finding. Platt scaling by ridge logistic regression, temperatures by the likelihood on a grid (Guo et al. 2017).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.encoder.calibration import Calibration, Platt, shares
from sayso.encoder.tones import EDITORIAL, EDITORIALIZES, LOADED, ROLE, STANCE, TONE, TRIGGER
from sayso.training.calibrate import logistic
from sayso.training.tone.development import Heard, stretches
from sayso.training.tone.examples import UNKNOWN

BORDER = 0.15  # uncalibrated probability from which a word piece belongs to a stretch
TEMPERATURES = np.geomspace(0.4, 4, 61)

Numbers = NDArray[np.float64]


def calibrated(heard: Mapping[str, Sequence[Heard]]) -> Calibration:
    """The calibration for what was heard in the development sentences."""
    worded = heard["wording"]
    targets = [part for name in ("rw", "mt", "ours") for part in heard[name]]
    known = np.concatenate([part.batch.sentence[:, EDITORIALIZES].numpy() for part in worded])
    scores = np.concatenate([part.sentence[:, EDITORIALIZES] for part in worded])
    right = np.concatenate([part.batch.stance.numpy() for part in targets])
    return Calibration(
        loaded=_of_stretches(worded, LOADED),
        editorial=_of_stretches(worded, EDITORIAL),
        editorializes=platt(scores[known != UNKNOWN], known[known != UNKNOWN]),
        stance=temperature(np.concatenate([part.targets[:, STANCE] for part in targets]), right),
        tone=temperature(np.concatenate([part.sentence[part.batch.row.numpy(), TONE] for part in targets]), right),
        roles=temperature(
            np.concatenate([part.targets[:, ROLE] for part in heard["roles"]]),
            np.concatenate([part.batch.role.numpy() for part in heard["roles"]]),
        ),
        triggers=temperature(
            np.concatenate([part.sentence[:, TRIGGER] for part in worded]), np.concatenate([part.batch.trigger.numpy() for part in worded])
        ),
    )


def _of_stretches(heard: Sequence[Heard], place: int) -> Platt:
    peaks: list[float] = []
    right: list[float] = []
    for part in heard:
        for row, gold, found in stretches(part, place, BORDER):
            for start, end in found:
                peaks.append(float(part.wordings[row, start:end, place].max()))
                right.append(float(any(low < end and start < high for low, high in gold)))
    return platt(np.array(peaks), np.array(right))


def platt(scores: NDArray[np.floating], right: NDArray[np.floating]) -> Platt:
    """Slope and shift (Platt 1999); none are changed if there is nothing to learn from."""
    if not 0 < float(np.sum(right)) < len(right):
        return Platt()
    features = np.stack([np.ones(len(scores)), np.asarray(scores, dtype=np.float64)], axis=1)
    shift, slope = logistic(features, np.asarray(right, dtype=np.float64))
    return Platt(round(float(slope), 4), round(float(shift), 4))


def temperature(scores: NDArray[np.floating], right: NDArray[np.int64]) -> float:
    """What the scores are to be divided by, so that the right places are most likely; `UNKNOWN` ones do not count."""
    keep = right != UNKNOWN
    if not keep.any():
        return 1.0
    chosen, places = scores[keep], right[keep]
    losses = [-np.log(np.maximum(shares(chosen, t)[np.arange(len(places)), places], 1e-12)).mean() for t in TEMPERATURES]
    return round(float(TEMPERATURES[int(np.argmin(losses))]), 4)
