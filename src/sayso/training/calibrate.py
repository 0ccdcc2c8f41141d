"""Tune what the decoder reads from the card, on development data only: the cue bias and the weights of the confidence.

Always true here: the same windows are never encoded twice (states are kept while tuning), and nothing is chosen on test data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.attribution.assemble import assemble
from sayso.attribution.decode import Scorer, find
from sayso.encoder.heads import DecoderSettings
from sayso.encoder.windows import Ints
from sayso.evaluation.metrics import climb
from sayso.evaluation.protocols import Protocol
from sayso.evaluation.report import evaluate
from sayso.reading import Generator, Reading

Floats = NDArray[np.float32]
Numbers = NDArray[np.float64]

BIASES = {"cue_bias": (-1.0, -0.5, 0.0, 0.5, 1.0), "source_bias": (0.0, 1.0, 3.0, 5.0)}
FEATURES = 4
RIDGE = 1e-2


class Remembering:
    """A scorer that encodes each batch of windows once, for tuning what comes after the encoder."""

    def __init__(self, scorer: Scorer) -> None:
        self.inner = scorer
        self.tokenizer: Tokenizer = scorer.tokenizer
        self.settings: DecoderSettings = scorer.settings
        self.threads = scorer.threads
        self._seen: dict[bytes, tuple[Floats, Floats, Floats]] = {}

    def encode(self, ids: Ints, case: Ints, quoted: Ints, mask: Floats) -> tuple[Floats, Floats, Floats]:
        """As the scorer does, from memory if these windows came before."""
        key = ids.tobytes() + case.tobytes() + quoted.tobytes()
        if key not in self._seen:
            self._seen[key] = self.inner.encode(ids, case, quoted, mask)
        return self._seen[key]

    def roles(self, states: Floats, row: Ints, first: Ints, last: Ints) -> Floats:
        """As the scorer does."""
        return self.inner.roles(states, row, first, last)

    def links(self, antecedents: Floats, mentions: Floats, distance: Ints) -> Floats:
        """As the scorer does."""
        return self.inner.links(antecedents, mentions, distance)


def readings(scorer: Scorer, gold: Sequence[Reading]) -> list[Reading]:
    """What the scorer's model reads in the gold texts."""
    documents = [reading.document for reading in gold]
    return [assemble(document, found, Generator()) for document, found in zip(documents, find(scorer, documents), strict=True)]


def score(scorer: Scorer, gold: Sequence[Reading], protocol: Protocol, metric: str) -> float:
    """One metric of the scorer's readings, in [0, 1]."""
    report = evaluate(gold, {"model": readings(scorer, gold)}, protocol, resamples=2)
    return report.value("model", metric) or 0.0


def tune(scorer: Scorer, gold: Sequence[Reading], protocol: Protocol, metric: str) -> DecoderSettings:
    """The cue bias with the best metric, and confidence weights fitted to which attributions are right (linked-soft)."""
    memory = Remembering(scorer)
    chosen = scorer.settings
    for field, biases in BIASES.items():
        values: dict[float, float] = {}
        for bias in biases:
            memory.settings = _biased(chosen, field, bias)
            values[bias] = score(memory, gold, protocol, metric)
        best = max(values, key=lambda bias: (values[bias], -abs(bias)))
        chosen = _biased(chosen, field, best)
    memory.settings = chosen
    return replace(chosen, confidence=confidence_weights(memory, gold, protocol))


def _biased(settings: DecoderSettings, field: str, bias: float) -> DecoderSettings:
    return replace(settings, cue_bias=bias) if field == "cue_bias" else replace(settings, source_bias=bias)


def confidence_weights(memory: Remembering, gold: Sequence[Reading], protocol: Protocol) -> tuple[float, float, float, float]:
    """Weights of a logistic regression of "linked-soft right" on the decoder's log odds (Platt 1999), with a small ridge."""
    columns: list[Numbers] = []
    right: Numbers = np.zeros(0)
    for feature in range(1, FEATURES):
        one = tuple(1.0 if k == feature else 0.0 for k in range(FEATURES))
        memory.settings = replace(memory.settings, confidence=(one[0], one[1], one[2], one[3]))
        predicted = [protocol.prepare(reading) for reading in readings(memory, gold)]
        rows = [
            (float(np.log(a.confidence / (1 - a.confidence))), correct)
            for prepared, reading in zip((protocol.prepare(g) for g in gold), predicted, strict=True)
            for a, correct in zip(reading.attributions, _right(prepared, reading), strict=True)
            if a.cue and 0.0 < a.confidence < 1.0
        ]
        table = np.array(rows, dtype=np.float64).reshape(-1, 2)
        columns.append(table[:, 0])
        right = table[:, 1]
    features = np.stack([np.ones(len(right)), *columns], axis=1)
    w = logistic(features, right)
    return float(w[0]), float(w[1]), float(w[2]), float(w[3])


def _right(gold: Reading, predicted: Reading) -> list[bool]:
    ladder = climb(gold.document.text, gold.attributions, predicted.attributions)
    matched = {theirs for (_, theirs), levels in ladder.items() if "linked_soft" in levels}
    return [number in matched for number in range(len(predicted.attributions))]


def logistic(features: Numbers, right: Numbers) -> Numbers:
    """Weights of a ridge logistic regression, by Newton's method."""
    weights = np.zeros(features.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(features @ weights, -30, 30)))
        gradient = features.T @ (p - right) + RIDGE * weights
        curvature = (features * (p * (1 - p))[:, None]).T @ features + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights
