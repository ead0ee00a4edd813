"""Runs the reader: each window is one run on one thread, and windows run side by side."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from assistant.reader.weights import BUNDLED, TrainedWeights, kept_weights
from assistant.reader.windows import AnswerSpan, Window, WindowRead
from index.document import Span
from index.embed.e5.engine import open_session, processors
from index.embed.e5.tokenizer import E5Tokenizer, Tokens, open_tokenizer
from index.embed.e5.weights import ModelFile, cached, default_cache

LONGEST_QUESTION, LONGEST_CONTEXT, LONGEST_PASSAGE = 48, 40, 300
"""Tokens; as in training."""
_LONGEST_ANSWER = 80
_CANDIDATES = 8


class Reader:
    """Reads questions with passages. Safe to call from several threads."""

    def __init__(self, tokenizer: E5Tokenizer, graph: bytes, identity: str) -> None:
        """`graph` is a serialised ONNX model as `reader_graph` builds it."""
        self.identity = identity
        self._tokenizer = tokenizer
        self._start, self._end = tokenizer.model.vocabulary.start, tokenizer.model.vocabulary.end
        self._session = open_session(graph)
        self._workers = ThreadPoolExecutor(processors(), thread_name_prefix="reader")

    def read(self, question: str, windows: Sequence[Window]) -> list[WindowRead]:
        """What each window says to the question, in the order given."""
        contexts = [f"{window.context} › " if window.context else "" for window in windows]
        texts = [f"query: {question}", *contexts, *(window.text for window in windows)]
        asked, *others = self._tokenizer.tokens(texts)
        read = partial(self._read, asked.ids[:LONGEST_QUESTION])
        return list(self._workers.map(read, others[: len(windows)], others[len(windows) :], windows))

    def _read(self, asked: Sequence[int], above: Tokens, passage: Tokens, window: Window) -> WindowRead:
        context = above.ids[:LONGEST_CONTEXT]
        ids, offsets = passage.ids[:LONGEST_PASSAGE], passage.offsets[:LONGEST_PASSAGE]
        row = [self._start, *asked, self._end, *context, *ids, self._end]
        parts = [0] * (len(asked) + 2) + [1] * (len(context) + len(ids) + 1)
        inputs = {"ids": np.array([row], np.int64), "parts": np.array([parts], np.int64)}
        spans, verdicts = (output[0] for output in self._session.run(["spans", "verdicts"], inputs))
        begins = len(asked) + 2 + len(context)
        answers, yes, no = verdicts[0].tolist()
        scores = spans[begins : begins + len(ids)] - spans[0]
        return WindowRead(answers, yes - no, tuple(_likeliest(scores, offsets, window.text)))


def _likeliest(
    scores: NDArray[np.float32], offsets: Sequence[tuple[int, int]], text: str
) -> list[AnswerSpan]:
    """The best stretches of tokens by the sum of their beginning's and end's score, the best first."""
    if not offsets:
        return []
    pairs = scores[:, 0, None] + scores[None, :, 1]
    lengths = np.arange(len(offsets))[None, :] - np.arange(len(offsets))[:, None]
    pairs = np.where((lengths >= 0) & (lengths < _LONGEST_ANSWER), pairs, -np.inf)
    best = np.argsort(pairs, axis=None)[::-1][:_CANDIDATES]
    spans = []
    for first, last in zip(*np.unravel_index(best, pairs.shape), strict=True):
        start, end = offsets[first][0], offsets[last][1]
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        if start < end and np.isfinite(pairs[first, last]):
            spans.append(AnswerSpan(Span(start, end), float(pairs[first, last])))
    return spans


_open: WeakValueDictionary[Path, Reader] = WeakValueDictionary()
_opening = Lock()


def open_reader(folder: Path = BUNDLED, cache: Path | None = None) -> Reader:
    """The reader whose weights lie in `folder`. Its graph is built once, into `cache` (None: the user's folder).

    Whoever opens it while another holds it gets the same one: it takes as long, and as much, as the embedding model.

    Raises WeightsDamaged, and EmbeddingFailed when the package that carries the lower layers is unreadable.
    """
    trained = kept_weights(folder)
    identity = f"reader-{trained.identity}"
    path = (cache or default_cache()) / f"{identity}.onnx"
    with _opening:
        reader = _open.get(path)
        if reader is None:
            tokenizer = open_tokenizer()
            graph = cached(path, lambda: _graph(tokenizer.model, trained))
            reader = _open[path] = Reader(tokenizer, graph, identity)
        return reader


def _graph(model: ModelFile, trained: TrainedWeights) -> bytes:
    # Only needed the first time, and slow to import.
    from assistant.reader.graph import reader_graph

    return bytes(reader_graph(model, trained).SerializeToString())
