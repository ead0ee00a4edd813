"""The reader as an ONNX graph: the embedder's lower layers as they are, the trained ones above, and the heads.

Inputs: `ids` int64 (1, tokens), `parts` int64 (1, tokens), 0 for the question and 1 for what is read. Outputs:
`spans` float32 (1, tokens, 2), the beginning and the end; `verdicts` float32 (1, 1, 3): it answers, yes, no.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper

from assistant.reader.weights import TrainedWeights
from index.embed.e5.graph import BundledWeights, Graph, embedded, encoded, finished
from index.embed.e5.weights import ModelFile

FROZEN = 6
"""So many layers are the embedder's own."""


def reader_graph(model: ModelFile, trained: TrainedWeights) -> onnx.ModelProto:
    """The graph of the reader."""
    graph = Graph(model)
    states = embedded(graph)
    for layer in range(FROZEN):
        states = encoded(graph, f"l{layer}", states, BundledWeights(model))
    part = graph.node("Gather", [graph.constant("part", trained.vector("part")), "parts"], "parts.added")
    states = graph.node("Add", [states, part], "states.parted")
    for layer in range(FROZEN, model.shape.layers):
        states = encoded(graph, f"l{layer}", states, trained)
    _head(graph, trained, ("span",), states, "spans")
    first = graph.node("Gather", [states, graph.constant("zero", np.array([0]))], "states.first", axis=1)
    _head(graph, trained, ("answers", "verdict"), first, "verdicts")
    parts = helper.make_tensor_value_info("parts", TensorProto.INT64, ["texts", "tokens"])
    spans = helper.make_tensor_value_info("spans", TensorProto.FLOAT, ["texts", "tokens", 2])
    verdicts = helper.make_tensor_value_info("verdicts", TensorProto.FLOAT, ["texts", 1, 3])
    return finished(graph, "reader", [parts], [spans, verdicts])


def _head(graph: Graph, trained: TrainedWeights, names: tuple[str, ...], states: str, output: str) -> None:
    weights = np.concatenate([trained.vector(f"{name}.w") for name in names]).T
    biases = np.concatenate([trained.vector(f"{name}.b") for name in names])
    product = graph.node("MatMul", [states, graph.constant(f"{output}.w", weights)], f"{output}.product")
    graph.node("Add", [product, graph.constant(f"{output}.b", biases)], output)
