"""Annotated sentences to tensors: word pieces with what is known of each, the sentence, and its mentions.

Always true here: pieces are made by the code that makes them at run time (`encoder.windows`), one row per sentence; what is not known is
`UNKNOWN` and costs nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from sayso.encoder.tones import (
    CERTAINTY,
    EDITORIALIZES,
    HEDGED,
    LONGEST,
    ROLE,
    SENTENCE,
    STANCE,
    TONE,
    TRIGGER,
    WORDINGS,
)
from sayso.encoder.windows import pieces
from sayso.spans import Span
from sayso.training import augment
from sayso.training.examples import Inputs, padded
from sayso.training.tone.corpora import Row, Target, Wording
from sayso.training.tone.network import ToneNetwork

UNKNOWN = -1
Numbers = NDArray[np.float32]
ALONE = (EDITORIALIZES, CERTAINTY, HEDGED)  # scores of the sentence that stand alone; the others are distributions
WEIGHTS = {EDITORIALIZES: 1.0, CERTAINTY: 2.0, HEDGED: 0.5}
PIECES = 0.2  # weight of one word piece's wording beside one sentence's stance
SMOOTHED = 0.05


@dataclass(frozen=True, slots=True)
class Noise:
    """How often a sentence is changed before it is learned from, as probabilities."""

    names: float = 0.3
    case: float = 0.04


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence in word pieces.

    Attributes:
        inputs: what the network sees.
        wordings: [pieces, 3] of 0, 1 or `UNKNOWN`.
        sentence: [10] probabilities to learn, or `UNKNOWN`.
        trigger, tone: the right place in the distribution, or `UNKNOWN`.
        targets: first and last piece, stance and role (or `UNKNOWN`) of each mention.

    """

    inputs: Inputs
    wordings: Numbers
    sentence: Numbers
    trigger: int
    tone: int
    targets: tuple[tuple[int, int, int, int], ...]


def example(row: Row, tokenizer: Tokenizer, dice: random.Random | None = None, noise: Noise | None = None) -> Example:
    """A row as word pieces, noised if told how."""
    if dice is not None and noise is not None:
        row = noised(row, dice, noise)
    text = pieces(row.text, tokenizer)
    count = min(len(text), LONGEST)
    wordings = np.full((count, len(WORDINGS)), UNKNOWN, dtype=np.float32)
    for place, wording in row.wordings.items():
        column = text.inside(wording.spans).astype(np.float32)
        column[text.inside(wording.unknown) & (column == 0)] = UNKNOWN
        wordings[:, place] = column[:count]
    sentence = np.full(len(SENTENCE), UNKNOWN, dtype=np.float32)
    for place, value in row.sentence.items():
        sentence[place] = value
    targets = []
    for target in row.targets:
        at = np.flatnonzero(text.inside((target.span,))[:count])
        if len(at):
            stance, role = (UNKNOWN if value is None else value for value in (target.stance, target.role))
            targets.append((int(at[0]), int(at[-1]), stance, role))
    tones = {target.stance for target in row.targets if target.stance is not None}
    return Example(
        Inputs.of(text, 0, count),
        wordings,
        sentence,
        UNKNOWN if row.trigger is None else row.trigger,
        tones.pop() if len(tones) == 1 else UNKNOWN,
        tuple(targets),
    )


def noised(row: Row, dice: random.Random, noise: Noise) -> Row:
    """The row with other people in it, so that no name is liked or disliked by itself; or in other capitals."""
    if dice.random() < noise.names:
        edits = augment.renamed(row.text, dice)
        text, along = augment.rewrite(row.text, edits)

        def moved(span: Span) -> Span:
            return along((span,))[0]

        row = replace(
            row,
            text=text,
            wordings={k: Wording(along(wording.spans), along(wording.unknown)) for k, wording in row.wordings.items()},
            targets=tuple(Target(moved(t.span), t.stance, t.role) for t in row.targets if along((t.span,))),
        )
    if dice.random() < noise.case:
        row = replace(row, text=augment.recased(row.text, dice))
    return row


JOINTS = (" ", "; ", ", while ", ", and ", ", but ")


def joined(first: Row, second: Row, dice: random.Random) -> Row:
    """Two sentences in one, so that whom each speaks well or ill of has to be told from where they stand, not from the tone of the whole.

    Args:
        first: knows its targets only (neither wordings nor scores of the sentence).
        second: the same.
        dice: which words stand between them.

    """
    joint = dice.choice(JOINTS)
    start = first.text.rstrip() if joint == " " else first.text.rstrip(' .!?"”’')
    shift = len(start) + len(joint)
    kept = tuple(target for target in first.targets if target.span.end <= len(start))
    return Row(start + joint + second.text, targets=(*kept, *(Target(t.span.shift(shift), t.stance, t.role) for t in second.targets)))


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences as tensors; positions count the special piece at the front."""

    ids: Tensor
    case: Tensor
    mask: Tensor
    wordings: Tensor
    sentence: Tensor
    trigger: Tensor
    tone: Tensor
    row: Tensor
    first: Tensor
    last: Tensor
    stance: Tensor
    role: Tensor


def collate(examples: Sequence[Example], tokenizer: Tokenizer) -> Batch:
    """Examples as tensors."""
    inputs = padded([each.inputs for each in examples], tokenizer)
    wordings = np.full((*inputs.ids.shape, len(WORDINGS)), UNKNOWN, dtype=np.float32)
    for number, each in enumerate(examples):
        wordings[number, 1 : len(each.wordings) + 1] = each.wordings
    targets = [(number, *target) for number, each in enumerate(examples) for target in each.targets]
    row, first, last, stance, role = (torch.tensor(column) for column in zip(*targets, strict=True)) if targets else (_NONE,) * 5
    return Batch(
        ids=inputs.ids,
        case=inputs.case,
        mask=inputs.mask,
        wordings=torch.from_numpy(wordings),
        sentence=torch.from_numpy(np.stack([each.sentence for each in examples])),
        trigger=torch.tensor([each.trigger for each in examples]),
        tone=torch.tensor([each.tone for each in examples]),
        row=row,
        first=first + 1,
        last=last + 1,
        stance=stance,
        role=role,
    )


_NONE = torch.zeros(0, dtype=torch.long)


def loss(network: ToneNetwork, batch: Batch) -> Tensor:
    """Summed negative log probabilities of all that is known, per sentence."""
    _, states, wordings, sentence = network(batch.ids, batch.case, batch.mask)
    known = (batch.wordings >= 0).float()
    each = nn.functional.binary_cross_entropy_with_logits(wordings, batch.wordings.clamp(min=0), reduction="none")
    total = PIECES * (each * known).sum()
    for place in ALONE:
        right = batch.sentence[:, place]
        each = nn.functional.binary_cross_entropy_with_logits(sentence[:, place], right.clamp(min=0), reduction="none")
        total = total + WEIGHTS[place] * (each * (right >= 0).float()).sum()
    total = total + 0.5 * _distribution(sentence[:, TRIGGER], batch.trigger) + 0.3 * _distribution(sentence[:, TONE], batch.tone)
    if len(batch.row):
        targets = network.targets(states, batch.mask, batch.row, batch.first, batch.last)
        total = total + _distribution(targets[:, STANCE], batch.stance) + _distribution(targets[:, ROLE], batch.role)
    return total / len(batch.ids)


def _distribution(scores: Tensor, right: Tensor) -> Tensor:
    """Summed cross-entropy over the rows whose right place is known."""
    return nn.functional.cross_entropy(scores, right, ignore_index=UNKNOWN, reduction="sum", label_smoothing=SMOOTHED)
