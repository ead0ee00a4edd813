"""From retrieved chunks to the few numbered sentences that may answer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Evidence
from assistant.finding.answer_form import form_held, unit_held
from assistant.finding.dependence import with_what_it_needs
from assistant.finding.relevance import COSINE_SCALE, Features
from assistant.finding.reprints import is_reprint, merged
from assistant.finding.retrieval import Candidate
from assistant.finding.weights import weighted
from assistant.questions.understanding import AnswerType, Question
from assistant.questions.wording import Wording, phrase_share, window_share
from index.documents import Document, Span
from index.speakers import asks
from index.terms import terms, words

MOST_EVIDENCE = 6
# Sentences that are looked at closely. What answers is hardly ever further down.
_NEAREST = 24


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a candidate chunk; `previous` is the one before it, itself where it is the first."""

    document: Document
    span: Span
    previous: Span
    similarity: float
    chunk_score: float

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)

    @property
    def speaker(self) -> str:
        """The label of whoever says it, in a transcript; else empty."""
        return self.document.speaker_of(self.span.start)


def select_evidence(
    question: Wording,
    candidates: Sequence[Candidate],
    document_of: Callable[[str], Document | None],
    *,
    limit: int = MOST_EVIDENCE,
) -> tuple[Evidence, ...]:
    """The sentences that most likely answer, best first, numbered from 1, none twice.

    A sentence that is not understood without the one before it brings that one along.
    """
    sentences = sentences_of(candidates, document_of)
    if not sentences:
        return ()
    return choose(sentences, weighted("evidence", evidence_features(question, sentences)), limit)


def choose(
    sentences: Sequence[Sentence], scores: NDArray[np.float64], limit: int = MOST_EVIDENCE
) -> tuple[Evidence, ...]:
    """At most `limit` sentences as evidence, the highest score first; `scores` has one number a sentence.

    A sentence that several documents print takes one place.
    """
    chosen: list[Evidence] = []
    for i in np.argsort(-scores, kind="stable"):
        sentence = sentences[i]
        span = with_what_it_needs(sentence.document.text, sentence.span, sentence.previous)
        item = Evidence(len(chosen) + 1, sentence.document, span, float(scores[i]), sentence.similarity)
        twin = next((place for place, other in enumerate(chosen) if is_reprint(item, other)), None)
        if twin is not None:
            chosen[twin] = merged(chosen[twin], item)
        elif len(chosen) < limit and not any(_repeats(item, other) for other in chosen):
            chosen.append(item)
    return tuple(chosen)


def sentences_of(
    candidates: Sequence[Candidate], document_of: Callable[[str], Document | None]
) -> list[Sentence]:
    """The sentences of the candidates that are nearest to the question, if their documents are there."""
    documents = {candidate.chunk.document: document_of(candidate.chunk.document) for candidate in candidates}
    found = [
        sentence
        for candidate in candidates
        if (document := documents[candidate.chunk.document]) is not None
        for sentence in _sentences(candidate, document)
    ]
    return sorted(found, key=lambda sentence: -sentence.similarity)[:_NEAREST]


def evidence_features(question: Wording, sentences: Sequence[Sentence]) -> Features:
    """What speaks for each sentence, columns by name."""
    stems = [_terms(sentence.document, sentence.span) for sentence in sentences]
    before = [_led_in(question.question, sentence) for sentence in sentences]
    hits = [question.hits(found) for found in stems]
    cosines = np.array([sentence.similarity for sentence in sentences])
    scores = np.array([sentence.chunk_score for sentence in sentences])
    asked = question.question
    return {
        "similarity": COSINE_SCALE * (cosines - cosines.max()),
        "chunk": scores - scores.max(),
        "words": np.array([question.share(question.loosely(found)) for found in stems]),
        "context_words": np.array(
            [question.share(question.loosely([*a, *b])) for a, b in zip(stems, before, strict=True)]
        ),
        "window": np.array([window_share(question, hit) for hit in hits]),
        "phrases": np.array([phrase_share(question, hit) for hit in hits]),
        "form": np.array([form_held(asked, sentence.text) for sentence in sentences]),
        "unit": np.array([unit_held(asked, s.text, s.document.language) for s in sentences]),
        "title": np.array([_is_title(sentence) for sentence in sentences], np.float64),
        "asks": np.array([_asks(sentence) for sentence in sentences], np.float64),
    }


def _sentences(candidate: Candidate, document: Document) -> Iterator[Sentence]:
    spans = candidate.chunk.sentences
    for place, (span, cosine) in enumerate(zip(spans, candidate.sentence_similarities, strict=True)):
        yield Sentence(document, span, spans[max(0, place - 1)], float(cosine), candidate.score)


def _terms(document: Document, span: Span) -> list[str]:
    return terms(span.of(document.text), document.language)


def _led_in(question: Question, sentence: Sentence) -> list[str]:
    """The stems of what makes plain what a sentence is about: the one before it, and who says what was said."""
    before = _terms(sentence.document, sentence.previous)
    if question.wants is not AnswerType.STATEMENT:
        return before
    return [*before, *terms(sentence.speaker, sentence.document.language)]


def _asks(sentence: Sentence) -> bool:
    """Whether a sentence asks, or is said by somebody who is there to ask, rather than answers."""
    return "?" in sentence.text or asks(sentence.speaker)


def _is_title(sentence: Sentence) -> bool:
    """Whether the sentence is the headline, which the text often repeats; a headline has no full stop.

    The title of a document without one is its first sentence, which may well be the answer.
    """
    text, title = sentence.text, sentence.document.title
    if text.endswith(".") or len(text) > 2 * len(title):
        return False
    return bool(title) and words(text) == words(title)


def _repeats(item: Evidence, other: Evidence) -> bool:
    """Whether two quotes overlap or say the same words."""
    if item.document.id == other.document.id and item.span.start < other.span.end:
        return other.span.start < item.span.end
    return item.quote == other.quote
