"""Texts with names to windows of word pieces with states for each kind of name, and their loss."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from sayso.encoder.heads import CHANNELS, NAME_KINDS
from sayso.encoder.windows import pieces
from sayso.training import augment
from sayso.training.corpora import Named
from sayso.training.examples import Inputs, States, cuts, padded
from sayso.training.network import IN, OUT, Network, path_loss

SHOUTED = 0.08  # how often a text is put in capitals, or in none
NAMES_PER_WINDOW = 12.0


@dataclass(frozen=True, slots=True)
class NameExample:
    """One window: inputs and states [kinds, N]."""

    inputs: Inputs
    states: States


def name_examples(article: Named, tokenizer: Tokenizer, dice: random.Random) -> Iterator[NameExample]:
    """The windows of one article; cut at other places each time."""
    if dice.random() < SHOUTED:
        article = replace(article, text=augment.recased(article.text, dice))
    text = pieces(article.text, tokenizer)
    states = np.stack([np.where(text.inside(spans), IN, OUT) for spans in article.names]).astype(np.int64)
    for low, high in cuts(text, dice):
        yield NameExample(Inputs.of(text, low, high), states[:, low:high])


def name_loss(network: Network, windows: list[NameExample], tokenizer: Tokenizer) -> Tensor:
    """Summed path losses of all kinds, per `NAMES_PER_WINDOW` and window."""
    batch = padded([window.inputs for window in windows], tokenizer)
    _, _, scores = network.encode(batch.ids, batch.case, batch.quoted, batch.mask, torch.zeros(len(windows), dtype=torch.long))
    states = torch.full((len(windows), len(NAME_KINDS), batch.ids.shape[1]), OUT, dtype=torch.long)
    for row, window in enumerate(windows):
        states[row, :, 1 : window.states.shape[1] + 1] = torch.from_numpy(window.states)
    loss = torch.zeros(())
    for kind in range(len(NAME_KINDS)):
        loss = loss + path_loss(scores[..., kind * CHANNELS : (kind + 1) * CHANNELS], states[:, kind], batch.length).sum()
    return loss / (NAMES_PER_WINDOW * len(windows))
