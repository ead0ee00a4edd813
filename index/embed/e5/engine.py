"""Embeds with multilingual-e5-small. Each text is one run on one thread; texts run side by side.

One text a run needs no padding and no mask, its vector does not depend on its neighbours, and no thread
waits, or spins, for another inside a run.
"""

import os
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from index.document import Span
from index.embed import Embedded, unit
from index.embed.e5.tokenizer import E5Tokenizer, Tokens, open_tokenizer
from index.embed.e5.weights import ModelFile, cached, default_cache
from index.embed.states import QuestionStates, TokenStates, compressed

MODEL = "multilingual-e5-small-int8-2"
# What the bits of token states are counted from; `benchmarks/usual_state.py` makes the file.
CODEC = "bits-2"
USUAL_STATE = Path(__file__).parent / "usual_state.npy"
_QUERY = "query: "
_PASSAGE = "passage: "
# Questions that are asked again and again while one is answered: with a filter and without it, in its parts.
_QUESTIONS = 64
# The rarest tokens of a longer text that is asked must do.
_MOST_TOKENS = 64
# What the vocabulary gives to “de”, in logarithms of how often a token is met: it and what is more frequent tells
# next to nothing.
_COMMON = 5.0
_LEAST_WEIGHT = 0.1

_Question = tuple[NDArray[np.float32], QuestionStates]
"""The vector of a question, and the states of its tokens."""


class E5Embedder:
    """multilingual-e5-small in process; vectors of 384 dimensions. Safe to call from several threads.

    Of a text longer than the model's 512 tokens the beginning is embedded.
    """

    def __init__(self, tokenizer: E5Tokenizer, graph: bytes, *, keeps_states: bool = True) -> None:
        """`graph` is the encoder of the tokenizer's model, a serialised ONNX model."""
        self._tokenizer = tokenizer
        self._shape, vocabulary = tokenizer.model.shape, tokenizer.model.vocabulary
        self._frame = (vocabulary.start, vocabulary.end)
        self._weights = np.maximum(-vocabulary.scores - _COMMON, _LEAST_WEIGHT).astype(np.float32)
        self._usual = np.load(USUAL_STATE).astype(np.float32)
        self._session = open_session(graph)
        self._workers = ThreadPoolExecutor(processors(), thread_name_prefix="e5")
        self._keeps_states = keeps_states
        # Not an lru_cache of a method: that is a circle, which keeps a closed archive's model.
        self._questions: OrderedDict[str, _Question] = OrderedDict()
        self._lock = Lock()

    @property
    def identity(self) -> str:
        return f"{MODEL}+{CODEC}" if self._keeps_states else MODEL

    @property
    def dimensions(self) -> int:
        return self._shape.hidden

    @property
    def tokens(self) -> "E5Embedder":
        return self

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a question, (384,)."""
        return self._read(text)[0]

    def read_question(self, text: str) -> QuestionStates:
        """The states of a question's tokens, of a long one those of its rarest."""
        return self._read(text)[1]

    def embed_passages(self, texts: Sequence[str]) -> list[Embedded]:
        """The vector of each text, and its token states if they are kept, from one run of the model."""
        return self._embed(texts, self._keeps_states)

    def read_passages(self, texts: Sequence[str]) -> list[TokenStates]:
        """The states of the tokens of each text."""
        return [embedded.states for embedded in self._embed(texts, True) if embedded.states is not None]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has by itself, without prefix or special tokens."""
        return self._tokenizer.counts(texts)

    def token_states(self, ids: list[int]) -> NDArray[np.float32]:
        """The last layer's state of each token, (tokens, 384), within a start and an end token."""
        start, end = self._frame
        framed = np.array([[start, *ids[: self._shape.positions - 2], end]], np.int64)
        states: NDArray[np.float32] = self._session.run(["states"], {"ids": framed})[0][0]
        return states

    def _embed(self, texts: Sequence[str], with_states: bool) -> list[Embedded]:
        """Each distinct text once, the longest first, so that no worker is left alone with one at the end."""
        distinct = list(dict.fromkeys(texts))
        tokens = dict(
            zip(distinct, self._tokenizer.tokens([_PASSAGE + text for text in distinct]), strict=True)
        )
        distinct.sort(key=lambda text: -len(tokens[text].ids))
        embed = partial(self._embedded, with_states)
        done = dict(zip(distinct, self._workers.map(embed, map(tokens.__getitem__, distinct)), strict=True))
        return [done[text] for text in texts]

    def _embedded(self, with_states: bool, tokens: Tokens) -> Embedded:
        states = self.token_states(tokens.ids)
        if not with_states:
            return Embedded(_pooled(states))
        own = _own_tokens(tokens, len(_PASSAGE), len(states) - 2)
        ends = [end - len(_PASSAGE) for _, end in tokens.offsets[own]]
        return Embedded(_pooled(states), compressed(unit(states[1:-1][own]), self._usual, ends))

    def _read(self, text: str) -> _Question:
        """A question as `_read_question` reads it; the last ones are remembered."""
        with self._lock:
            question = self._questions.get(text)
        if question is None:
            question = self._read_question(text)
            with self._lock:
                self._questions[text] = question
                while len(self._questions) > _QUESTIONS:
                    self._questions.popitem(last=False)
        return question

    def _read_question(self, text: str) -> _Question:
        [tokens] = self._tokenizer.tokens([_QUERY + text])
        states = self.token_states(tokens.ids)
        own = _own_tokens(tokens, len(_QUERY), len(states) - 2)
        weights = self._weights[tokens.ids[own]]
        rarest = np.sort(np.argsort(-weights, kind="stable")[:_MOST_TOKENS])
        borders = [0, *(end - len(_QUERY) for _, end in tokens.offsets[own])]
        asked = QuestionStates(
            unit(unit(states[1:-1][own][rarest]) - self._usual),
            weights[rarest] / max(float(weights[rarest].sum()), _LEAST_WEIGHT),
            tuple(Span(borders[place], borders[place + 1]) for place in rarest.tolist()),
        )
        return _pooled(states), asked


_open: WeakValueDictionary[tuple[Path, bool], E5Embedder] = WeakValueDictionary()
_opening = Lock()


def _pooled(states: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean of the token states, scaled to length 1."""
    return unit(states.mean(axis=0))


def _own_tokens(tokens: Tokens, prefix: int, read: int) -> slice:
    """The tokens of a text itself, of those that were read, behind a prefix of so many characters."""
    first = next((place for place, (_, end) in enumerate(tokens.offsets) if end > prefix), len(tokens.ids))
    return slice(min(first, read), read)


def open_e5(cache: Path | None = None, *, keeps_states: bool = True) -> E5Embedder:
    """The engine. Its graph comes from the folder `cache` (None: the user's); the first time it is built.

    Without `keeps_states` passages get vectors alone. Whoever opens it while another holds it gets the same one: it
    takes a second to load, and hundreds of megabytes.

    Raises EmbeddingFailed when the package that carries the model is missing or unreadable.
    """
    path = (cache or default_cache()) / f"{MODEL}.onnx"
    with _opening:
        engine = _open.get((path, keeps_states))
        if engine is None:
            tokenizer = open_tokenizer()
            graph = cached(path, partial(_built, tokenizer.model))
            engine = E5Embedder(tokenizer, graph, keeps_states=keeps_states)
            _open[path, keeps_states] = engine
        return engine


def _built(model: ModelFile) -> bytes:
    from index.embed.e5.graph import build_graph

    graph: bytes = build_graph(model).SerializeToString()
    return graph


def open_session(graph: bytes) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
