"""Quick development figures of a tone network in training, for its log and for choosing a checkpoint.

Always true here: sentences only, whoever speaks; thresholds are the best ones on these very sentences, so figures are somewhat too good
and are used to compare checkpoints, never published (`sayso evaluate` gives those).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.encoder.tone_session import ToneSession
from sayso.encoder.tones import CERTAINTY, EDITORIAL, EDITORIALIZES, LEXICAL_BIAS, LOADED, ROLE, STANCE, TARGET, TONE
from sayso.measures.heard import ROLES
from sayso.training.tone.corpora import Row, Voices, basil, certainty, newsmtsc, roles, stance_sentences, wording_sentences, world_news
from sayso.training.tone.examples import UNKNOWN, Batch, Example, collate, example
from sayso.training.tone.network import ToneNetwork

SIZE = 64
THRESHOLDS = tuple(np.round(np.arange(0.1, 0.9, 0.05), 2).tolist())
CHOICE = ("stance.rw", "stance.mt", "loaded.span", "loaded.sentence", "editorial.macro", "certainty.pearson")
"""The figures whose mean chooses the checkpoint."""

Floats = NDArray[np.float32]
Hears = Callable[[Batch], tuple[Floats, Floats, Floats]]
"""Whatever gives scores of word pieces [B, N, 3], of sentences [B, 10] and of mentions [M, 7] for a batch."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A batch with its scores."""

    batch: Batch
    wordings: Floats
    sentence: Floats
    targets: Floats


@dataclass(frozen=True, slots=True)
class Development:
    """Development sentences by set, as word pieces."""

    sets: dict[str, list[Example]]
    tokenizer: Tokenizer

    def heard(self, hears: Hears, size: int = SIZE) -> dict[str, list[Heard]]:
        """What is heard in the sentences of each set, `size` of them at a time."""
        found: dict[str, list[Heard]] = {}
        for name, examples in self.sets.items():
            groups = [collate(examples[at : at + size], self.tokenizer) for at in range(0, len(examples), size)]
            found[name] = [Heard(batch, *hears(batch)) for batch in groups]
        return found


def figures(heard: Mapping[str, Sequence[Heard]]) -> dict[str, float]:
    """All figures, in [0, 1] (correlations in [-1, 1]), and their mean over `CHOICE`."""
    found: dict[str, float] = {}
    for name, parts in heard.items():
        found |= _figures(name, parts)
    found["mean"] = sum(found[name] for name in CHOICE) / len(CHOICE)
    return {name: round(value, 4) for name, value in found.items()}


def by_network(network: ToneNetwork) -> Hears:
    """A network in memory; it is left in the mode it was in."""

    def hears(batch: Batch) -> tuple[Floats, Floats, Floats]:
        training = network.training
        network.eval()
        with torch.inference_mode():
            _, states, wordings, sentence = network(batch.ids, batch.case, batch.mask)
            some = len(batch.row) > 0
            targets = network.targets(states, batch.mask, batch.row, batch.first, batch.last) if some else torch.zeros(0, len(TARGET))
        network.train(training)
        return wordings.numpy(), sentence.numpy(), targets.numpy()

    return hears


def by_session(session: ToneSession) -> Hears:
    """The exported weights; one sentence at a time gives what run time gives."""

    def hears(batch: Batch) -> tuple[Floats, Floats, Floats]:
        mask = batch.mask.numpy()
        _, states, wordings, sentence = session.hear(batch.ids.numpy(), batch.case.numpy(), mask)
        if not len(batch.row):
            return wordings, sentence, np.zeros((0, len(TARGET)), np.float32)
        return wordings, sentence, session.targets(states, mask, batch.row.numpy(), batch.first.numpy(), batch.last.numpy())

    return hears


def development(data: Path, attributed: Voices, tokenizer: Tokenizer) -> Development:
    """The development sentences of every set."""
    ours = data / "news_sentences"
    sets: dict[str, list[Row]] = {
        "rw": newsmtsc(data / "newsmtsc" / "newsmtsc.rw.dev.jsonl"),
        "mt": newsmtsc(data / "newsmtsc" / "newsmtsc.mt.dev.jsonl"),
        "ours": stance_sentences(ours / "stance.dev.jsonl"),
        "wording": wording_sentences(ours / "wording.dev.jsonl", attributed) + world_news(data / "world_news_annotated" / "dev.jsonl"),
        "certainty": certainty(data / "certainty_science" / "certainty.dev.jsonl"),
        "roles": roles(data / "narrative_framing" / "narrative_framing.jsonl", development=True),
        "basil": basil(data / "basil" / "basil.jsonl", development=True),
    }
    return Development({name: [example(row, tokenizer) for row in rows] for name, rows in sets.items()}, tokenizer)


def _figures(name: str, heard: Sequence[Heard]) -> dict[str, float]:
    if name in ("rw", "mt", "ours"):
        right = np.concatenate([part.batch.stance.numpy() for part in heard])
        seen = np.concatenate([part.targets[:, STANCE].argmax(-1) for part in heard])
        blind = np.concatenate([part.sentence[part.batch.row.numpy(), TONE].argmax(-1) for part in heard])
        return {f"stance.{name}": macro(right, seen, 3), f"stance.{name}.blind": macro(right, blind, 3)}
    if name == "roles":
        right = np.concatenate([part.batch.role.numpy() for part in heard])
        seen = np.concatenate([part.targets[:, ROLE].argmax(-1) for part in heard])
        among = np.concatenate([part.targets[:, ROLE][:, : len(ROLES)].argmax(-1) for part in heard])
        cast = right < len(ROLES)
        return {"roles.macro": macro(right[cast], among[cast], len(ROLES)), "roles.with_none": macro(right, seen, len(ROLES) + 1)}
    if name == "certainty":
        right = np.concatenate([part.batch.sentence[:, CERTAINTY].numpy() for part in heard])
        scores = np.concatenate([part.sentence[:, CERTAINTY] for part in heard])
        return {"certainty.pearson": float(np.corrcoef(right, scores)[0, 1])}
    if name == "basil":
        return {"basil.sentence": max(_sentence_f1(heard, LEXICAL_BIAS, at) for at in THRESHOLDS)}
    known = np.concatenate([part.batch.sentence[:, EDITORIALIZES].numpy() for part in heard])
    scores = sigmoid(np.concatenate([part.sentence[:, EDITORIALIZES] for part in heard]))
    keep = known != UNKNOWN
    return {
        "loaded.span": max(_span_f1(heard, LOADED, at) for at in THRESHOLDS),
        "loaded.sentence": max(_sentence_f1(heard, LOADED, at) for at in THRESHOLDS),
        "editorial.macro": max(macro(known[keep].astype(int), (scores[keep] >= at).astype(int), 2) for at in THRESHOLDS),
        "editorial.span": max(_span_f1(heard, EDITORIAL, at) for at in THRESHOLDS),
    }


def sigmoid(scores: Floats) -> Floats:
    """Log odds to probabilities."""
    found: Floats = (1 / (1 + np.exp(-scores))).astype(np.float32)
    return found


def macro(right: NDArray[np.int64], seen: NDArray[np.int64], classes: int) -> float:
    """Mean F1 over the classes."""
    f1 = []
    for each in range(classes):
        hits = int(((right == each) & (seen == each)).sum())
        f1.append(2 * hits / max(1, int((right == each).sum() + (seen == each).sum())))
    return sum(f1) / classes


def _sentence_f1(heard: Sequence[Heard], place: int, threshold: float) -> float:
    right = np.concatenate([(part.batch.wordings[..., place].numpy() == 1).any(axis=1) for part in heard])
    seen = np.concatenate([((sigmoid(part.wordings[..., place]) >= threshold) & inner(part.batch)).any(axis=1) for part in heard])
    return 2 * int((right & seen).sum()) / max(1, int(right.sum() + seen.sum()))


def _span_f1(heard: Sequence[Heard], place: int, threshold: float) -> float:
    hits = ours = theirs = 0
    for _, gold, found in (each for part in heard for each in stretches(part, place, threshold)):
        ours, theirs = ours + len(gold), theirs + len(found)
        free = list(gold)
        for start, end in found:
            hit = next((one for one in free if one[0] < end and start < one[1]), None)
            if hit is not None:
                free.remove(hit)
                hits += 1
    return 2 * hits / max(1, ours + theirs)


def stretches(part: Heard, place: int, threshold: float) -> Iterator[tuple[int, list[tuple[int, int]], list[tuple[int, int]]]]:
    """For each sentence its row, the annotated stretches of one wording, and those found with at least a probability, in word pieces."""
    gold = part.batch.wordings[..., place].numpy()
    found = (sigmoid(part.wordings[..., place]) >= threshold) & (gold != UNKNOWN) & inner(part.batch)
    for row in range(len(gold)):
        yield row, _runs(gold[row] == 1), _runs(found[row])


def inner(batch: Batch) -> NDArray[np.bool_]:
    """Word pieces, without special ones and padding."""
    found: NDArray[np.bool_] = batch.mask.numpy().astype(bool)
    ends = found.sum(axis=1) - 1
    found[:, 0] = False
    found[np.arange(len(found)), ends] = False
    return found


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in list(pairwise(edges))[::2]]
