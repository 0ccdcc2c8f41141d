"""Annotated stories as tensors: states below the fork, how rare each word piece is, the readable figures, and which pairs say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from sayso.claims.content import of_text
from sayso.claims.likeness import likeness
from sayso.codebooks.vectors import Vectors
from sayso.encoder.claims import LONGEST_STATEMENT
from sayso.encoder.windows import Ints, pieces, special
from sayso.evaluation.storygold import GoldStory, read_stories
from sayso.training.claims.network import ClaimNetwork


@dataclass(frozen=True, slots=True)
class Example:
    """One story; what the network below the fork and the figures say of it never changes, so it is worked out once."""

    id: str
    shared: Tensor
    mask: Tensor
    rarity: Tensor
    figures: Tensor
    same: Tensor
    """[N, N] 1 for pairs that say the same."""


def annotated_stories(data: Path, part: str = "train") -> list[GoldStory]:
    """One part of all files of annotated claims in a folder, in the order of their ids."""
    found = [story for path in sorted((data / "claims").glob("*.jsonl")) for story in read_stories(path, part)]
    return sorted(found, key=lambda story: story.id)


def examples(stories: Iterable[GoldStory], network: ClaimNetwork, tokenizer: Tokenizer, vectors: Vectors) -> list[Example]:
    """The stories as tensors."""
    return [_example(story, network, tokenizer, vectors) for story in stories]


def _example(story: GoldStory, network: ClaimNetwork, tokenizer: Tokenizer, vectors: Vectors) -> Example:
    rows = [pieces(text, tokenizer).ids[:LONGEST_STATEMENT] for text in story.texts]
    ids, mask, rarity = laid(rows, tokenizer)
    figures = likeness([of_text(text) for text in story.texts], story.articles, vectors(list(story.texts)))
    same = torch.from_numpy(story.first.same(len(rows))).float()
    with torch.no_grad():
        shared = torch.cat([network.lower(ids[at : at + 32], mask[at : at + 32]) for at in range(0, len(rows), 32)])
    return Example(story.id, shared, mask, rarity, torch.from_numpy(figures), same)


def laid(rows: Sequence[Ints], tokenizer: Tokenizer) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and rarity [N, P] of the word pieces of a story's statements."""
    counts = Counter(int(piece) for row in rows for piece in set(row.tolist()))
    length = max(len(row) for row in rows) + 2
    ids, mask, rarity = torch.zeros(len(rows), length, dtype=torch.long), torch.zeros(len(rows), length), torch.zeros(len(rows), length)
    for at, row in enumerate(rows):
        ids[at, 0], ids[at, len(row) + 1] = special(tokenizer, "[CLS]"), special(tokenizer, "[SEP]")
        ids[at, 1 : len(row) + 1] = torch.from_numpy(row)
        mask[at, : len(row) + 2] = 1.0
        rarity[at, 1 : len(row) + 1] = torch.tensor([log((len(rows) + 1) / counts[int(piece)]) for piece in row])
    return ids, mask, rarity
