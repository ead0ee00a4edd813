"""Runs the reader: each window is one run on one thread, and windows run side by side."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.reader.graph import reader_graph
from benchmarks.reader.weights import kept_weights
from index.document import Span
from index.embed.e5.cache import cached, default_cache
from index.embed.e5.engine import open_session, processors
from index.embed.e5.tokenizer import E5Tokenizer
from index.embed.e5.weights import ModelFile, bundled_model

LONGEST_QUESTION, LONGEST_CONTEXT, LONGEST_PASSAGE = 48, 40, 300
"""Tokens; as in training."""
_LONGEST_ANSWER = 80
_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Window:
    """What is read at once: the text of a passage, and the title and headings above it."""

    context: str
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be the answer, within the window's text; `score` is above 0 where they are likelier than none."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class PassageRead:
    """What the reader says of a window: whether it answers and yes against no, as logits, and with which words."""

    answers: float
    yes: float
    candidates: tuple[Candidate, ...]


class Reader:
    """Reads questions with passages. Safe to call from several threads."""

    def __init__(self, model: ModelFile, graph: bytes, identity: str) -> None:
        """`graph` is a serialised ONNX model as `reader_graph` builds it."""
        self.identity = identity
        self._start, self._end = model.vocabulary.start, model.vocabulary.end
        self._tokenizer = E5Tokenizer(model.vocabulary)
        self._session = open_session(graph)
        self._workers = ThreadPoolExecutor(processors(), thread_name_prefix="reader")

    def read(self, question: str, windows: Sequence[Window]) -> list[PassageRead]:
        """What each window says to the question, in the order given."""
        asked = self._encoding(f"query: {question}").ids[:LONGEST_QUESTION]
        return list(self._workers.map(partial(self._read, asked), windows))

    def _read(self, asked: Sequence[int], window: Window) -> PassageRead:
        context = self._encoding(f"{window.context} › ").ids[:LONGEST_CONTEXT] if window.context else []
        passage = self._encoding(window.text)
        ids, offsets = passage.ids[:LONGEST_PASSAGE], passage.offsets[:LONGEST_PASSAGE]
        row = [self._start, *asked, self._end, *context, *ids, self._end]
        parts = [0] * (len(asked) + 2) + [1] * (len(context) + len(ids) + 1)
        inputs = {"ids": np.array([row], np.int64), "parts": np.array([parts], np.int64)}
        spans, verdicts = (output[0] for output in self._session.run(["spans", "verdicts"], inputs))
        begins = len(asked) + 2 + len(context)
        answers, yes, no = verdicts[0].tolist()
        scores = spans[begins : begins + len(ids)] - spans[0]
        return PassageRead(answers, yes - no, tuple(_candidates(scores, offsets, window.text)))

    def _encoding(self, text: str) -> Any:
        return self._tokenizer.whole().encode(text, add_special_tokens=False)


def _candidates(
    scores: NDArray[np.float32], offsets: Sequence[tuple[int, int]], text: str
) -> list[Candidate]:
    """The best stretches of tokens by the sum of their beginning's and end's score, the best first."""
    if not offsets:
        return []
    pairs = scores[:, 0, None] + scores[None, :, 1]
    lengths = np.arange(len(offsets))[None, :] - np.arange(len(offsets))[:, None]
    pairs = np.where((lengths >= 0) & (lengths < _LONGEST_ANSWER), pairs, -np.inf)
    best = np.argsort(pairs, axis=None)[::-1][:_CANDIDATES]
    candidates = []
    for first, last in zip(*np.unravel_index(best, pairs.shape), strict=True):
        start, end = offsets[first][0], offsets[last][1]
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        if start < end and np.isfinite(pairs[first, last]):
            candidates.append(Candidate(Span(start, end), float(pairs[first, last])))
    return candidates


def open_reader(folder: Path, cache: Path | None = None) -> Reader:
    """The reader whose weights lie in `folder`. Its graph is built once, into `cache` (None: the user's folder).

    Raises WeightsDamaged, and EmbeddingFailed when the package that carries the lower layers is unreadable.
    """
    model, trained = ModelFile(bundled_model()), kept_weights(folder)
    identity = f"reader-{trained.identity}"
    path = (cache or default_cache()) / f"{identity}.onnx"
    graph = cached(path, lambda: reader_graph(model, trained).SerializeToString())
    return Reader(model, graph, identity)
