"""What speaks for each chunk that retrieval proposes: nearness, and the question's words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.questions.wording import Wording, words_found
from index.embed.states import Match
from index.store.lookup import StoredChunk

# Cosines of e5's passages lie close together: a tenth is a great difference.
COSINE_SCALE = 10.0
# Those of its tokens, counted from their usual state, lie wider apart.
MATCH_SCALE = 10.0

Features = dict[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A chunk with its full text score, 0 if full text did not find it, and its cosine with the question.

    `match` is how its tokens match the question's; None for a chunk that was too far down to be looked at closely.
    """

    chunk: StoredChunk
    bm25: float
    similarity: float
    match: Match | None = None

    @property
    def match_score(self) -> float:
        """How well its tokens match; 0 where that was not looked at."""
        return 0.0 if self.match is None else self.match.score


def relevance_features(question: Wording, proposals: Sequence[Proposal]) -> Features:
    """What speaks for each proposal, columns by name.

    Words count by their share of the question's weight, so that a question in another language, which shares
    none but perhaps a name, is ranked by nearness.
    """
    documents = [item.chunk.document for item in proposals]
    held = [
        words_found(question.hits(item.chunk.terms)) | words_found(question.hits(item.chunk.title))
        for item in proposals
    ]
    together = _by_document(documents, held)
    return {
        "similarity": _below_best([item.similarity for item in proposals], COSINE_SCALE),
        "match": _below_best([item.match_score for item in proposals], MATCH_SCALE),
        "coverage": np.array([question.share(words) for words in held]),
        "document_coverage": np.array([question.share(words) for words in together]),
    }


def _below_best(values: Sequence[float], scale: float) -> NDArray[np.float64]:
    """How far values lie below the best of them, on the scale of the other features."""
    column = np.array(values, np.float64)
    scaled: NDArray[np.float64] = scale * (column - column.max())
    return scaled


def _by_document(documents: Sequence[str], held: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """For each chunk the words that the chunks of its document hold together."""
    together: dict[str, frozenset[int]] = defaultdict(frozenset)
    for document, words in zip(documents, held, strict=True):
        together[document] |= words
    return [together[document] for document in documents]
