"""The network in training behind the same interface as the released one, so that both are decoded and measured by the same code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertConfig

from sayso.encoder.heads import CONVENTIONS, DecoderSettings
from sayso.encoder.windows import Ints, load_tokenizer
from sayso.training.network import Network
from sayso.training.settings import TrainingSettings

Floats = NDArray[np.float32]


def trained_network(encoder: Path, checkpoint: Path, settings: TrainingSettings) -> Network:
    """The network of a checkpoint, ready to score."""
    config = BertConfig.from_pretrained(encoder)
    config._attn_implementation = "eager"  # the plain form is what the exporter and the quantizer read best
    network = Network(config, settings.pair)
    network.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True))
    network.eval()
    return network


class TorchScorer:
    """A `decode.Scorer` over a network in memory."""

    def __init__(self, network: Network, encoder: Path, convention: str, settings: DecoderSettings | None = None) -> None:
        self.network = network
        self.tokenizer: Tokenizer = load_tokenizer(str(encoder / "tokenizer.json"))
        self.settings = settings or DecoderSettings()
        self.threads = 1
        self._convention = CONVENTIONS.index(convention)

    def encode(self, ids: Ints, case: Ints, quoted: Ints, mask: Floats) -> tuple[Floats, Floats, Floats]:
        """States [B, N, W], path scores of cues [B, N, 3] and of names [B, N, 12]."""
        convention = torch.full((len(ids),), self._convention, dtype=torch.long)
        with torch.inference_mode():
            inputs = [torch.from_numpy(array) for array in (ids, case, quoted, mask)]
            states, cues, names = self.network.encode(inputs[0], inputs[1], inputs[2], inputs[3], convention)
        return states.numpy(), cues.numpy(), names.numpy()

    def roles(self, states: Floats, row: Ints, first: Ints, last: Ints) -> Floats:
        """Path scores [C, N, 6] of source and content for every cue."""
        with torch.inference_mode():
            scores = self.network.roles(*(torch.from_numpy(a) for a in (states, row, first, last)))
        found: Floats = scores.numpy()
        return found

    def links(self, antecedents: Floats, mentions: Floats, distance: Ints) -> Floats:
        """Scores [P] of pairs of mentions."""
        with torch.inference_mode():
            scores = self.network.links(*(torch.from_numpy(a) for a in (antecedents, mentions, distance)))
        found: Floats = scores.numpy()
        return found
