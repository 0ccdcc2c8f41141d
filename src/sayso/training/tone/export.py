"""A tone checkpoint as files of a bundle: ONNX, int8, in three parts.

Always true here: what is written can be read without torch; the vectors' part holds the untouched layers only.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from sayso.encoder.bundle import TARGETS, TONE, VECTORS
from sayso.encoder.tones import LONGEST, TARGET_INPUTS, TARGET_OUTPUTS, TONE_INPUTS, TONE_OUTPUTS, VECTOR_INPUTS, VECTOR_OUTPUTS
from sayso.training.export import halve, save, strip
from sayso.training.tone.network import ToneNetwork, VectorBranch

SENTENCES, POSITIONS = torch.export.Dim("sentences", min=1, max=1024), torch.export.Dim("positions", min=3, max=LONGEST + 2)
MENTIONS = torch.export.Dim("mentions", min=1, max=10_000)
BOTH = {0: SENTENCES, 1: POSITIONS}


def export_tone(network: ToneNetwork, out: Path, *, int8: bool = True) -> None:
    """Write `tone.onnx`, `targets.onnx` and `vectors.onnx`; with `int8` the two encoders' weights are quantized (dynamic, per channel)."""
    out.mkdir(parents=True, exist_ok=True)
    width = network.bert.config.hidden_size
    ids = torch.randint(1000, 2000, (2, 24))
    mask = torch.ones(2, 24)
    shapes = {"tone": (BOTH, BOTH, BOTH), "vectors": (BOTH, BOTH)}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder)
        save(network, (ids, torch.zeros_like(ids), mask), shapes["tone"], TONE_INPUTS, TONE_OUTPUTS, plain / TONE)
        inputs: tuple[Tensor, ...] = (torch.randn(2, 24, width), torch.ones(2, 24))
        save(VectorBranch(network), inputs, shapes["vectors"], VECTOR_INPUTS, VECTOR_OUTPUTS, plain / VECTORS)
        for name in (TONE, VECTORS):
            if int8:
                quantize_dynamic(plain / name, out / name, per_channel=True, weight_type=QuantType.QInt8)
            else:
                onnx.save(onnx.load(plain / name), out / name)
    places = torch.tensor([3, 5, 6])
    mentions = {0: MENTIONS}
    inputs = (torch.randn(2, 24, width), torch.ones(2, 24), torch.tensor([0, 1, 1]), places, places + 1)
    save(network.targets, inputs, (BOTH, BOTH, mentions, mentions, mentions), TARGET_INPUTS, TARGET_OUTPUTS, out / TARGETS)
    halve(out / TARGETS)
    for name in (TONE, TARGETS, VECTORS):
        strip(out / name)
