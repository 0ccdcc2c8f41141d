"""What the released encoder is compared with: one of BERT-base's size, the size that CofeNet stands on.

Always true here: weights are random and nothing is downloaded; time depends on the number of weights and not on their values.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a BERT encoder (Devlin et al. 2019, table 1 for BASE)."""

    layers: int = 12
    width: int = 768
    heads: int = 12
    inner: int = 3072
    vocabulary: int = 30522
    positions: int = 512

    def __str__(self) -> str:
        return f"{self.layers} layers, {self.width} wide, {self.heads} heads"


BERT_BASE = Size()
TINY = Size(layers=1, width=24, heads=2, inner=48)


class _Graph:
    """Nodes and weights as they pile up; every weight has numbers of its own, as in a trained network."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self.random = np.random.default_rng(20)

    def weight(self, *shape: int) -> str:
        return self.constant(self.random.standard_normal(shape, dtype=np.float32) * np.float32(0.02))

    def constant(self, value: NDArray[Any]) -> str:
        name = f"weight{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(value, name))
        return name

    def node(self, kind: str, *inputs: str, **options: Any) -> str:
        name = f"value{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **options))
        return name

    def linear(self, x: str, wide: int, out: int) -> str:
        return self.node("Add", self.node("MatMul", x, self.weight(wide, out)), self.weight(out))

    def normalized(self, x: str, width: int) -> str:
        gain = self.constant(np.ones(width, dtype=np.float32))
        return self.node("LayerNormalization", x, gain, self.weight(width), axis=-1, epsilon=1e-12)


def write(path: Path, size: Size = BERT_BASE) -> None:
    """Write a float32 BERT encoder with random weights: `ids` and `mask` in, `states` out (ONNX, opset 20).

    The operators (LayerNormalization, Gelu, MatMul, Softmax) are those that the released encoder is made of, so that the runtime
    optimizes both alike.
    """
    graph = _Graph()
    width, each = size.width, size.width // size.heads
    split = graph.constant(np.array([0, 0, size.heads, each], dtype=np.int64))
    joined = graph.constant(np.array([0, 0, width], dtype=np.int64))
    one = graph.constant(np.ones(1, dtype=np.int64))
    zero = graph.constant(np.zeros(1, dtype=np.int64))
    length = graph.node("Shape", "ids", start=1, end=2)
    places = graph.node("Slice", graph.weight(1, size.positions, width), zero, length, one)
    words = graph.node("Gather", graph.weight(size.vocabulary, width), "ids")
    x = graph.normalized(graph.node("Add", graph.node("Add", words, places), graph.weight(width)), width)
    padding = graph.node("Sub", graph.constant(np.ones(1, dtype=np.float32)), "mask")
    hidden = graph.node("Mul", padding, graph.constant(np.array([-1e4], dtype=np.float32)))
    bias = graph.node("Unsqueeze", hidden, graph.constant(np.array([1, 2], dtype=np.int64)))
    scale = graph.constant(np.array([each**-0.5], dtype=np.float32))
    for _ in range(size.layers):
        query, key, value = (graph.node("Reshape", graph.linear(x, width, width), split) for _ in range(3))
        query = graph.node("Mul", graph.node("Transpose", query, perm=[0, 2, 1, 3]), scale)
        scores = graph.node("Add", graph.node("MatMul", query, graph.node("Transpose", key, perm=[0, 2, 3, 1])), bias)
        read = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), graph.node("Transpose", value, perm=[0, 2, 1, 3]))
        read = graph.node("Reshape", graph.node("Transpose", read, perm=[0, 2, 1, 3]), joined)
        x = graph.normalized(graph.node("Add", x, graph.linear(read, width, width)), width)
        wide = graph.node("Gelu", graph.linear(x, width, size.inner))
        x = graph.normalized(graph.node("Add", x, graph.linear(wide, size.inner, width)), width)
    graph.nodes.append(helper.make_node("Identity", [x], ["states"]))
    shape = ["batch", "positions"]
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, shape)
    mask = helper.make_tensor_value_info("mask", TensorProto.FLOAT, shape)
    states = helper.make_tensor_value_info("states", TensorProto.FLOAT, [*shape, width])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "bert", [ids, mask], [states], graph.weights),
        opset_imports=[helper.make_opsetid("", 20)],
        ir_version=10,  # the oldest that holds opset 20, for runtimes of all ages
    )
    onnx.save(model, path)
