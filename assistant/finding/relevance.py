"""What speaks for each chunk that retrieval proposes: nearness, and the question's words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.questions.wording import Wording, phrase_share, window_share, words_found
from index.lookup import StoredChunk

# BM25 gives a word at most this many times its rarity.
_MOST_BM25 = 2.2
# Cosines of e5 lie close together: a tenth is a great difference.
COSINE_SCALE = 10.0

T = TypeVar("T")
Features = dict[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A chunk with its full text score, 0 if full text did not find it, and its cosines with the question."""

    chunk: StoredChunk
    bm25: float
    similarity: float
    sentence_similarities: NDArray[np.float32]


def relevance_features(question: Wording, proposals: Sequence[Proposal]) -> Features:
    """What speaks for each proposal, columns by name.

    Words count by their share of the question's weight, so that a question in another language, which shares
    none but perhaps a name, is ranked by nearness.
    """
    documents = [item.chunk.document for item in proposals]
    hits = [question.hits(item.chunk.terms) for item in proposals]
    titles = [words_found(question.hits(item.chunk.title)) for item in proposals]
    found = [words_found(hit) | title for hit, title in zip(hits, titles, strict=True)]
    together = _by_document(documents, found, lambda sets: frozenset().union(*sets))
    best = [float(item.sentence_similarities.max()) for item in proposals]
    return {
        "similarity": _cosines([item.similarity for item in proposals]),
        "best_sentence": _cosines(best),
        "document_sentence": _cosines(_by_document(documents, best, max)),
        "bm25": np.array([item.bm25 for item in proposals]) / (_MOST_BM25 * sum(question.weights) or 1.0),
        "coverage": np.array([question.share(words) for words in found]),
        "document_coverage": np.array([question.share(words) for words in together]),
        "title_coverage": np.array([question.share(words) for words in titles]),
        "window": np.array([window_share(question, hit) for hit in hits]),
        "phrases": np.array([phrase_share(question, hit) for hit in hits]),
    }


def _cosines(values: Sequence[float]) -> NDArray[np.float64]:
    """Cosines below the best of them, on the scale of the other features."""
    cosines = np.array(values, np.float64)
    scaled: NDArray[np.float64] = COSINE_SCALE * (cosines - cosines.max())
    return scaled


def _by_document(documents: Sequence[str], values: Sequence[T], pool: Callable[[Iterable[T]], T]) -> list[T]:
    """Each chunk's value pooled over the chunks of its document."""
    grouped: dict[str, list[T]] = defaultdict(list)
    for document, value in zip(documents, values, strict=True):
        grouped[document].append(value)
    pooled = {document: pool(group) for document, group in grouped.items()}
    return [pooled[document] for document in documents]
