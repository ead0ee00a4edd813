"""Where a model is to read: passages of the archive for a question, best first.

The one place where writing asks the search for anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from assistant.finding.found import Found
from assistant.finding.retrieval import Candidate, Retriever
from index.document import Span
from index.filters import DocumentFilter

# Passages of one search: more than the largest usual prompt has room for.
_RANKED = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document, which is told by its id."""

    document: str
    span: Span


def ranked_places(
    retriever: Retriever, words: str, wanted: DocumentFilter, limit: int = _RANKED
) -> list[Place]:
    """The passages that `words` find among the documents that pass a filter, best first. Raises EmbeddingFailed."""
    return list(map(_place, retriever.retrieve(words, wanted=wanted, limit=limit)))


def found_places(found: Found) -> list[Place]:
    """The sentences that an answer by extraction would rest on, and then the passages they were chosen from."""
    sentences = (Place(item.document.id, item.span) for item in found.evidence)
    return [*sentences, *map(_place, found.candidates)]


def pooled(rankings: Sequence[Sequence[Place]]) -> tuple[Place, ...]:
    """Several rankings as one: the first of each, then the second of each; none twice."""
    rows: Iterator[tuple[Place | None, ...]] = zip_longest(*rankings)
    return tuple(dict.fromkeys(place for place in chain.from_iterable(rows) if place is not None))


def _place(candidate: Candidate) -> Place:
    return Place(candidate.chunk.document, candidate.chunk.span)
