"""The settings of one training run of the tone network: read from a TOML file, logged with the run, kept in the released card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sayso.training.settings import Settings


@dataclass(frozen=True, slots=True)
class ToneSettings(Settings):
    """Everything that shapes a run.

    Attributes:
        seed: of all random generators.
        passes: how often all sentences are gone through.
        repeats: how often each set comes per pass; 0.5 for half of it; a set that is not named is left out.
        joined: how often a sentence that knows its targets only is joined with another one, as a probability.
        contrasts: how many invented sentences with two actors come per pass.
        sentences_per_step: size of a batch.
        encoder_rate, head_rate: peak learning rates.
        warmup: steps until the peak; from there the rates fall linearly to zero.
        weight_decay: of AdamW (Loshchilov and Hutter 2019).
        drop: share of the states dropped before the heads.
        checkpoints: how many are kept, evenly spaced.
        threads: of the processor.

    """

    seed: int = 5
    passes: float = 3.0
    repeats: Mapping[str, float] = field(default_factory=dict)
    joined: float = 0.0
    contrasts: int = 0
    sentences_per_step: int = 32
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    warmup: int = 80
    weight_decay: float = 0.01
    drop: float = 0.1
    checkpoints: int = 6
    threads: int = 2
