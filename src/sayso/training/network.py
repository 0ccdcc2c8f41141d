"""The network: a shared encoder, a cue head and a role head, and the loss over paths that trains them.

Shapes: B windows, N positions (two special ones included), C cues, W the encoder's width. All losses are negative log probabilities of
whole paths, so that every span border counts once, however long the text around it is. Positions whose label is unknown are summed over
(a partially observed chain, as in Tsuboi et al. 2008).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from sayso.encoder.heads import BEGIN, CASES, CHANNELS, CONVENTIONS, END, INSIDE, NAME_KINDS, NEAR, QUOTED, REACH, ROLES

UNKNOWN, OUT, IN = -1, 0, 1
FORBIDDEN = -1e4


class Network(nn.Module):  # type: ignore[misc]  # types are checked without torch
    """Encoder with heads.

    Args:
        config: shape of the encoder.
        pair: width of the space in which a cue meets a word piece.

    """

    def __init__(self, config: BertConfig, pair: int = 128) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        width = config.hidden_size
        self.case = nn.Embedding(CASES, width)
        self.quoted = nn.Embedding(QUOTED, width)
        self.convention = nn.Embedding(len(CONVENTIONS), width)
        for table in (self.case, self.quoted, self.convention):
            nn.init.zeros_(table.weight)
        self.drop = nn.Dropout(0.1)
        self.cue = nn.Sequential(nn.Linear(width, width // 2), nn.GELU(), nn.Linear(width // 2, CHANNELS))
        self.names = nn.Linear(width, CHANNELS * len(NAME_KINDS))
        self.roles = RoleHead(width, pair)
        self.links = LinkHead(width, pair)

    def encode(self, ids: Tensor, case: Tensor, quoted: Tensor, mask: Tensor, convention: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """States [B, N, W], path scores of cues [B, N, 3] and of names [B, N, 12]; `mask` is 1.0 at pieces and 0.0 at padding."""
        words = self.bert.embeddings.word_embeddings(ids)
        extra = self.case(case) + self.quoted(quoted) + self.convention(convention)[:, None]
        states = self.bert.embeddings(inputs_embeds=words + extra)
        wide = (1.0 - mask[:, None, None, :]) * FORBIDDEN
        for layer in self.bert.encoder.layer:
            output = layer(states, wide)
            states = output[0] if isinstance(output, tuple) else output
        return states, self.cue(self.drop(states)), self.names(self.drop(states))


class RoleHead(nn.Module):  # type: ignore[misc]  # types are checked without torch
    """Path scores of every word piece as source and as content of every cue.

    Cue and piece meet additively and multiplicatively (a low-rank biaffine map, Dozat and Manning 2017), with their distance; a
    convolution over the text then lets a border see its neighbors.
    """

    def __init__(self, width: int, pair: int) -> None:
        super().__init__()
        self.piece = nn.Linear(width, 2 * pair)
        self.cue = nn.Linear(2 * width, 2 * pair)
        self.distance = nn.Embedding(2 * REACH + 3, pair)
        nn.init.zeros_(self.distance.weight)
        self.near = nn.Conv1d(pair, pair, 5, padding=2)
        self.out = nn.Linear(pair, CHANNELS * len(ROLES))

    def forward(self, states: Tensor, row: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """[C, N, 6] from states [B, N, W] and the cues' windows and positions [C]."""
        cue = self.cue(torch.cat((states[row, first], states[row, last]), dim=-1))
        add, times = cue[:, None].chunk(2, dim=-1)
        piece_add, piece_times = self.piece(states)[row].chunk(2, dim=-1)
        at = torch.arange(states.shape[1], device=states.device)[None]
        before = (at - first[:, None]).clamp(max=0)
        after = (at - last[:, None]).clamp(min=0)
        inside = ((at >= first[:, None]) & (at <= last[:, None])).long()
        away = (before + after).clamp(-REACH, REACH) + REACH + inside * (REACH + 1)
        met = nn.functional.gelu(piece_add + add + piece_times * times + self.distance(away))
        met = met + nn.functional.gelu(self.near(met.transpose(1, 2)).transpose(1, 2))
        return self.out(met)


class LinkHead(nn.Module):  # type: ignore[misc]  # types are checked without torch
    """How well an earlier mention fits as antecedent: both meet additively and multiplicatively, with their distance."""

    def __init__(self, width: int, pair: int) -> None:
        super().__init__()
        self.antecedent = nn.Linear(width, 2 * pair)
        self.mention = nn.Linear(width, 2 * pair)
        self.distance = nn.Embedding(len(NEAR) + 1, pair)
        nn.init.zeros_(self.distance.weight)
        self.out = nn.Linear(pair, 1)

    def forward(self, antecedents: Tensor, mentions: Tensor, distance: Tensor) -> Tensor:
        """[P] scores from mean states [P, W] and steps of distance [P]."""
        add, times = self.antecedent(antecedents).chunk(2, dim=-1)
        own_add, own_times = self.mention(mentions).chunk(2, dim=-1)
        return self.out(nn.functional.gelu(add + own_add + times * own_times + self.distance(distance)))[:, 0]


def log_partition(scores: Tensor, states: Tensor) -> Tensor:
    """Log of the summed exponentiated scores of all paths that agree with the known states.

    Args:
        scores: path scores [C, N, 3].
        states: [C, N] of `IN`, `OUT` or `UNKNOWN` (free).

    Returns:
        [C] log partition values; computed as a balanced product of 2 x 2 transition matrices in the log semiring.

    """
    inside, begin, end = scores[..., INSIDE], scores[..., BEGIN], scores[..., END]
    not_in = torch.where(states == OUT, FORBIDDEN, 0.0)
    not_out = torch.where(states == IN, FORBIDDEN, 0.0)
    ended = torch.cat((torch.zeros_like(end[:, :1]), end[:, :-1]), dim=1)
    zero = torch.zeros_like(inside)
    steps = torch.stack(
        (
            torch.stack((zero + not_out, begin + inside + not_in), dim=-1),
            torch.stack((ended + not_out, inside + not_in), dim=-1),
        ),
        dim=-2,
    )  # [C, N, from, to]
    count = steps.shape[1]
    full = 1 << math.ceil(math.log2(max(count, 1)))
    if full > count:
        same = torch.full((2, 2), FORBIDDEN * 10, dtype=steps.dtype).fill_diagonal_(0.0)
        steps = torch.cat((steps, same.expand(len(steps), full - count, 2, 2)), dim=1)
    while steps.shape[1] > 1:
        left, right = steps[:, 0::2], steps[:, 1::2]
        steps = torch.logsumexp(left[..., :, :, None] + right[..., None, :, :], dim=-2)
    whole = steps[:, 0, OUT]
    return torch.logaddexp(whole[:, OUT], whole[:, IN] + end[:, -1])


def path_loss(scores: Tensor, states: Tensor, length: Tensor) -> Tensor:
    """[C] negative log probability of the known states; positions from `length` on are forced outside, for both sums."""
    at = torch.arange(scores.shape[1], device=scores.device)[None]
    padding = at >= length[:, None]
    free = torch.where(padding, OUT, UNKNOWN)
    known = torch.where(padding, OUT, states)
    return log_partition(scores, free) - log_partition(scores, known)
