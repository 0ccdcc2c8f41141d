"""The tone network: a sentence encoder whose upper layers fork into an untouched branch and a tuned one, with heads on the tuned one.

Shapes: B sentences, N positions (two special ones included), M mentions, W the encoder's width. What stands below the fork and the
untouched branch never learn, so vectors stay those of the encoder that training starts from.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from sayso.encoder.heads import CASES
from sayso.encoder.tones import REACH, SENTENCE, SHARED, TARGET, WORDINGS
from sayso.training.network import FORBIDDEN

PAIR = 128  # width of the space in which a mention attends to the words around it
HIDDEN = 256


class ToneNetwork(nn.Module):  # type: ignore[misc]  # types are checked without torch
    """Encoder with a fork and heads.

    Args:
        config: shape of the encoder.
        drop: share of a state that is dropped before the heads, in training.

    """

    def __init__(self, config: BertConfig, drop: float = 0.1) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.tuned = deepcopy(self.bert.encoder.layer[SHARED:])
        width = config.hidden_size
        self.case = nn.Embedding(CASES, width)
        nn.init.zeros_(self.case.weight)
        self.drop = nn.Dropout(drop)
        self.wordings = nn.Linear(width, len(WORDINGS))
        self.sentence = SentenceHead(width)
        self.targets = TargetHead(width, drop)

    def forward(self, ids: Tensor, case: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """States below the fork and of the tuned branch [B, N, W], scores of word pieces [B, N, 3] and of sentences [B, 10]."""
        wide = (1.0 - mask[:, None, None, :]) * FORBIDDEN
        with torch.no_grad():
            shared = _through(self.bert.encoder.layer[:SHARED], self.bert.embeddings(input_ids=ids), wide)
        states = self.drop(_through(self.tuned, shared + self.case(case), wide))
        return shared, states, self.wordings(states), self.sentence(states, mask)


class VectorBranch(nn.Module):  # type: ignore[misc]  # types are checked without torch
    """The sentence encoder's own upper layers: unit vectors [B, W] from the states below the fork, the mean over all word pieces."""

    def __init__(self, network: ToneNetwork) -> None:
        super().__init__()
        self.layers = network.bert.encoder.layer[SHARED:]

    def forward(self, shared: Tensor, mask: Tensor) -> Tensor:
        """[B, W] unit vectors."""
        states = _through(self.layers, shared, (1.0 - mask[:, None, None, :]) * FORBIDDEN)
        mean = (states * mask[..., None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
        return mean / mean.norm(dim=-1, keepdim=True)


class SentenceHead(nn.Module):  # type: ignore[misc]  # types are checked without torch
    """Scores of a sentence, each from the word pieces that it attends to itself (attentive pooling, Yang et al. 2016)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.attend = nn.Linear(width, len(SENTENCE))
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, len(SENTENCE))

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """[B, 10] from states [B, N, W]."""
        weights = (self.attend(states) + (1.0 - mask[..., None]) * FORBIDDEN).softmax(dim=1)
        pooled = weights.transpose(1, 2) @ nn.functional.gelu(self.value(states))
        return (pooled * self.out.weight).sum(dim=-1) + self.out.bias


class TargetHead(nn.Module):  # type: ignore[misc]  # types are checked without torch
    """Scores of a mention from its mean state, the states that it attends to (by content and distance) and the mean of the sentence."""

    def __init__(self, width: int, drop: float) -> None:
        super().__init__()
        self.key = nn.Linear(width, PAIR)
        self.query = nn.Linear(width, PAIR)
        self.distance = nn.Embedding(2 * REACH + 1, 1)
        nn.init.zeros_(self.distance.weight)
        self.out = nn.Sequential(nn.Linear(3 * width, HIDDEN), nn.GELU(), nn.Dropout(drop), nn.Linear(HIDDEN, len(TARGET)))

    def forward(self, states: Tensor, mask: Tensor, row: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """[M, 7] from states [B, N, W] and the mentions' sentences and positions [M]."""
        at = torch.arange(states.shape[1], device=states.device)[None]
        inside = ((at >= first[:, None]) & (at <= last[:, None])).to(states.dtype)
        around, seen = states[row], mask[row]
        mention = (around * inside[..., None]).sum(dim=1) / inside.sum(dim=1, keepdim=True)
        away = (at - first[:, None]).clamp(-REACH, REACH) + REACH
        fit = (self.key(around) * self.query(mention)[:, None]).sum(dim=-1) / PAIR**0.5
        fit = fit + self.distance(away)[..., 0] + (1.0 - seen) * FORBIDDEN
        attended = (fit.softmax(dim=-1)[..., None] * around).sum(dim=1)
        mean = (around * seen[..., None]).sum(dim=1) / seen.sum(dim=1, keepdim=True)
        return self.out(torch.cat((mention, attended, mean), dim=-1))


def _through(layers: nn.ModuleList, states: Tensor, wide: Tensor) -> Tensor:
    for layer in layers:
        output = layer(states, wide)
        states = output[0] if isinstance(output, tuple) else output
    return states


def starting_tone(encoder: Path, drop: float = 0.1) -> ToneNetwork:
    """A network whose encoder has the weights stored at `encoder` in both branches, and whose heads are fresh."""
    config = BertConfig.from_pretrained(encoder)
    # On a processor the random numbers of dropout inside the layers cost as much as a layer.
    config.attention_probs_dropout_prob = config.hidden_dropout_prob = 0.0
    config._attn_implementation = "sdpa"
    network = ToneNetwork(config, drop)
    stored = BertModel.from_pretrained(encoder, config=config, add_pooling_layer=False)
    network.bert.load_state_dict(stored.state_dict())
    network.tuned.load_state_dict(stored.encoder.layer[SHARED:].state_dict())
    network.bert.requires_grad_(False)
    return network


def trained_tone(encoder: Path, checkpoint: Path) -> ToneNetwork:
    """The network of a checkpoint, ready to score or to be exported."""
    config = BertConfig.from_pretrained(encoder)
    config._attn_implementation = "eager"  # the plain form is what the exporter and the quantizer read best
    network = ToneNetwork(config)
    network.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True))
    network.eval()
    return network
