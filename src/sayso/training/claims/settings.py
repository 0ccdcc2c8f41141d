"""The settings of one training run of the claim network: read from a TOML file, logged with the run, kept in the released card."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.training.settings import Settings


@dataclass(frozen=True, slots=True)
class ClaimSettings(Settings):
    """Everything that shapes a run.

    Attributes:
        seed: of all random generators.
        passes: how often all stories are gone through.
        encoder_rate, head_rate: peak learning rates.
        warmup: stories until the peak; from there the rates fall linearly to zero.
        weight_decay: of AdamW (Loshchilov and Hutter 2019).
        drop: share of the hidden values dropped before the last layer of the scorer.
        hidden: values in the scorer's hidden layer.
        fold: of `folds` equal parts of the training stories, the one that is held out to choose the checkpoint.
        folds: how many there are.
        events: whether the topics of ECB+ are learned beside the annotated stories; they are never held out.
        checkpoints: how many are kept, evenly spaced.
        threads: of the processor.

    """

    seed: int = 11
    passes: float = 4.0
    encoder_rate: float = 5e-5
    head_rate: float = 3e-3
    warmup: int = 20
    weight_decay: float = 0.01
    drop: float = 0.1
    hidden: int = 32
    fold: int = 0
    folds: int = 6
    events: bool = True
    checkpoints: int = 4
    threads: int = 2
