"""Search without an answer: the passages nearest to some words, with where they stand."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from assistant.answer import document_reference
from assistant.finding.relevance import Proposal
from assistant.finding.retrieval import Candidate, Retriever
from index.document import Document, Span
from index.embed.states import Match
from index.filters import EVERYTHING, DocumentFilter

_WORD = re.compile(r"\w+")
# Characters around a token within which its word is looked for.
_LONGEST_WORD = 60
MOST_HITS = 100


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


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: `document.text[start:end] == text`.

    `number` counts from 1, the best. `focus` is its nearest sentence, counted within the document.
    `similarity` is how well that sentence matches the words; `score` orders the hits of one search only, and `why`
    tells what it rests on.
    """

    number: int
    document: Document
    start: int
    end: int
    focus: Span
    similarity: float
    score: float
    why: Why

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def page(self) -> int | None:
        """The page the passage starts on, for documents that have pages."""
        return self.document.page_of(self.start)

    def to_dict(self) -> dict[str, Any]:
        """The object that `hemeroteca search --json` prints in `hits`."""
        return {
            "number": self.number,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "focus": asdict(self.focus),
            "page": self.page,
            "similarity": round(self.similarity, 4),
            "score": round(self.score, 4),
            "document": document_reference(self.document),
        }


def search(
    retriever: Retriever, words: str, *, wanted: DocumentFilter = EVERYTHING, limit: int = 10
) -> tuple[Hit, ...]:
    """At most `limit` passages, best first. Raises EmbeddingFailed."""
    hits: list[Hit] = []
    for candidate in retriever.retrieve(words, wanted=wanted, limit=min(limit, MOST_HITS)):
        document = retriever.store.document(candidate.chunk.document)
        # Removed since it was found: another process may be indexing.
        if document is not None:
            hits.append(_hit(len(hits) + 1, candidate, document, words))
    return tuple(hits)


def _hit(number: int, candidate: Candidate, document: Document, words: str) -> Hit:
    chunk, nearest = candidate.chunk, int(candidate.sentence_similarities.argmax())
    return Hit(
        number=number,
        document=document,
        start=chunk.span.start,
        end=chunk.span.end,
        focus=chunk.sentences[nearest],
        similarity=float(candidate.sentence_similarities[nearest]),
        score=candidate.score,
        why=why_of(candidate.proposal, words, document.text),
    )
