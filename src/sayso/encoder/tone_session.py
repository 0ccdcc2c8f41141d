"""The released tone network at work: word pieces of one sentence in, scores out.

Always true here: one session serves any number of threads of the caller; outputs are float32 and finite; nothing is written to disk and
nothing is sent anywhere. With `encoder.session` the one door to onnxruntime.
"""

from __future__ import annotations

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from sayso.encoder.bundle import TARGETS, TONE, VECTORS, Bundle
from sayso.encoder.calibration import Calibration, calibration
from sayso.encoder.session import opened, processors, tokenizer
from sayso.encoder.tones import TARGET_INPUTS, TARGET_OUTPUTS, TONE_INPUTS, TONE_OUTPUTS, VECTOR_INPUTS, VECTOR_OUTPUTS
from sayso.encoder.windows import Ints

Floats = NDArray[np.float32]


class ToneSession:
    """A bundle's tone network ready to score.

    Args:
        bundle: a checked bundle.
        threads: how many sentences are heard at the same time, each on one processor thread; None takes all processors.

    Raises:
        BundleError: if the runtime cannot read the weights.

    """

    def __init__(self, bundle: Bundle, *, threads: int | None = None) -> None:
        self._tone: ort.InferenceSession = opened(bundle, TONE)
        self._targets: ort.InferenceSession = opened(bundle, TARGETS)
        self._vectors: ort.InferenceSession = opened(bundle, VECTORS)
        self.tokenizer = tokenizer(bundle)
        self.threads = threads or processors()
        self.calibration: Calibration = calibration(bundle)
        self.fingerprint = bundle.digests[VECTORS]

    def hear(self, ids: Ints, case: Ints, mask: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """States below the fork and of the tuned branch [B, N, W], scores of word pieces [B, N, 3] and of sentences [B, 10]."""
        shared, states, wordings, sentence = self._tone.run(TONE_OUTPUTS, dict(zip(TONE_INPUTS, (ids, case, mask), strict=True)))
        return shared, states, wordings, sentence

    def targets(self, states: Floats, mask: Floats, row: Ints, first: Ints, last: Ints) -> Floats:
        """Scores [M, 7] of mentions."""
        (scores,) = self._targets.run(TARGET_OUTPUTS, dict(zip(TARGET_INPUTS, (states, mask, row, first, last), strict=True)))
        return np.asarray(scores, dtype=np.float32)

    def vectors(self, shared: Floats, mask: Floats) -> Floats:
        """Unit vectors [B, W] of sentences."""
        (vectors,) = self._vectors.run(VECTOR_OUTPUTS, dict(zip(VECTOR_INPUTS, (shared, mask), strict=True)))
        return np.asarray(vectors, dtype=np.float32)
