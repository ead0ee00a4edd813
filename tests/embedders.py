"""A deterministic embedding engine for tests in which the model is not what is tested."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.document import Span
from index.embed import Embedded, unit
from index.embed.states import QuestionStates, TokenStates, compressed

DIMENSIONS = 32
_USUAL = np.zeros(DIMENSIONS, np.float32)


class HashEmbedder:
    """Unit vectors drawn from the hash of each text, states from that of each word. Counts what it embeds."""

    def __init__(self, identity: str = "hash-1", *, keeps_states: bool = True) -> None:
        self._identity = identity
        self._keeps_states = keeps_states
        self.passages = 0

    @property
    def identity(self) -> str:
        return self._identity

    @property
    def dimensions(self) -> int:
        return DIMENSIONS

    @property
    def tokens(self) -> "HashEmbedder":
        return self

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._vectors([text])[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> list[Embedded]:
        self.passages += len(texts)
        vectors = list(self._vectors(texts)) if texts else []
        states = self.read_passages(texts) if self._keeps_states else [None] * len(texts)
        return [Embedded(*of_text) for of_text in zip(vectors, states, strict=True)]

    def read_question(self, text: str) -> QuestionStates:
        spans = _words(text)
        weights = np.full(len(spans), 1 / max(1, len(spans)), np.float32)
        return QuestionStates(self._states(text, spans), weights, tuple(spans))

    def read_passages(self, texts: Sequence[str]) -> list[TokenStates]:
        spans = map(_words, texts)
        return [
            compressed(self._states(text, of_text), _USUAL, [span.end for span in of_text])
            for text, of_text in zip(texts, spans, strict=True)
        ]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def _states(self, text: str, spans: Sequence[Span]) -> NDArray[np.float32]:
        words = [span.of(text).lower() for span in spans]
        return self._vectors(words) if words else np.zeros((0, DIMENSIONS), np.float32)

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [_numbers(f"{self._identity} {text}") for text in texts]
        return unit(np.stack(rows).astype(np.float32) - np.float32(127.5))


def _numbers(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(
        hashlib.shake_128(text.encode("utf-8", "surrogatepass")).digest(DIMENSIONS), np.uint8
    )


def _words(text: str) -> list[Span]:
    return [Span(*word.span()) for word in re.finditer(r"\w+", text)]
