"""What an embedding engine is: texts in, unit vectors out; and which engines there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.embed.states import QuestionStates, TokenStates

EmbeddingKind = Literal["e5", "openai"]


@dataclass(frozen=True, slots=True)
class Embedded:
    """What an engine makes of one text: its `vector` (dimensions,), of unit length.

    `states` are those of its tokens; None if the engine has none, or does not keep them.
    """

    vector: NDArray[np.float32]
    states: TokenStates | None = None


class TokenReader(Protocol):
    """Reads questions and passages token by token. Calls may come from several threads at once."""

    @property
    def dimensions(self) -> int: ...

    def read_question(self, text: str) -> QuestionStates: ...

    def read_passages(self, texts: Sequence[str]) -> list[TokenStates]: ...


class Embedder(Protocol):
    """An embedding engine. Calls may come from several threads at once.

    `identity` names the model and everything else that its vectors and states depend on; those of different
    identities are never compared. `tokens` reads states as the engine's own are; None if it has none.
    """

    @property
    def identity(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def tokens(self) -> TokenReader | None: ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a question, (dimensions,). Raises EmbeddingFailed."""

    def embed_passages(self, texts: Sequence[str]) -> list[Embedded]:
        """The vectors of passages by their searched texts, in the order given. Raises EmbeddingFailed."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has by itself, without prefix or special tokens."""


def open_embedder(
    kind: EmbeddingKind,
    *,
    model: str,
    base_url: str | None,
    api_key: str | None,
    cache: Path | None = None,
    keeps_states: bool = False,
) -> Embedder:
    """The engine that the settings name.

    `model`, `base_url` and `api_key` are for "openai" alone. `cache` is the folder where "e5" keeps the graph
    it builds once; None means the user's cache folder. `keeps_states` says whether passages get their token
    states, which are larger than all else in an index. Raises EmbeddingFailed when the engine cannot start.
    """
    if kind == "e5":
        from index.embed.e5.engine import open_e5

        return open_e5(cache, keeps_states=keeps_states)
    from index.embed.openai import OpenAIEmbedder

    return OpenAIEmbedder(model=model, base_url=base_url, api_key=api_key)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors (…, dimensions) scaled to length 1; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: NDArray[np.float32] = vectors / np.maximum(lengths, np.float32(1e-12))
    return scaled
