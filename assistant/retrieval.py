"""Hybrid retrieval: full text and vectors, fused into one ranking of chunks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.filters import EVERYTHING, DocumentFilter
from index.lookup import StoredChunk, full_text, stored_chunks
from index.store import Store
from index.terms import terms
from index.vectors import DenseIndex

# How many chunks each of the two ways of searching proposes.
_PROPOSED = 60
# A question has few content words; what is longer is pasted text, and its first words must do.
_MOST_TERMS = 64


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk that may hold the answer.

    `bm25` is 0 where full text did not find it; `similarity` and `sentence_similarities` are cosines with the
    question; `score` orders the candidates of one question and means nothing between questions.
    """

    chunk: StoredChunk
    bm25: float
    similarity: float
    sentence_similarities: NDArray[np.float32]
    score: float


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds chunks in one index."""

    store: Store
    vectors: DenseIndex
    embedder: Embedder

    def retrieve(
        self, question: str, *, wanted: DocumentFilter = EVERYTHING, limit: int = 10
    ) -> list[Candidate]:
        """The best chunks for a question, best first; none if nothing in the index is near it."""
        vector = self.embedder.embed_query(question)
        lexical = dict(full_text(self.store, self._terms(question), _PROPOSED, wanted))
        dense = [id_ for id_, _ in self.vectors.search(vector, _PROPOSED, wanted)]
        # The store decides what is live; Chroma may still name a chunk that is gone.
        chunks = stored_chunks(self.store, list({*lexical, *dense}))
        return _fuse(chunks, lexical, vector)[:limit]

    def _terms(self, question: str) -> list[str]:
        """The question's stems in each language of the archive, since documents are stemmed in their own."""
        stems = {term: None for language in self.store.languages() for term in terms(question, language)}
        return list(stems)[:_MOST_TERMS]


def _fuse(
    chunks: Sequence[StoredChunk], lexical: dict[str, float], vector: NDArray[np.float32]
) -> list[Candidate]:
    if not chunks:
        return []
    bm25 = np.array([lexical.get(chunk.id, 0.0) for chunk in chunks])
    similarity = np.array([float(chunk.vector @ vector) for chunk in chunks])
    sentences = [chunk.sentence_vectors @ vector for chunk in chunks]
    best = np.array([float(cosines.max()) for cosines in sentences])
    scores = _scaled(bm25) + _scaled(similarity) + _scaled(best)
    order = np.argsort(-scores, kind="stable")
    return [
        Candidate(chunks[i], float(bm25[i]), float(similarity[i]), sentences[i], float(scores[i]))
        for i in order
    ]


def _scaled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values stretched to 0…1 over the candidates of one question."""
    low, high = values.min(), values.max()
    return (values - low) / (high - low) if high > low else np.zeros_like(values)
