"""From retrieved chunks to the few numbered sentences that may answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Evidence
from assistant.retrieval import Candidate
from index.documents import Document, Span
from index.terms import terms

MOST_EVIDENCE = 8
# The question's words count as much as one tenth of cosine, which is the spread e5 gives within a chunk.
_WORD_WEIGHT = 0.1
_RANK_WEIGHT = 0.01


@dataclass(frozen=True, slots=True)
class _Scored:
    document: str
    span: Span
    similarity: float
    score: float


def select_evidence(
    question: str,
    candidates: Sequence[Candidate],
    document_of: Callable[[str], Document | None],
    *,
    limit: int = MOST_EVIDENCE,
) -> tuple[Evidence, ...]:
    """The sentences nearest to the question, best first, numbered from 1, each once."""
    documents = {candidate.chunk.document: document_of(candidate.chunk.document) for candidate in candidates}
    scored = [
        sentence
        for candidate in candidates
        if (document := documents[candidate.chunk.document]) is not None
        for sentence in _score(question, candidate, document)
    ]
    scored.sort(key=lambda sentence: -sentence.score)
    evidence: list[Evidence] = []
    seen: set[str] = set()
    for sentence in scored:
        document = documents[sentence.document]
        assert document is not None
        words = sentence.span.of(document.text)
        if words not in seen:
            seen.add(words)
            evidence.append(
                Evidence(len(evidence) + 1, document, sentence.span, sentence.score, sentence.similarity)
            )
        if len(evidence) == limit:
            break
    return tuple(evidence)


def _score(question: str, candidate: Candidate, document: Document) -> list[_Scored]:
    wanted = set(terms(question, document.language))
    scored = []
    for span, cosine in zip(candidate.chunk.sentences, candidate.sentence_similarities, strict=True):
        shared = wanted.intersection(terms(span.of(document.text), document.language))
        words = len(shared) / len(wanted) if wanted else 0.0
        score = float(cosine) + _WORD_WEIGHT * words + _RANK_WEIGHT * candidate.score
        scored.append(_Scored(document.id, span, float(cosine), score))
    return scored
