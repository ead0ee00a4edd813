"""Why a passage was found: its scores, and which word of the question met which word of it."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from assistant.finding.relevance import Proposal
from index.document import Span
from index.embed.states import Match

_WORD = re.compile(r"\w+")
# Characters around a token within which its word is looked for.
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Met:
    """A token of the question, and the word of the passage whose state is most like its own.

    `word` is empty where it is none of the passage's own but stands above it: in its title, headings or file name.
    `weight` is the token's share of the score.
    """

    asked: str
    word: str
    similarity: float
    weight: float


@dataclass(frozen=True, slots=True)
class Why:
    """What orders a passage: `words` (BM25), the cosine of `vectors`, and its `tokens`, with what they met."""

    words: float
    vectors: float
    tokens: float
    met: tuple[Met, ...]

    def to_dict(self) -> dict[str, Any]:
        """The object that `hemeroteca search --trace --json` prints in `why`."""
        return asdict(self)


def why_of(proposal: Proposal, asked: str, text: str) -> Why:
    """Why a passage of the document `text` was found for the question `asked`."""
    match = proposal.match
    met = () if match is None else tuple(_met(match, proposal.chunk.span, asked, text))
    return Why(proposal.bm25, proposal.similarity, proposal.match_score, met)


def _met(match: Match, passage: Span, asked: str, text: str) -> Iterator[Met]:
    weights = match.question.weights.tolist()
    for (token, place, similarity), weight in zip(match.nearest(), weights, strict=True):
        word = _word_at(text, place.end - 1) if passage.start < place.end else ""
        yield Met(token.of(asked).strip(), word, round(similarity, 3), round(weight, 3))


def _word_at(text: str, offset: int) -> str:
    """The word that holds the character at `offset`, or that character."""
    start = max(0, offset - _LONGEST_WORD)
    for word in _WORD.finditer(text, start, offset + _LONGEST_WORD):
        if word.start() <= offset < word.end():
            return word.group()
    return text[offset]
