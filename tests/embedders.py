"""A deterministic embedding engine for tests in which the model is not what is tested."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embed import Passage, PassageVectors, embed_distinct, unit

DIMENSIONS = 32


class HashEmbedder:
    """Unit vectors drawn from the hash of each text: equal texts, equal vectors. Counts what it embeds."""

    def __init__(self, identity: str = "hash-1") -> None:
        self._identity = identity
        self.passages = 0

    @property
    def identity(self) -> str:
        return self._identity

    @property
    def dimensions(self) -> int:
        return DIMENSIONS

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self._vectors([text])[0]

    def embed_passages(self, passages: Sequence[Passage]) -> list[PassageVectors]:
        self.passages += len(passages)
        return embed_distinct(passages, self._vectors) if passages else []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [_numbers(f"{self._identity} {text}") for text in texts]
        return unit(np.stack(rows).astype(np.float32) - np.float32(127.5))


def _numbers(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(hashlib.shake_128(text.encode()).digest(DIMENSIONS), np.uint8)
