"""The claim network: states of word pieces that are tuned for laying statements beside each other, and a small scorer of pairs.

Two statements are compared word piece by word piece ("late interaction", Khattab and Zaharia 2020): each piece looks for the one most like
it on the other side, and pieces that matter weigh more. A scorer sees how far either side is covered together with the figures of
`claims.likeness`. Shapes: N statements of one story, P positions (two special ones included), W the encoder's width.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from sayso.claims.likeness import FIGURES
from sayso.encoder.claims import COVERAGES
from sayso.encoder.tones import SHARED
from sayso.training.network import FORBIDDEN

RUN = 24  # statements that go through the branch together
USUAL = -4.0  # log odds that any two statements of a story say the same, to start from


class ClaimBranch(nn.Module):  # type: ignore[misc]  # types are checked without torch
    """The tuned upper layers: from states below the fork to unit states, and how much each piece matters."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.layers = BertModel(config, add_pooling_layer=False).encoder.layer[SHARED:]
        self.weigh = nn.Linear(config.hidden_size, 1)
        nn.init.zeros_(self.weigh.weight)
        nn.init.zeros_(self.weigh.bias)

    def forward(self, shared: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """States [N, P, W] and log weights [N, P] from the states below the fork [N, P, W]."""
        wide = (1.0 - mask[:, None, None, :]) * FORBIDDEN
        states = shared
        for layer in self.layers:
            output = layer(states, wide)
            states = output[0] if isinstance(output, tuple) else output
        return states, self.weigh(states)[..., 0]


class ClaimNetwork(nn.Module):  # type: ignore[misc]  # types are checked without torch
    """The branch on top of the untouched lower layers, and the scorer."""

    def __init__(self, config: BertConfig, hidden: int, drop: float = 0.1) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.branch = ClaimBranch(config)
        self.scorer = PairScorer(hidden, drop)

    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """States below the fork; they never learn."""
        wide = (1.0 - mask[:, None, None, :]) * FORBIDDEN
        with torch.no_grad():
            states = self.bert.embeddings(input_ids=ids)
            for layer in self.bert.encoder.layer[:SHARED]:
                output = layer(states, wide)
                states = output[0] if isinstance(output, tuple) else output
        return states

    def forward(self, shared: Tensor, mask: Tensor, rarity: Tensor, figures: Tensor) -> Tensor:
        """Log odds [N, N] that two statements say the same.

        Args:
            shared: [N, P, W] states below the fork.
            mask: [N, P] 1 where there is a word piece; the special ones count as none for the comparison.
            rarity: [N, P] how rare each piece is in the story; 0 at special and absent ones.
            figures: [N, N, F] of `claims.likeness`.

        """
        states, weights = self.looked(shared, mask)
        return self.scorer(torch.cat((coverages(states, weights, rarity), figures), dim=-1))

    def looked(self, shared: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """The branch over statements of similar length at a time, so that little is spent on padding."""
        lengths = mask.sum(dim=1).long()
        order = lengths.argsort()
        states, weights = torch.zeros_like(shared), torch.zeros_like(mask)
        for part in order.split(RUN):
            longest = int(lengths[part].max())
            found = self.branch(shared[part, :longest], mask[part, :longest])
            pad = (0, 0, 0, mask.shape[1] - longest)
            states = states.index_put((part,), nn.functional.pad(found[0], pad))
            weights = weights.index_put((part,), nn.functional.pad(found[1], pad[2:]))
        return states, weights


class PairScorer(nn.Module):  # type: ignore[misc]  # types are checked without torch
    """Log odds of pairs from their figures, brought to mean 0 and deviation 1: a linear part and a small hidden layer beside it."""

    def __init__(self, hidden: int, drop: float) -> None:
        super().__init__()
        width = len(COVERAGES) + len(FIGURES)
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("deviation", torch.ones(width))
        self.linear = nn.Linear(width, 1)
        self.first = nn.Linear(width, hidden)
        self.drop = nn.Dropout(drop)
        self.last = nn.Linear(hidden, 1, bias=False)
        nn.init.zeros_(self.linear.weight)
        nn.init.constant_(self.linear.bias, USUAL)
        nn.init.zeros_(self.last.weight)

    def forward(self, figures: Tensor) -> Tensor:
        """[N, N] from [N, N, F]."""
        steady = (figures - self.mean) / self.deviation
        return (self.linear(steady) + self.last(self.drop(torch.relu(self.first(steady)))))[..., 0]

    def settle(self, figures: Tensor, same: Tensor) -> None:
        """Start from the logistic regression over pairs [M, F], so that the branch learns from a scorer that makes sense."""
        self.mean.copy_(figures.mean(dim=0))
        self.deviation.copy_(figures.std(dim=0).clamp(min=1e-4))
        steady = (figures - self.mean) / self.deviation
        optimizer = torch.optim.LBFGS(self.linear.parameters(), max_iter=200, line_search_fn="strong_wolfe")

        def closure() -> Tensor:
            optimizer.zero_grad()
            value = nn.functional.binary_cross_entropy_with_logits(self.linear(steady)[:, 0], same)
            value = value + 1e-4 * self.linear.weight.square().sum()
            value.backward()
            return value

        optimizer.step(closure)


def coverages(states: Tensor, weights: Tensor, rarity: Tensor) -> Tensor:
    """The `COVERAGES` of all pairs [N, N, 4]; what the run time computes with numpy in `claims.meaning`."""
    there = rarity > 0
    here = there.to(states.dtype)
    mean = (states * here[..., None]).sum(dim=(0, 1)) / here.sum()
    unit = nn.functional.normalize(states - mean, dim=-1) * here[..., None]
    weight = rarity * weights.exp()
    size, length, width = unit.shape
    alike = unit[there] @ unit.reshape(size * length, width).T  # a row for each piece that is there
    alike = alike.masked_fill(~there.reshape(-1)[None], -1.0)
    best = alike.reshape(-1, size, length).amax(dim=-1)
    owner = there.nonzero()[:, 0]
    total = torch.zeros(size, size).index_add(0, owner, best * weight[there][:, None])
    covered = total / weight.sum(dim=1)[:, None].clamp(min=1e-6)
    middle = nn.functional.normalize((unit * weight[..., None]).sum(dim=1), dim=-1)
    both = torch.stack((covered, covered.T))
    return torch.stack((both.amin(dim=0), both.amax(dim=0), both.mean(dim=0), middle @ middle.T), dim=-1)


def starting_claims(encoder: Path, hidden: int, drop: float = 0.1) -> ClaimNetwork:
    """A network whose encoder has the weights stored at `encoder`, and whose scorer is fresh."""
    config = BertConfig.from_pretrained(encoder)
    config.attention_probs_dropout_prob = config.hidden_dropout_prob = 0.0
    config._attn_implementation = "sdpa"
    network = ClaimNetwork(config, hidden, drop)
    stored = BertModel.from_pretrained(encoder, config=config, add_pooling_layer=False)
    network.bert.load_state_dict(stored.state_dict())
    network.branch.layers.load_state_dict(deepcopy(stored.encoder.layer[SHARED:]).state_dict())
    network.bert.requires_grad_(False)
    return network


def trained_claims(encoder: Path, checkpoint: Path, hidden: int) -> ClaimNetwork:
    """The network of a checkpoint, ready to score or to be exported."""
    config = BertConfig.from_pretrained(encoder)
    config._attn_implementation = "eager"  # the plain form is what the exporter and the quantizer read best
    network = ClaimNetwork(config, hidden)
    network.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True))
    network.eval()
    return network
