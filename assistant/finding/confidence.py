"""How sure it is that the documents answer a question: one calibrated number, 0 to 1."""

import math
from collections.abc import Sequence

from assistant.answer import Evidence
from assistant.finding.relevance import COSINE_SCALE
from assistant.finding.weights import weights
from assistant.questions.wording import Wording, window_share
from index.documents import Document, Span
from index.terms import terms

# The evidence that is looked at: the answer is mostly in the first two.
_LOOKED_AT = 2
# Characters around a quote within which the question's names must stand; a transcript is long.
_SURROUNDINGS = 3000
# Characters before a quote that may say what it is about.
_LEAD_IN = 300
# e5's cosine of a question and a sentence that has little to do with it.
_USUAL_COSINE = 0.84


def confidence(question: Wording, evidence: Sequence[Evidence]) -> float:
    """The probability that the evidence answers; 0 without evidence."""
    if not evidence:
        return 0.0
    known = weights("confidence")
    total = sum(known[name] * value for name, value in confidence_features(question, evidence).items())
    return 1 / (1 + math.exp(-total))


def confidence_features(question: Wording, evidence: Sequence[Evidence]) -> dict[str, float]:
    """What speaks for an answer, by name.

    Words tell of it only where question and document share a language; else nearness has to, and the names.
    Where all evidence is from one document, words of its title tell nothing: everything there is about them.
    """
    best = evidence[:_LOOKED_AT]
    foreign = question.question.language != best[0].document.language
    nearest = COSINE_SCALE * (max(item.similarity for item in evidence) - _USUAL_COSINE)
    documents = {item.document.id: item.document for item in evidence}
    around = question.loosely([term for item in best for term in _surroundings(item)])
    names = _names(question)
    features = {
        "gap": best[0].score - best[-1].score,
        "documents": float(len(documents)),
        "names": question.share(names & around) / question.share(names) if names else 1.0,
        "foreign": float(foreign),
        "constant": 1.0,
    }
    if foreign:
        silent = dict.fromkeys(("words", "window", "surroundings", "title_alone", "similarity"), 0.0)
        return (
            features
            | silent
            | {"foreign_similarity": nearest, "foreign_surroundings": question.share(around)}
        )
    return features | {
        "words": max(question.share(question.loosely(_terms(item.document, item.span))) for item in best),
        "window": max(window_share(question, question.hits(_lead_in(item))) for item in best),
        "surroundings": question.share(around),
        "title_alone": _title_share(question, best[0].document) if len(documents) == 1 else 0.0,
        "similarity": nearest,
        "foreign_similarity": 0.0,
        "foreign_surroundings": 0.0,
    }


def _terms(document: Document, span: Span) -> list[str]:
    return terms(span.of(document.text), document.language)


def _lead_in(item: Evidence) -> list[str]:
    """The stems of a quote and of what leads up to it."""
    return _terms(item.document, Span(max(0, item.span.start - _LEAD_IN), item.span.end))


def _title_share(question: Wording, document: Document) -> float:
    return question.share(question.loosely(terms(document.title, document.language)))


def _surroundings(item: Evidence) -> list[str]:
    """The stems of the title and of the text around a quote."""
    document, span = item.document, item.span
    around = Span(max(0, span.start - _SURROUNDINGS), span.end + _SURROUNDINGS)
    return [*terms(document.title, document.language), *_terms(document, around)]


def _names(question: Wording) -> frozenset[int]:
    """The question's words that are proper names or numbers."""
    asked = question.question
    named = question.hits(terms(" ".join(asked.names), asked.language))
    numbers = {place for term, place in question.places.items() if term[0].isdigit()}
    return frozenset(numbers | {word for _, word in named})
