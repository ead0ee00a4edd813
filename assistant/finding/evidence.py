"""From retrieved chunks to the few numbered sentences that may answer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from assistant.answer import Evidence
from assistant.extraction.quotes import is_quotable
from assistant.finding.answer_form import figure_held, identity_held, name_held, unit_held
from assistant.finding.choice import MOST_EVIDENCE, choose
from assistant.finding.preference import nearness_to_days
from assistant.finding.relevance import COSINE_SCALE, Features
from assistant.finding.retrieval import Candidate
from assistant.finding.sentences import Sentence
from assistant.finding.weights import weighted
from assistant.questions.understanding import AnswerType, Question
from assistant.questions.wording import Wording
from index.dates import Interval
from index.documents import Document, Span
from index.speakers import asks
from index.terms import terms, words

# Sentences that are looked at closely. What answers is hardly ever further down.
_NEAREST = 24
# Of the words of a title, those that a line of it holds.
_MOST_OF_A_TITLE = 0.6


def select_evidence(
    question: Wording,
    candidates: Sequence[Candidate],
    document_of: Callable[[str], Document | None],
    *,
    limit: int = MOST_EVIDENCE,
    days: Interval | None = None,
) -> tuple[Evidence, ...]:
    """The sentences that most likely answer, best first, numbered from 1, none twice.

    A sentence that is not understood without the one before it brings that one along. For a question that
    names nothing but `days`, those that speak of them are looked at before any other.
    """
    sentences = sentences_of(question, candidates, document_of, days)
    if not sentences:
        return ()
    return choose(sentences, weighted("evidence", evidence_features(question, sentences)), limit)


def sentences_of(
    question: Wording,
    candidates: Sequence[Candidate],
    document_of: Callable[[str], Document | None],
    days: Interval | None = None,
) -> list[Sentence]:
    """The sentences of the candidates that are nearest to `days` and to the question, if their documents are there."""
    documents = {candidate.chunk.document: document_of(candidate.chunk.document) for candidate in candidates}
    found = [
        sentence
        for candidate in candidates
        if (document := documents[candidate.chunk.document]) is not None
        for sentence in _sentences(candidate, document)
    ]
    nearest = sorted(found, key=lambda sentence: (-_nearness(sentence, days), -sentence.similarity))
    asked = question.question.text
    quotable = (_apart(s) for s in nearest if _says_something(s) and is_quotable(s.text, asked))
    return list(islice(quotable, _NEAREST))


def evidence_features(question: Wording, sentences: Sequence[Sentence]) -> Features:
    """What speaks for each sentence, columns by name."""
    stems = [_terms(sentence.document, sentence.span) for sentence in sentences]
    before = [_led_in(question.question, sentence) for sentence in sentences]
    cosines = np.array([sentence.similarity for sentence in sentences])
    scores = np.array([sentence.chunk_score for sentence in sentences])
    asked = question.question
    return {
        "similarity": COSINE_SCALE * (cosines - cosines.max()),
        "chunk": scores - scores.max(),
        "words": np.array([question.count(question.loosely(found)) for found in stems]),
        "context_words": np.array(
            [question.share(question.loosely([*a, *b])) for a, b in zip(stems, before, strict=True)]
        ),
        "figure": np.array([figure_held(asked, s.text) + name_held(asked, s.text) for s in sentences]),
        "identity": np.array([identity_held(asked, sentence.text) for sentence in sentences]),
        "unit": np.array([unit_held(asked, s.text, s.document.language) for s in sentences]),
        "title": np.array([_is_title(sentence) for sentence in sentences], np.float64),
        "asks": np.array([_asks(sentence) for sentence in sentences], np.float64),
    }


def _sentences(candidate: Candidate, document: Document) -> Iterator[Sentence]:
    spans = candidate.chunk.sentences
    for place, (span, cosine) in enumerate(zip(spans, candidate.sentence_similarities, strict=True)):
        yield Sentence(document, span, spans[max(0, place - 1)], float(cosine), candidate.score)


def _says_something(sentence: Sentence) -> bool:
    """Whether a sentence has words, and not only the label of who speaks."""
    said = words(sentence.text)
    return bool(said) and said != words(sentence.speaker)


def _nearness(sentence: Sentence, days: Interval | None) -> int:
    return 0 if days is None else nearness_to_days(sentence.document, sentence.span, days)


def _apart(sentence: Sentence) -> Sentence:
    """The sentence apart from the one before it, if that is none to quote."""
    led_in = is_quotable(sentence.previous.of(sentence.document.text))
    return sentence if led_in else replace(sentence, previous=sentence.span)


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
    """Whether the sentence is the headline, or most of it, which the text often repeats; it has no full stop.

    The title of a document without one is its first sentence, which may well be the answer.
    """
    text, title = sentence.text, words(sentence.document.title)
    said = words(text)
    if text.endswith(".") or not title or len(said) < _MOST_OF_A_TITLE * len(title):
        return False
    return any(title[start : start + len(said)] == said for start in range(len(title)))
