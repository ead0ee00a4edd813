"""Hybrid retrieval: full text and vectors propose chunks, which are ranked by all that speaks for each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from assistant.finding.relevance import Proposal, relevance_features
from assistant.finding.weights import weighted
from assistant.questions.understanding import understand
from assistant.questions.wording import Wording, wording
from index.embed import Embedder
from index.filters import EVERYTHING, DocumentFilter
from index.language import detect_question_language
from index.lookup import StoredChunk, full_text, rarity, stored_chunks
from index.store import Store
from index.terms import identifiers
from index.vectors import DenseIndex

# How many chunks each of the two ways of searching proposes.
_PROPOSED = 80
# Of a search for all documents that speak of something.
_SWEPT = 1000
# What it is worth to a chunk that its document is favoured, in scores of the ranking: enough among chunks that are
# much alike, too little to put one before what answers plainly.
_FAVOUR = 0.75


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk that may hold the answer.

    `sentence_similarities` are cosines with the question; `score` orders the candidates of one question and
    means nothing between questions.
    """

    chunk: StoredChunk
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
        """The best chunks for a question, best first, however far from it; none only if nothing passes `wanted`."""
        return self.search(self.read(question), wanted=wanted, limit=limit)

    def read(self, question: str, language: str = "") -> Wording:
        """The question's words as this archive knows them. Its language is detected if it is not given."""
        languages = self.store.languages() or ["es"]
        known = language or detect_question_language(question, languages[0])
        return wording(understand(question, known), languages, partial(rarity, self.store))

    def search(
        self,
        question: Wording,
        *,
        wanted: DocumentFilter = EVERYTHING,
        limit: int = 10,
        favoured: Collection[str] = (),
        by_words: int = _PROPOSED,
    ) -> list[Candidate]:
        """The best chunks for a question that was read, best first; see `propose` and `rank`."""
        proposals = self.propose(question, wanted, by_words)
        return rank(question, proposals, favoured)[:limit]

    def sweep(self, question: Wording, wanted: DocumentFilter = EVERYTHING) -> list[Candidate]:
        """Chunks enough to know the documents that speak of something, best first."""
        return self.search(question, wanted=wanted, limit=_SWEPT, by_words=_SWEPT)

    def propose(
        self, question: Wording, wanted: DocumentFilter = EVERYTHING, by_words: int = _PROPOSED
    ) -> list[Proposal]:
        """What full text, at most `by_words` chunks, and vectors find, in no particular order."""
        vector = self.embedder.embed_query(question.question.text)
        asked = [*question.places, *identifiers(question.question.text)]
        lexical = dict(full_text(self.store, asked, by_words, wanted))
        dense = [id_ for id_, _ in self.vectors.search(vector, _PROPOSED, wanted)]
        # The store decides what is live; Chroma may still name a chunk that is gone.
        chunks = stored_chunks(self.store, list({*lexical, *dense}))
        return [
            Proposal(
                chunk,
                lexical.get(chunk.id, 0.0),
                float(chunk.vector @ vector),
                chunk.sentence_vectors @ vector,
            )
            for chunk in chunks
        ]


def rank(question: Wording, proposals: Sequence[Proposal], favoured: Collection[str] = ()) -> list[Candidate]:
    """The proposals with their scores, best first; those of `favoured` documents, by id, score a little more."""
    if not proposals:
        return []
    favour = np.array([_FAVOUR * (proposal.chunk.document in favoured) for proposal in proposals])
    scores = weighted("ranking", relevance_features(question, proposals)) + favour
    return [
        Candidate(proposals[i].chunk, proposals[i].sentence_similarities, float(scores[i]))
        for i in np.argsort(-scores, kind="stable")
    ]
