"""Search without an answer: the passages nearest to some words, with where they stand."""

from dataclasses import asdict, dataclass
from typing import Any

from assistant.answer import document_reference
from assistant.finding.met import Why, why_of
from assistant.finding.retrieval import Candidate, Retriever
from index.document import Document, Span
from index.filters import EVERYTHING, DocumentFilter

MOST_HITS = 100


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
