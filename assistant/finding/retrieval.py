"""Hybrid retrieval: full text and vectors propose chunks, the best of which are looked at token by token.

Docs: docs/retrieval.md.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.finding.matching import Matcher
from assistant.finding.relevance import Proposal, relevance_features
from assistant.finding.weights import weighted
from assistant.questions.understanding import understand
from assistant.questions.wording import Wording, wording
from index.embed import Embedder
from index.filters import EVERYTHING, DocumentFilter
from index.language import detect_question_language
from index.language.terms import identifiers
from index.store.lookup import StoredChunk, full_text, rarity, stored_chunks
from index.store.store import Store
from index.vectors import DenseIndex

if TYPE_CHECKING:
    from assistant.reader.reader import Reader

# How many chunks each of the two ways of searching proposes, and how many of both are looked at token by token.
_PROPOSED = 50
# Of a search for all documents that speak of something.
_SWEPT = 1000
# What it is worth to a chunk that its document is favoured, in scores of the ranking: enough among chunks that are
# much alike, too little to put one before what answers plainly.
_FAVOUR = 0.75


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk that may hold the answer.

    `sentence_similarities` say how well each sentence matches the question by its own tokens; `score` orders
    the candidates of one question and means nothing between questions.
    """

    proposal: Proposal
    sentence_similarities: NDArray[np.float32]
    score: float

    @property
    def chunk(self) -> StoredChunk:
        return self.proposal.chunk


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds chunks in one index. `open_reader` gives what reads them with a question; None where that is off."""

    store: Store
    vectors: DenseIndex
    embedder: Embedder
    matcher: Matcher
    open_reader: "Callable[[], Reader | None]" = lambda: None

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
        proposals = self.propose(question, wanted, by_words, max(limit, _PROPOSED))
        return rank(question, proposals, limit, favoured)

    def sweep(self, question: Wording, wanted: DocumentFilter = EVERYTHING) -> list[Candidate]:
        """Chunks enough to know the documents that speak of something, best first."""
        return self.search(question, wanted=wanted, limit=_SWEPT, by_words=_SWEPT)

    def propose(
        self,
        question: Wording,
        wanted: DocumentFilter = EVERYTHING,
        by_words: int = _PROPOSED,
        matched: int = _PROPOSED,
    ) -> list[Proposal]:
        """What full text, at most `by_words` chunks, and vectors find, best first by both.

        The first `matched` are matched token by token.
        """
        text = question.question.text
        vector = self.embedder.embed_query(text)
        lexical = dict(full_text(self.store, [*question.places, *identifiers(text)], by_words, wanted))
        dense = [id_ for id_, _ in self.vectors.search(vector, _PROPOSED, wanted)]
        # The store decides what is live; Chroma may still name a chunk that is gone.
        chunks = stored_chunks(self.store, list({*lexical, *dense}))
        proposals = fused(
            [Proposal(chunk, lexical.get(chunk.id, 0.0), float(chunk.vector @ vector)) for chunk in chunks]
        )
        near = [proposal.chunk for proposal in proposals[:matched]]
        matches = self.matcher.match(self.store, self.embedder, question, near)
        return [replace(proposal, match=matches.get(proposal.chunk.id)) for proposal in proposals]


def fused(proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, best first by their words and their vectors, each stretched to 0…1 over all of them."""
    if not proposals:
        return []
    scores = _stretched([item.bm25 for item in proposals]) + _stretched(
        [item.similarity for item in proposals]
    )
    return [proposals[i] for i in np.argsort(-scores, kind="stable")]


def rank(
    question: Wording, proposals: Sequence[Proposal], limit: int, favoured: Collection[str] = ()
) -> list[Candidate]:
    """The best `limit` proposals, best first; those of `favoured` documents, by id, score a little more."""
    if not proposals:
        return []
    favour = np.array([_FAVOUR * (proposal.chunk.document in favoured) for proposal in proposals])
    scores = weighted("ranking", relevance_features(question, proposals)) + favour
    return [_candidate(proposals[i], float(scores[i])) for i in np.argsort(-scores, kind="stable")[:limit]]


def _candidate(proposal: Proposal, score: float) -> Candidate:
    sentences, match = proposal.chunk.sentences, proposal.match
    similarities = [0.0 if match is None else match.score_of(span) for span in sentences]
    return Candidate(proposal, np.array(similarities, np.float32), score)


def _stretched(scores: Sequence[float]) -> NDArray[np.float64]:
    column = np.array(scores, np.float64)
    low, high = column.min(), column.max()
    return (column - low) / (high - low) if high > low else np.zeros(len(column))
