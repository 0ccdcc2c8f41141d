"""Texts with coreference to windows with mentions to resolve, and their loss.

Always true here: a mention is resolved among the mentions before it in its window; one whose antecedents all stand in an earlier window is
left out, one that is the first of its group has none.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from sayso.encoder.heads import MENTION, far
from sayso.encoder.windows import pieces
from sayso.training.corpora import Chained
from sayso.training.examples import Inputs, cuts, padded
from sayso.training.network import Network

OFFERED = 60  # antecedents
PRONOUNS = frozenset(
    (
        *("he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself"),
        *("they", "them", "their", "theirs", "themselves", "this", "that", "these", "those", "who", "which"),
    )
)
DEFINITE = ("the ", "this ", "that ", "these ", "those ", "his ", "her ", "its ", "their ")
DESCRIPTIONS = 0.25  # weight of one that is no pronoun
LINKS_PER_WINDOW = 8.0


@dataclass(frozen=True, slots=True)
class LinkExample:
    """One window: inputs, mentions as first and last position, and for each one to resolve its antecedents (or none) and its weight."""

    inputs: Inputs
    mentions: tuple[tuple[int, int], ...]
    wanted: tuple[tuple[int, tuple[int, ...], float], ...]


def link_examples(document: Chained, tokenizer: Tokenizer, dice: random.Random) -> Iterator[LinkExample]:
    """The windows of one document that hold something to resolve; cut at other places each time."""
    text = pieces(document.text, tokenizer)
    first = {group: number for number, group in reversed(list(enumerate(document.groups)))}
    starts, ends = text.starts.tolist(), text.ends.tolist()
    placed: list[tuple[int, int]] = []
    low = 0
    for span in document.mentions:
        while low < len(ends) and (ends[low] <= span.start):
            low += 1
        high = low
        while high + 1 < len(starts) and starts[high + 1] < span.end:
            high += 1
        placed.append((low, high))
    for start, end in cuts(text, dice):
        inside = [number for number, (low, high) in enumerate(placed) if start <= low and high < end]
        wanted = []
        for place, number in enumerate(inside):
            words = document.text[document.mentions[number].start : document.mentions[number].end].lower()
            pronoun = words in PRONOUNS
            if not pronoun and not words.startswith(DEFINITE):
                continue
            before = range(max(0, place - OFFERED), place)
            right = tuple(other for other in before if document.groups[inside[other]] == document.groups[number])
            if right or first[document.groups[number]] == number:
                wanted.append((place, right, 1.0 if pronoun else DESCRIPTIONS))
        if wanted:
            yield LinkExample(
                Inputs.of(text, start, end), tuple((placed[n][0] - start, placed[n][1] - start) for n in inside), tuple(wanted)
            )


def link_loss(network: Network, windows: list[LinkExample], tokenizer: Tokenizer) -> Tensor:
    """Negative log of the summed probability of all right antecedents, or of none, per `LINKS_PER_WINDOW` and window."""
    batch = padded([window.inputs for window in windows], tokenizer)
    states, _, _ = network.encode(batch.ids, batch.case, batch.quoted, batch.mask, torch.zeros(len(windows), dtype=torch.long))
    states = network.drop(states)
    sums = torch.nn.functional.pad(states.cumsum(dim=1), (0, 0, 1, 0))
    loss = torch.zeros(())
    for row, window in enumerate(windows):
        bounds = torch.tensor([(low + 1, min(high, low + MENTION - 1) + 2) for low, high in window.mentions])
        means = (sums[row, bounds[:, 1]] - sums[row, bounds[:, 0]]) / (bounds[:, 1] - bounds[:, 0])[:, None]
        pairs, steps, sizes = [], [], []
        for place, _, _ in window.wanted:
            before = range(max(0, place - OFFERED), place)
            sizes.append(len(before))
            pairs += [(other, place) for other in before]
            steps += [far(max(0, window.mentions[place][0] - window.mentions[other][1])) for other in before]
        if not pairs:
            continue
        at = torch.tensor(pairs)
        scores = network.links(means[at[:, 0]], means[at[:, 1]], torch.tensor(steps))
        for part, (place, right, weight) in zip(scores.split(sizes), window.wanted, strict=True):
            low = max(0, place - OFFERED)
            whole = torch.logsumexp(torch.cat((part, part.new_zeros(1))), dim=0)
            hit = torch.logsumexp(part[[other - low for other in right]], dim=0) if right else part.new_zeros(())
            loss = loss + weight * (whole - hit)
    return loss / (LINKS_PER_WINDOW * len(windows))
