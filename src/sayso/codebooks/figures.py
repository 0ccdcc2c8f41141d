"""How well codes are predicted: F1, accuracy and Krippendorff's alpha, with intervals from resampling whole groups (outlets).

Always true here: figures are shares in [0, 1] (alpha may fall below 0), None where there was nothing to count; intervals are 95% percentile
intervals (Efron & Tibshirani 1993) over groups, with a fixed seed; the same rows give the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.codebooks.alpha import alpha_of

RESAMPLES = 1000
SEED = 19800101

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95% interval; None where it could not be worked out."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """How far predicted codes are those of the coder.

    Attributes:
        macro_f1: plain mean of the F1 of all frames that the coder gave at least once.
        accuracy: share of texts that have exactly the coder's frames.
        alpha: Krippendorff's nominal alpha of prediction and coder: of the one label, or where there may be several the mean over frames.
        frames: F1 of each frame.
        frame_alphas: alpha of each frame by itself (there or not).
        coded: share of texts to which the coder gave each frame.
        other_coded: share of texts to which the coder gave no frame of the codebook.
        other_predicted: share of texts that are predicted to have none.

    """

    macro_f1: Figure
    accuracy: Figure
    alpha: Figure
    frames: dict[str, Figure]
    frame_alphas: dict[str, Figure]
    coded: dict[str, float]
    other_coded: float
    other_predicted: float


def figures(labels: Sequence[str], gold: Flags, predicted: Flags, groups: Sequence[str], single: bool, seed: int = SEED) -> Figures:
    """The figures of one prediction.

    Args:
        labels: of the frames.
        gold: whether the coder gave each frame; (texts, frames).
        predicted: the same for the prediction.
        groups: of each text: groups are drawn together.
        single: whether a text has one frame at most, so that codes are one label with "none" among its values.
        seed: of the resamples.

    """
    both = np.stack((gold & predicted, predicted, gold), axis=-1).astype(np.float64)  # texts, frames, 3
    right = (gold == predicted).all(axis=1).astype(np.float64)
    yes, said = gold.astype(np.int64), predicted.astype(np.int64)
    pairs = np.stack([_pairs(yes[:, frame], said[:, frame], 2) for frame in range(len(labels))], axis=1)
    names = _pairs(_one(gold), _one(predicted), len(labels) + 1) if single else np.zeros((len(gold), 1, 1))
    draws = _draws(groups, seed)

    def summed(values: Floats) -> Floats:
        flat = values.reshape(len(values), -1)
        return np.concatenate((flat.sum(axis=0)[None], draws @ _by_group(flat, groups))).reshape(-1, *values.shape[1:])

    f1 = _f1(summed(both))  # 1 + resamples, frames
    alphas = alpha_of(summed(pairs))
    share = summed(np.stack((right, np.ones(len(right))), axis=1))
    return Figures(
        macro_f1=_figure(_mean(f1)),
        accuracy=_figure(share[:, 0] / share[:, 1]),
        alpha=_figure(alpha_of(summed(names)) if single else _mean(alphas)),
        frames={label: _figure(f1[:, number]) for number, label in enumerate(labels)},
        frame_alphas={label: _figure(alphas[:, number]) for number, label in enumerate(labels)},
        coded={label: float(gold[:, number].mean()) for number, label in enumerate(labels)},
        other_coded=float((~gold.any(axis=1)).mean()),
        other_predicted=float((~predicted.any(axis=1)).mean()),
    )


def most_frequent(train: Flags, size: int, single: bool) -> Flags:
    """What is predicted without looking at the text: the commonest frame (or none), or every frame that most texts have."""
    shares = train.mean(axis=0)
    row = shares > 0.5
    if single:
        row = (np.arange(len(shares)) == shares.argmax()) & (shares.max() >= 1.0 - shares.sum())
    return np.repeat(row[None], size, axis=0)


def _one(flags: Flags) -> NDArray[np.int64]:
    """The place of the one frame, or the number of frames if there is none."""
    return np.asarray(np.where(flags.any(axis=1), flags.argmax(axis=1), flags.shape[1]), dtype=np.int64)


def _pairs(left: NDArray[np.int64], right: NDArray[np.int64], values: int) -> Floats:
    """The coincidence matrix of each text with two coders; (texts, values, values)."""
    a, b = np.eye(values)[left], np.eye(values)[right]
    return np.asarray(a[:, :, None] * b[:, None, :] + b[:, :, None] * a[:, None, :])


def _draws(groups: Sequence[str], seed: int) -> Floats:
    """How often each group is drawn in each resample."""
    count = len(set(groups))
    return np.random.default_rng(seed).multinomial(count, np.full(count, 1.0 / count), size=RESAMPLES).astype(np.float64)


def _by_group(values: Floats, groups: Sequence[str]) -> Floats:
    place = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    found = np.zeros((len(place), values.shape[1]))
    np.add.at(found, [place[group] for group in groups], values)
    return found


def _f1(sums: Floats) -> Floats:
    """F1 from (…, 3) sums of hits, predicted, gold; NaN for a frame that the coder never gave."""
    hits, predicted, gold = sums[..., 0], sums[..., 1], sums[..., 2]
    return np.where(gold > 0, 2 * hits / np.maximum(predicted + gold, 1.0), np.nan)


def _mean(values: Floats) -> Floats:
    """The mean over the last axis of what is a number; NaN if nothing is."""
    there = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.where(there.any(axis=-1), np.where(there, values, 0.0).sum(axis=-1) / np.maximum(there.sum(axis=-1), 1), np.nan)


def _figure(values: Floats) -> Figure:
    """From the value over all texts and those of the resamples."""
    known = values[1:][~np.isnan(values[1:])]
    if np.isnan(values[0]):
        return Figure(None)
    if not known.size:
        return Figure(float(values[0]))
    low, high = np.percentile(known, [2.5, 97.5])
    return Figure(float(values[0]), float(low), float(high))
