"""Embeds with multilingual-e5-small. Each text is one run of one thread; texts run side by side.

One text at a time needs no padding and no mask, its vector does not depend on its neighbours, and no thread
ever waits, or spins, for another inside a run.
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
from tokenizers import Encoding, Tokenizer

from index.documents import Span
from index.e5.cache import cached, default_cache
from index.e5.pooling import pool
from index.e5.tokenizer import build_tokenizer
from index.e5.weights import ModelFile, Shape, Vocabulary, bundled_model
from index.embedding import Passage, PassageVectors, unit

IDENTITY = "multilingual-e5-small-int8-1"
_QUERY = "query: "
_PASSAGE = "passage: "


class E5Embedder:
    """multilingual-e5-small in process; vectors of 384 dimensions. Safe to call from several threads."""

    identity = IDENTITY

    def __init__(self, shape: Shape, vocabulary: Vocabulary, tokenizer: Tokenizer, session: Any) -> None:
        self.dimensions = shape.hidden
        self._room = shape.positions - 2
        self._frame = (vocabulary.start, vocabulary.end)
        self._tokenizer = tokenizer
        self._session = session
        self._workers = ThreadPoolExecutor(_processors(), thread_name_prefix="e5")

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a question, (384,)."""
        encoding = self._tokenizer.encode(_QUERY + text, add_special_tokens=False)
        return unit(self._states(encoding).mean(axis=0))

    def embed_passages(self, passages: Sequence[Passage]) -> list[PassageVectors]:
        """The vectors of each passage. What lies beyond 512 tokens of a passage is not read."""
        texts = [_PASSAGE + passage.text for passage in passages]
        encodings = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        longest_first = sorted(range(len(passages)), key=lambda i: -len(encodings[i]))
        jobs = {
            i: self._workers.submit(self._embed, encodings[i], passages[i].sentences) for i in longest_first
        }
        return [jobs[i].result() for i in range(len(passages))]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has by itself, without prefix or special tokens."""
        return [
            len(encoding) for encoding in self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        ]

    def _embed(self, encoding: Encoding, sentences: Sequence[Span]) -> PassageVectors:
        states = self._states(encoding)
        shift = len(_PASSAGE)
        offsets = [(start - shift, end - shift) for start, end in encoding.offsets[: self._room]]
        # The frame's two tokens and the prefix's stand before or after every sentence.
        return pool(states, [(-1, -1), *offsets, (-1, -1)], sentences)

    def _states(self, encoding: Encoding) -> NDArray[np.float32]:
        """The last layer's state of each token, (tokens, 384), the frame's two included."""
        start, end = self._frame
        ids = np.array([[start, *encoding.ids[: self._room], end]], np.int64)
        states: NDArray[np.float32] = self._session.run(None, {"ids": ids})[0][0]
        return states


def open_e5(cache: Path | None = None) -> E5Embedder:
    """The engine, its graph taken from the folder `cache` (None: the user's) or built, which takes seconds.

    Raises EmbeddingFailed when the package that carries the model is missing or unreadable.
    """
    model = ModelFile(bundled_model())
    path = (cache or default_cache()) / f"{IDENTITY}.onnx"
    content = cached(path, partial(_serialised, model))
    return E5Embedder(model.shape, model.vocabulary, build_tokenizer(model.vocabulary), _session(content))


def _serialised(model: ModelFile) -> bytes:
    from index.e5.graph import build_graph

    content: bytes = build_graph(model).SerializeToString()
    return content


def _session(content: bytes) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _processors() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
