"""The settings of a training run, of whatever network: read from a TOML file, logged with the run, kept in the released card."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from sayso.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings of all networks have in common."""

    def as_dict(self) -> dict[str, object]:
        """For logs and cards."""
        return asdict(self)


S = TypeVar("S", bound=Settings)


def load(path: Path, kind: type[S]) -> S:
    """Settings of one kind from a TOML file.

    Raises:
        UsageError: if the file is missing or names a setting that does not exist.

    """
    try:
        return kind(**tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"settings {path}: {error}") from None


@dataclass(frozen=True, slots=True)
class TrainingSettings(Settings):
    """Everything that shapes a run.

    Attributes:
        seed: of all random generators.
        passes: how often PolNeAR is gone through.
        world_news_repeat: how often the contract's articles come per pass.
        name_passes: how often the articles with names are gone through.
        link_passes: how often the documents with coreference are gone through.
        windows_per_step: size of a batch.
        encoder_rate, head_rate: peak learning rates; the encoder's falls by `layer_decay` per layer towards the input.
        warmup: steps until the peak; from there the rates fall linearly to zero.
        weight_decay: of AdamW (Loshchilov and Hutter 2019).
        cues_per_window: the sum of a batch's losses is divided by this many cues per window.
        pair: width of the role and link heads.
        checkpoints: how many are kept, evenly spaced.
        threads: of the processor.

    """

    seed: int = 7
    passes: float = 5.0
    world_news_repeat: int = 3
    name_passes: float = 0.0
    link_passes: float = 0.0
    windows_per_step: int = 8
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    warmup: int = 150
    weight_decay: float = 0.01
    cues_per_window: float = 6.0
    pair: int = 128
    checkpoints: int = 4
    threads: int = 2
