"""Writes the encoder as an ONNX graph whose matrix products run in int8.

The word table stays in the 4-bit blocks it came in. The encoder's matrices are turned into int8, one scale
an output column; activations are quantised as they come (DynamicQuantizeMatMul).

Input `ids`: int64 (texts, tokens), the texts of one call all of one length. Output `states`: float32
(texts, tokens, hidden).
"""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.e5.weights import BLOCK, ModelFile

_MICROSOFT = "com.microsoft"


class _Graph:
    """Collects nodes and constants; every method returns the name of the value it made."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output


def build_graph(model: ModelFile) -> onnx.ModelProto:
    """The encoder from token ids to token states."""
    graph = _Graph()
    states = _embedding(graph, model)
    for layer in range(model.shape.layers):
        states = _attention(graph, model, f"l{layer}", states)
        states = _feed_forward(graph, model, f"l{layer}", states)
    graph.node("Identity", [states], "states")
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"])
    output = helper.make_tensor_value_info(
        "states", TensorProto.FLOAT, ["texts", "tokens", model.shape.hidden]
    )
    body = helper.make_graph(graph.nodes, "multilingual-e5-small", [ids], [output], graph.constants)
    domains = [helper.make_opsetid("", 20), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=domains, ir_version=10)


def _embedding(graph: _Graph, model: ModelFile) -> str:
    shape = model.shape
    words = model.matrix("emb.word", shape.vocabulary, shape.hidden)
    packed = words.codes[:, 0::2] | (words.codes[:, 1::2] << 4)
    table = graph.constant("words", packed)
    scales = graph.constant("words.scales", words.scales.astype(np.float32))
    middle = graph.constant(
        "words.middle", np.full((shape.vocabulary, shape.hidden // BLOCK // 2), 0x88, np.uint8)
    )
    word = graph.node(
        "GatherBlockQuantized", [table, "ids", scales, middle], "word", _MICROSOFT,
        bits=4, block_size=BLOCK, gather_axis=0, quantize_axis=1,
    )  # fmt: skip
    positions = (
        model.vector("emb.pos").reshape(shape.positions, shape.hidden)
        + model.vector("emb.type")[: shape.hidden]
    )
    place = graph.node(
        "Slice",
        [graph.constant("positions", positions), graph.constant("first", np.array([0])), _length(graph)],
        "place",
    )
    total = graph.node("Add", [word, place], "word.placed")
    return _normalised(graph, model, "emb.ln", [total])


def _length(graph: _Graph) -> str:
    return graph.node("Shape", ["ids"], "length", start=1, end=2)


def _attention(graph: _Graph, model: ModelFile, layer: str, states: str) -> str:
    width = model.shape.hidden
    parts = [model.matrix(f"{layer}.{part}.w", width, width).dense() for part in "qkv"]
    bias = np.concatenate([model.vector(f"{layer}.{part}.b") for part in "qkv"])
    joint = _product(graph, f"{layer}.qkv", np.concatenate(parts), bias, states)
    names = [f"{layer}.{part}" for part in "qkv"]
    graph.nodes.append(helper.make_node("Split", [joint], names, axis=-1, num_outputs=3))
    mixed = graph.node("MultiHeadAttention", names, f"{layer}.mixed", _MICROSOFT, num_heads=model.shape.heads)
    weights = model.matrix(f"{layer}.ao.w", width, width).dense()
    added = _product(graph, f"{layer}.ao", weights, model.vector(f"{layer}.ao.b"), mixed)
    return _normalised(graph, model, f"{layer}.aln", [added, states])


def _feed_forward(graph: _Graph, model: ModelFile, layer: str, states: str) -> str:
    width, inner = model.shape.hidden, model.shape.inner
    into = model.matrix(f"{layer}.fi.w", inner, width).dense()
    wide = _product(graph, f"{layer}.fi", into, model.vector(f"{layer}.fi.b"), states)
    active = graph.node("Gelu", [wide], f"{layer}.gelu", _MICROSOFT)
    back = model.matrix(f"{layer}.fo.w", width, inner).dense()
    added = _product(graph, f"{layer}.fo", back, model.vector(f"{layer}.fo.b"), active)
    return _normalised(graph, model, f"{layer}.oln", [added, states])


def _product(
    graph: _Graph, name: str, weights: NDArray[np.float32], bias: NDArray[np.float32], states: str
) -> str:
    """`states @ weights.T + bias` in int8; `weights` is (outputs, inputs)."""
    scales = np.abs(weights).max(axis=1) / 127
    codes = np.rint(weights / scales[:, None]).astype(np.int8)
    inputs = [
        states,
        graph.constant(f"{name}.w", codes.T),
        graph.constant(f"{name}.scale", scales),
        "",
        graph.constant(f"{name}.b", bias),
    ]
    return graph.node("DynamicQuantizeMatMul", inputs, f"{name}.out", _MICROSOFT)


def _normalised(graph: _Graph, model: ModelFile, name: str, summands: list[str]) -> str:
    """Layer normalisation of one value, or of the sum of two."""
    weights = [graph.constant(f"{name}.{part}", model.vector(f"{name}.{part}")) for part in "wb"]
    if len(summands) == 1:
        return graph.node(
            "LayerNormalization", summands + weights, f"{name}.out", epsilon=model.shape.epsilon
        )
    return graph.node(
        "SkipLayerNormalization", summands + weights, f"{name}.out", _MICROSOFT, epsilon=model.shape.epsilon
    )
