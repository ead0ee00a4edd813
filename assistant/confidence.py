"""How sure it is that the documents answer a question: one calibrated number, 0 to 1."""

import math
from collections.abc import Sequence

from assistant.answer import Evidence
from assistant.answer_form import form_held
from assistant.relevance import COSINE_SCALE
from assistant.weights import weights
from assistant.wording import Wording
from index.documents import Span
from index.terms import terms

# The evidence that is looked at: the answer is mostly in the first two.
_LOOKED_AT = 2
# Characters around a quote within which the question's names must stand; a transcript is long.
_SURROUNDINGS = 3000
# e5's cosine of a question and a sentence that has little to do with it.
_USUAL_COSINE = 0.84
_RAREST = 10.0


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
    """
    best = evidence[:_LOOKED_AT]
    asked = question.question
    foreign = asked.language != best[0].document.language
    nearest = COSINE_SCALE * (max(item.similarity for item in evidence) - _USUAL_COSINE)
    around = question.loosely([term for item in best for term in _surroundings(item)])
    lexical = {
        "words": max(question.share(question.loosely(_terms(item))) for item in best),
        "surroundings": question.share(around),
        "missing": _heaviest_missing(question, around),
        "similarity": nearest,
    }
    names = _names(question)
    return {
        **{name: 0.0 if foreign else value for name, value in lexical.items()},
        "names": question.share(names & around) / question.share(names) if names else 1.0,
        "form": max(form_held(asked, item.quote) for item in best),
        "foreign": float(foreign),
        "foreign_similarity": nearest if foreign else 0.0,
        "foreign_surroundings": lexical["surroundings"] if foreign else 0.0,
        "constant": 1.0,
    }


def _terms(item: Evidence) -> list[str]:
    return terms(item.quote, item.document.language)


def _surroundings(item: Evidence) -> list[str]:
    """The stems of the title and of the text around a quote."""
    document = item.document
    around = Span(max(0, item.span.start - _SURROUNDINGS), item.span.end + _SURROUNDINGS)
    return terms(f"{document.title} {around.of(document.text)}", document.language)


def _names(question: Wording) -> frozenset[int]:
    """The question's words that are proper names or numbers."""
    asked = question.question
    named = question.hits(terms(" ".join(asked.names), asked.language))
    numbers = {place for term, place in question.places.items() if term[0].isdigit()}
    return frozenset(numbers | {word for _, word in named})


def _heaviest_missing(question: Wording, found: frozenset[int]) -> float:
    """The weight of the rarest word that is not there, 0 to about 1."""
    missing = [weight for word, weight in enumerate(question.weights) if word not in found]
    return max(missing, default=0.0) / _RAREST
