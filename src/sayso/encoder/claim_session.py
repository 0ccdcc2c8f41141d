"""The released claim network at work: states of the lower layers in, states and weights of word pieces out.

Always true here: one session serves any number of threads of the caller; outputs are float32 and finite; nothing is written to disk and
nothing is sent anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from sayso.encoder.bundle import CLAIMS, Bundle
from sayso.encoder.claims import CLAIM_INPUTS, CLAIM_OUTPUTS
from sayso.encoder.session import opened
from sayso.encoder.tone_session import ToneSession
from sayso.encoder.windows import Ints

Floats = NDArray[np.float32]


class ClaimSession:
    """A bundle's claim network ready to compare.

    Args:
        bundle: a checked bundle.
        threads: how many statements are looked at at the same time; None takes all processors.

    Raises:
        BundleError: if the runtime cannot read the weights.

    """

    def __init__(self, bundle: Bundle, *, threads: int | None = None) -> None:
        self._tone = ToneSession(bundle, threads=threads)
        self._branch: ort.InferenceSession = opened(bundle, CLAIMS)
        self.tokenizer, self.threads = self._tone.tokenizer, self._tone.threads
        claims = bundle.card["claims"]
        self.miss_rate: float | None = claims.get("test", claims.get("int8", {})).get("miss_rate")
        scorer = claims["scorer"]
        self.weights: Mapping[str, Floats] = {name: np.asarray(values, dtype=np.float32) for name, values in scorer.items()}

    def look(self, ids: Ints, mask: Floats) -> tuple[Floats, Floats, Floats]:
        """Unit vectors [B, W], states [B, N, W] and log weights [B, N] of word pieces."""
        shared = self._tone.hear(ids, np.zeros_like(ids), mask)[0]
        states, weights = self._branch.run(CLAIM_OUTPUTS, dict(zip(CLAIM_INPUTS, (shared, mask), strict=True)))
        return self._tone.vectors(shared, mask), np.asarray(states, dtype=np.float32), np.asarray(weights, dtype=np.float32)
