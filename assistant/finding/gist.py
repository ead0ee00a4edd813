"""What documents say as a whole: the sentences nearest to the middle of all that each of them says."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Evidence
from assistant.extraction.quotes import is_quotable
from assistant.finding.choice import MOST_EVIDENCE
from index.documents import Document, Span
from index.embedding import unit
from index.filters import DocumentFilter
from index.lookup import chunk_ids, newest_documents, stored_chunks
from index.speakers import asks
from index.store import Store

# Headings and greetings are shorter than what tells something.
_SHORTEST = 60
_LONGEST = 500
# How much a sentence loses by being near one that is chosen already.
_REPETITION = 0.7


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of a document that tell something; `vectors` is (sentences, dimensions)."""

    spans: list[Span]
    vectors: NDArray[np.float32]


def gist(store: Store, wanted: DocumentFilter) -> tuple[Evidence, ...]:
    """The sentences that stand for the newest documents that pass the filter, numbered from 1.

    One document gets several sentences, each of several documents its share. `similarity` is the cosine with
    the middle of the document.
    """
    ids = newest_documents(store, wanted, MOST_EVIDENCE)
    found = [document for id_ in ids if (document := store.document(id_)) is not None]
    share = MOST_EVIDENCE // max(1, len(found))
    chosen = [item for document in found for item in _central(document, _sentences(store, document), share)]
    return tuple(
        Evidence(number, document, span, cosine, cosine)
        for number, (document, span, cosine) in enumerate(chosen, 1)
    )


def _sentences(store: Store, document: Document) -> _Sentences:
    chunks = stored_chunks(store, chunk_ids(store, DocumentFilter(documents=(document.id,))))
    told = [
        (span, vector)
        for chunk in chunks
        for span, vector in zip(chunk.sentences, chunk.sentence_vectors, strict=True)
        if _tells(document, span)
    ]
    return _Sentences([span for span, _ in told], np.array([vector for _, vector in told], np.float32))


def _tells(document: Document, span: Span) -> bool:
    words = span.of(document.text)
    of_a_size = _SHORTEST <= len(words) <= _LONGEST
    if not of_a_size or "?" in words or asks(document.speaker_of(span.start)):
        return False
    return is_quotable(words)


def _central(document: Document, sentences: _Sentences, count: int) -> list[tuple[Document, Span, float]]:
    """The `count` sentences nearest to the middle, each unlike those before it."""
    if not sentences.spans:
        return []
    cosines = sentences.vectors @ unit(sentences.vectors.mean(axis=0))
    repeated = np.zeros_like(cosines)
    chosen: list[int] = []
    for _ in range(min(count, len(sentences.spans))):
        scores = cosines - _REPETITION * repeated
        scores[chosen] = -np.inf
        best = int(scores.argmax())
        chosen.append(best)
        repeated = np.maximum(repeated, sentences.vectors @ sentences.vectors[best])
    return [(document, sentences.spans[i], float(cosines[i])) for i in chosen]
