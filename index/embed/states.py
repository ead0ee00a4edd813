"""Token states and vectors as they are kept, and how the states of a question match those of a passage."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.document import Span

# What a stretch without tokens, such as one beyond the engine's last token, scores.
_NOTHING = 0.0
_END_BYTES = 4
_WIDTH_BYTES = 2

_STORED = np.float16


@dataclass(frozen=True, slots=True)
class TokenStates:
    """The tokens of one text. `ends` (tokens,) int32 is where each ends in the text, never falling.

    `bits` (tokens, dimensions / 8) uint8 says of each dimension whether it is above the engine's usual state.
    """

    ends: NDArray[np.int32]
    bits: NDArray[np.uint8]

    def moved(self, by: int) -> "TokenStates":
        """The same tokens in a text that has so many more characters before them."""
        return TokenStates(self.ends + np.int32(by), self.bits)

    def places(self, span: Span) -> slice:
        """The tokens whose last character stands in a stretch of the text."""
        first, last = np.searchsorted(self.ends, (span.start, span.end), side="right")
        return slice(int(first), int(last))

    def direction(self, span: Span) -> NDArray[np.float32]:
        """The mean of the tokens of a stretch of the text, (dimensions,), of length 1; zero without tokens."""
        bits = self.bits[self.places(span)]
        above: NDArray[np.float32] = np.unpackbits(bits, axis=1).sum(axis=0, dtype=np.float32)
        signs = 2 * above - np.float32(len(bits))
        return signs / np.float32(np.linalg.norm(signs) or 1.0)


@dataclass(frozen=True, slots=True)
class QuestionStates:
    """The tokens of a question: `states` (tokens, dimensions) of length 1, counted from the engine's usual state.

    `weights` (tokens,) say how much each tells, 1 together. `spans` are where they stand in the question.
    """

    states: NDArray[np.float32]
    weights: NDArray[np.float32]
    spans: tuple[Span, ...]

    def weighed(self, weights: Sequence[float]) -> "QuestionStates":
        """The same tokens with other weights, which are brought to 1 together; as it is if they are all 0."""
        total = sum(weights)
        if not total:
            return self
        return QuestionStates(self.states, np.array(weights, np.float32) / np.float32(total), self.spans)


def compressed(states: NDArray[np.float32], usual: NDArray[np.float32], ends: Sequence[int]) -> TokenStates:
    """Token states (tokens, dimensions) of length 1 as they are kept; `usual` (dimensions,) is the engine's."""
    rising = np.maximum.accumulate(np.array(ends, np.int32)) if ends else np.zeros(0, np.int32)
    return TokenStates(rising, np.packbits(states > usual, axis=1))


def pack_states(states: TokenStates) -> bytes:
    """Token states as stored: how many bytes a token's bits take, where the tokens end, their bits."""
    width = int(states.bits.shape[1])
    return (
        width.to_bytes(_WIDTH_BYTES, "little") + states.ends.astype("<i4").tobytes() + states.bits.tobytes()
    )


def unpack_states(blob: bytes) -> TokenStates | None:
    """Stored token states; None if they are cut or otherwise damaged."""
    width = int.from_bytes(blob[:_WIDTH_BYTES], "little")
    count, rest = divmod(len(blob) - _WIDTH_BYTES, _END_BYTES + width)
    if rest or count < 0:
        return None
    ends = np.frombuffer(blob, "<i4", count, _WIDTH_BYTES).astype(np.int32)
    bits = np.frombuffer(blob, np.uint8, offset=_WIDTH_BYTES + count * _END_BYTES)
    return None if np.any(np.diff(ends) < 0) else TokenStates(ends, bits.reshape(count, width))


@dataclass(frozen=True, slots=True)
class Match:
    """How the tokens of a question (rows) and of a passage (columns) are alike: `cosines`, about 0 by chance."""

    question: QuestionStates
    passage: TokenStates
    cosines: NDArray[np.float32]

    @property
    def score(self) -> float:
        """How well the whole passage matches, at most 1."""
        return self._score(self.cosines)

    def score_of(self, span: Span) -> float:
        """How well a stretch of the passage's text matches by the tokens that stand in it."""
        return self._score(self.cosines[:, self.passage.places(span)])

    def _score(self, cosines: NDArray[np.float32]) -> float:
        return float(self.question.weights @ cosines.max(axis=1)) if cosines.shape[1] else _NOTHING

    def nearest(self) -> list[tuple[Span, Span, float]]:
        """For each token of the question where it stands, the token of the passage that is most like it, and how alike.

        The token is the stretch of the passage's text from the end of the one before it; none if there are no tokens.
        """
        if not self.cosines.shape[1]:
            return []
        ends = [0, *self.passage.ends.tolist()]
        best = self.cosines.argmax(axis=1).tolist()
        return [
            (span, Span(ends[place], ends[place + 1]), float(row[place]))
            for span, place, row in zip(self.question.spans, best, self.cosines, strict=True)
        ]


def match(question: QuestionStates, passages: Sequence[TokenStates]) -> list[Match]:
    """A question beside each passage. The states of both must be of one engine."""
    if not passages:
        return []
    # All at once: one product for fifty passages costs a fifth of fifty products.
    signs = np.unpackbits(np.concatenate([passage.bits for passage in passages]), axis=1).astype(np.float32)
    states = question.states / np.float32(np.sqrt(max(1, question.states.shape[1])))
    cosines = 2 * (states @ signs.T) - states.sum(axis=1, keepdims=True)
    borders = np.cumsum([0, *(len(passage.ends) for passage in passages)]).tolist()
    return [
        Match(question, passage, cosines[:, start:end])
        for passage, (start, end) in zip(passages, pairwise(borders), strict=True)
    ]


def pack(vector: NDArray[np.float32]) -> bytes:
    """A vector as stored."""
    return vector.astype(_STORED).tobytes()


def unpack(blob: bytes) -> NDArray[np.float32]:
    """A stored vector in single precision."""
    return np.frombuffer(blob, _STORED).astype(np.float32)


def unpack_all(blobs: Sequence[bytes]) -> NDArray[np.float32]:
    """Stored vectors of one length, (vectors, dimensions), in single precision. There must be one."""
    return np.frombuffer(b"".join(blobs), _STORED).astype(np.float32).reshape(len(blobs), -1)
