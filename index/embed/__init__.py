"""What an embedding engine is: texts in, unit vectors out; and which engines there are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.document import Span

EmbeddingKind = Literal["e5", "openai"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk to embed. The offsets of its sentences count from the start of `text`."""

    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The vectors of one passage, all of unit length.

    `chunk` is (dimensions,), `sentences` is (sentences, dimensions).
    """

    chunk: NDArray[np.float32]
    sentences: NDArray[np.float32]


class Embedder(Protocol):
    """An embedding engine. Calls may come from several threads at once.

    `identity` names the model and everything else that its vectors depend on; vectors of different
    identities are never compared.
    """

    @property
    def identity(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a question, (dimensions,). Raises EmbeddingFailed."""

    def embed_passages(self, passages: Sequence[Passage]) -> list[PassageVectors]:
        """The vectors of each passage, in the order given. Raises EmbeddingFailed."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has by itself, without prefix or special tokens."""


def open_embedder(
    kind: EmbeddingKind,
    *,
    model: str,
    base_url: str | None,
    api_key: str | None,
    cache: Path | None = None,
) -> Embedder:
    """The engine that the settings name.

    `model`, `base_url` and `api_key` are for "openai" alone. `cache` is the folder where "e5" keeps the graph
    it builds once; None means the user's cache folder. Raises EmbeddingFailed when the engine cannot start.
    """
    if kind == "e5":
        from index.embed.e5.engine import open_e5

        return open_e5(cache)
    from index.embed.openai import OpenAIEmbedder

    return OpenAIEmbedder(model=model, base_url=base_url, api_key=api_key)


def embed_distinct(
    passages: Sequence[Passage], embed: Callable[[Sequence[str]], NDArray[np.float32]]
) -> list[PassageVectors]:
    """The vectors of passages and of their sentences, from an engine that embeds plain texts.

    A sentence is embedded by itself: pooled from its tokens' states in the passage it finds the sentence that
    answers less often (benchmarks/sentence_vectors.py). `embed` gets each distinct text once and
    returns (texts, dimensions).
    """
    groups = [[p.text, *(span.of(p.text) for span in p.sentences)] for p in passages]
    places = {text: place for place, text in enumerate(dict.fromkeys(chain.from_iterable(groups)))}
    vectors = embed(list(places))
    rows = (vectors[[places[text] for text in group]] for group in groups)
    return [PassageVectors(row[0], row[1:]) for row in rows]


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors (…, dimensions) scaled to length 1; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: NDArray[np.float32] = vectors / np.maximum(lengths, np.float32(1e-12))
    return scaled
