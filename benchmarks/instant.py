"""A network that costs next to nothing, in the real one's place: what is left is the cost of everything around it.

Always true here: the same pieces give the same scores, and about as many attributions as news has.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.encoder.heads import BEGIN, CHANNELS, CONTENT, END, INSIDE, NAME_KINDS, SOURCE, DecoderSettings
from sayso.encoder.windows import Ints

Floats = NDArray[np.float32]


class Instant:
    """A scorer in the network's place that costs next to nothing, to see what everything around the network costs.

    It calls every thirtieth piece a cue, the three pieces before it its source and the twenty after it its content: about as many
    attributions as news has.
    """

    def __init__(self, tokenizer: Tokenizer, every: int = 30) -> None:
        self.tokenizer = tokenizer
        self.settings = DecoderSettings()
        self.threads = 1
        self.every = every

    def encode(self, ids: Ints, case: Ints, quoted: Ints, mask: Floats) -> tuple[Floats, Floats, Floats]:  # noqa: ARG002
        """No states, and cue scores that are high at every so many positions."""
        cues = np.full((*ids.shape, CHANNELS), -2.0, dtype=np.float32)
        cues[:, self.every - 1 :: self.every] = 4.0
        names = np.full((*ids.shape, CHANNELS * len(NAME_KINDS)), -2.0, dtype=np.float32)
        return np.zeros((*ids.shape, 1), dtype=np.float32), cues, names

    def roles(self, states: Floats, row: Ints, first: Ints, last: Ints) -> Floats:  # noqa: ARG002
        """Scores that put the source right before each cue and the content right after it."""
        scores = np.full((len(row), states.shape[1], 2 * CHANNELS), -1.0, dtype=np.float32)
        distance = np.arange(states.shape[1])[None] - first[:, None]
        for role, (low, high) in ((SOURCE, (-3, -1)), (CONTENT, (1, 20))):
            scores[..., role * CHANNELS + INSIDE][(low <= distance) & (distance <= high)] = 2.0
            scores[..., role * CHANNELS + BEGIN][distance == low] = 2.0
            scores[..., role * CHANNELS + END][distance == high] = 2.0
        return scores

    def links(self, antecedents: Floats, mentions: Floats, distance: Ints) -> Floats:  # noqa: ARG002
        """The same score for every pair."""
        return np.zeros(len(distance), dtype=np.float32)
