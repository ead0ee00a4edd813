"""From token states to vectors: a passage is the mean of its tokens, a sentence the mean of its own."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.documents import Span
from index.embedding import PassageVectors, unit


def token_weights(offsets: Sequence[tuple[int, int]], spans: Sequence[Span]) -> NDArray[np.float32]:
    """How much each token counts for each span, (spans, tokens); every row sums to 1.

    A token belongs to each span that it shares a character with. A span without a token, being empty or
    beyond the model's limit, takes all tokens.
    """
    starts, ends = np.array(offsets, np.int64).reshape(-1, 2).T
    bounds = np.array([(span.start, span.end) for span in spans], np.int64).reshape(-1, 2)
    shared = (starts < bounds[:, 1:]) & (ends > bounds[:, :1])
    shared[~shared.any(axis=1)] = True
    weights: NDArray[np.float32] = shared / shared.sum(axis=1, keepdims=True, dtype=np.float32)
    return weights


def pool(
    states: NDArray[np.float32], offsets: Sequence[tuple[int, int]], sentences: Sequence[Span]
) -> PassageVectors:
    """The vectors of a passage from its token states (tokens, dimensions)."""
    chunk = states.mean(axis=0)
    return PassageVectors(unit(chunk), unit(token_weights(offsets, sentences) @ states))
