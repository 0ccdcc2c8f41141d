"""A checkpoint as a bundle: ONNX, int8, tokenizer, parity sample, card with digests.

Always true here: what is written can be read without torch; the card names data, settings and digests; the parity sample holds the
torch network's own outputs, so that any machine can check what the exported weights compute.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from sayso.encoder.bundle import CARD, ENCODER, FILES, FORMAT, LINKS, RELEASED, ROLES, TOKENIZER, digest
from sayso.encoder.heads import INPUTS, LINK_INPUTS, LINK_OUTPUTS, NEAR, OUTPUTS, ROLE_INPUTS, ROLE_OUTPUTS, WINDOW
from sayso.training.network import Network

BATCH, POSITIONS = torch.export.Dim("batch", min=1, max=1024), torch.export.Dim("positions", min=3, max=WINDOW + 2)


class _Encoder(nn.Module):  # type: ignore[misc]  # types are checked without torch
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, case: Tensor, quoted: Tensor, mask: Tensor, convention: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.network.encode(ids, case, quoted, mask, convention)


def export(network: Network, tokenizer: Path, out: Path, card: dict[str, Any], *, int8: bool = True) -> None:
    """Write the bundle of a network.

    Args:
        network: in evaluation mode.
        tokenizer: the tokenizer's JSON file.
        out: folder of the bundle; made if need be.
        card: what stands in the card besides format and digests.
        int8: quantize the encoder's weights (dynamic, per channel); the other heads compute in float32 (stored in half).

    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / ENCODER
        _encoder(network, plain)
        if int8:
            quantize_dynamic(plain, out / ENCODER, per_channel=True, weight_type=QuantType.QInt8)
        else:
            onnx.save(onnx.load(plain), out / ENCODER)
    _roles(network, out / ROLES)
    _links(network, out / LINKS)
    for name in (ROLES, LINKS):
        halve(out / name)
    for name in (ENCODER, ROLES, LINKS):
        strip(out / name)
    (out / TOKENIZER).write_bytes(tokenizer.read_bytes())
    complete(out)
    seal(out, card)


def halve(path: Path, least: int = 1000) -> None:
    """Store the large float32 weights of an ONNX file as float16; they are cast back when it is loaded, so it computes in float32."""
    model = onnx.load(path)
    for weight in [found for found in model.graph.initializer if found.data_type == onnx.TensorProto.FLOAT]:
        values = numpy_helper.to_array(weight)
        if values.size >= least:
            stored = f"{weight.name}.half"
            model.graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), stored))
            model.graph.node.insert(0, helper.make_node("Cast", [stored], [weight.name], to=onnx.TensorProto.FLOAT))
            model.graph.initializer.remove(weight)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def strip(path: Path) -> None:
    """Take the exporter's notes (stack traces with paths of the machine) out of an ONNX file; what it computes stays."""
    model = onnx.load(path)
    for part in (
        model,
        model.graph,
        *model.graph.node,
        *model.graph.input,
        *model.graph.output,
        *model.graph.value_info,
        *model.graph.initializer,
    ):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    onnx.save(model, path)


def complete(out: Path) -> None:
    """What a release does not renew is that of the bundle that ships."""
    for name in FILES:
        if not (out / name).exists():
            (out / name).write_bytes((RELEASED / name).read_bytes())


def seal(out: Path, card: dict[str, Any]) -> None:
    """Write the card with the digests of the bundle's files."""
    whole = {**card, "format": FORMAT, "files": {name: digest(out / name) for name in FILES}}
    (out / CARD).write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _encoder(network: Network, path: Path) -> None:
    rows, length = 2, 24
    ids = torch.randint(1000, 2000, (rows, length))
    # Each input needs a tensor of its own: the exporter takes the same tensor for the same input.
    case, quoted = torch.zeros_like(ids), torch.zeros_like(ids)
    inputs = (ids, case, quoted, torch.ones(rows, length), torch.zeros(rows, dtype=torch.long))
    both = {0: BATCH, 1: POSITIONS}
    save(_Encoder(network), inputs, (both, both, both, both, {0: BATCH}), INPUTS, OUTPUTS, path)


def _roles(network: Network, path: Path) -> None:
    width = network.bert.config.hidden_size
    places = torch.tensor([3, 5, 6])
    inputs = (torch.randn(2, 24, width), torch.tensor([0, 1, 1]), places, places + 1)
    cues = {0: torch.export.Dim("cues", min=1, max=100_000)}
    save(network.roles, inputs, ({0: BATCH, 1: POSITIONS}, cues, cues, cues), ROLE_INPUTS, ROLE_OUTPUTS, path)


def _links(network: Network, path: Path) -> None:
    width = network.bert.config.hidden_size
    inputs = (torch.randn(5, width), torch.randn(5, width), torch.tensor([0, 1, 2, 3, len(NEAR)]))
    pairs = {0: torch.export.Dim("pairs", min=1, max=1_000_000)}
    save(network.links, inputs, (pairs, pairs, pairs), LINK_INPUTS, LINK_OUTPUTS, path)


def save(part: nn.Module, inputs: tuple[Tensor, ...], shapes: Any, names: Sequence[str], outputs: Sequence[str], path: Path) -> None:
    """Write one part of the network as ONNX; `shapes` says for each input which of its dimensions may change."""
    program = torch.onnx.export(
        part, inputs, dynamo=True, input_names=list(names), output_names=list(outputs), dynamic_shapes=shapes, verbose=False
    )
    assert program is not None
    program.save(str(path))
