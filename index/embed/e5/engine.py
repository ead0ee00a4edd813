"""Embeds with multilingual-e5-small. Each text is one run on one thread; texts run side by side.

One text a run needs no padding and no mask, its vector does not depend on its neighbours, and no thread
waits, or spins, for another inside a run.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from index.embed import Passage, PassageVectors, embed_distinct, unit
from index.embed.e5.cache import cached, default_cache
from index.embed.e5.tokenizer import E5Tokenizer
from index.embed.e5.weights import ModelFile, bundled_model

IDENTITY = "multilingual-e5-small-int8-2"
_QUERY = "query: "
_PASSAGE = "passage: "


class E5Embedder:
    """multilingual-e5-small in process; vectors of 384 dimensions. Safe to call from several threads.

    Of a text longer than the model's 512 tokens the beginning is embedded.
    """

    def __init__(self, model: ModelFile, graph: bytes) -> None:
        """`graph` is the encoder of `model`, a serialised ONNX model."""
        self._shape = model.shape
        self._frame = (model.vocabulary.start, model.vocabulary.end)
        self._tokenizer = E5Tokenizer(model.vocabulary)
        self._session = _session(graph)
        self._workers = ThreadPoolExecutor(_processors(), thread_name_prefix="e5")

    @property
    def identity(self) -> str:
        return IDENTITY

    @property
    def dimensions(self) -> int:
        return self._shape.hidden

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a question, (384,)."""
        return self._vector(self._tokenizer.ids([_QUERY + text])[0])

    def embed_passages(self, passages: Sequence[Passage]) -> list[PassageVectors]:
        """The vectors of each passage; a sentence's is that of the sentence by itself."""
        return embed_distinct(passages, self._embed)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has by itself, without prefix or special tokens."""
        return self._tokenizer.counts(texts)

    def token_states(self, ids: list[int]) -> NDArray[np.float32]:
        """The last layer's state of each token, (tokens, 384), within a start and an end token."""
        start, end = self._frame
        framed = np.array([[start, *ids[: self._shape.positions - 2], end]], np.int64)
        states: NDArray[np.float32] = self._session.run(["states"], {"ids": framed})[0][0]
        return states

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The unit vectors of passages, (texts, 384)."""
        ids = self._tokenizer.ids([_PASSAGE + text for text in texts])
        # The longest first, so that no worker is left alone with a long text at the end.
        order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
        vectors = np.empty((len(ids), self.dimensions), np.float32)
        for i, vector in zip(order, self._workers.map(self._vector, [ids[i] for i in order]), strict=True):
            vectors[i] = vector
        return vectors

    def _vector(self, ids: list[int]) -> NDArray[np.float32]:
        """The mean of the token states, scaled to length 1."""
        return unit(self.token_states(ids).mean(axis=0))


def open_e5(cache: Path | None = None) -> E5Embedder:
    """The engine. Its graph comes from the folder `cache` (None: the user's); the first time it is built.

    Raises EmbeddingFailed when the package that carries the model is missing or unreadable.
    """
    model = ModelFile(bundled_model())
    path = (cache or default_cache()) / f"{IDENTITY}.onnx"
    return E5Embedder(model, cached(path, partial(_built, model)))


def _built(model: ModelFile) -> bytes:
    from index.embed.e5.graph import build_graph

    graph: bytes = build_graph(model).SerializeToString()
    return graph


def _session(graph: bytes) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
