"""How sure it is that the documents answer a question: one calibrated number, 0 to 1."""

import math
import re
from collections.abc import Sequence

from assistant.answer import Evidence
from assistant.finding.answer_form import figure_held, name_held
from assistant.finding.relevance import COSINE_SCALE
from assistant.finding.sentences import terms_of
from assistant.finding.weights import weights
from assistant.questions.question_words import FIGURES
from assistant.questions.understanding import Question
from assistant.questions.wording import Wording, window_share
from index.document import Span
from index.terms import terms

# The evidence that is looked at: the answer is mostly in the first two.
_LOOKED_AT = 2
# Characters around a quote within which the question's names must stand; a transcript is long.
_SURROUNDINGS = 3000
# Characters before a quote that may say what it is about.
_LEAD_IN = 300
# e5's cosine of a question and a sentence that has little to do with it.
_USUAL_COSINE = 0.84
_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?!\d|[.,]\d)")
# What is weighed otherwise where question and document are in different languages; then “foreign_” comes before it.
_BY_LANGUAGE = ("words", "missing", "window", "surroundings", "title_alone", "similarity", "first_similarity")


def confidence(question: Wording, evidence: Sequence[Evidence]) -> float:
    """The probability that the evidence answers; 0 without evidence."""
    if not evidence:
        return 0.0
    known = weights("confidence")
    total = sum(known[name] * value for name, value in confidence_features(question, evidence).items())
    return 1 / (1 + math.exp(-total))


def confidence_features(question: Wording, evidence: Sequence[Evidence]) -> dict[str, float]:
    """What speaks for an answer, by name.

    Of a question in another language only names and words that are alike can stand in a document, so that they
    weigh otherwise there. Where all evidence is from one document, words of its title tell nothing: everything
    there is about them.
    """
    best = evidence[:_LOOKED_AT]
    foreign = question.question.language != best[0].document.language
    documents = {item.document.id for item in evidence}
    figure = figure_held(question.question, best[0].quote) or _unnamed(question, best)
    around = question.loosely([term for item in best for term in _surroundings(item)])
    told = _features_by_language(question, evidence, around)
    return {
        "gap": best[0].score - best[-1].score,
        "documents": float(len(documents)),
        "names": _names_share(question, around),
        "figure": figure,
        "figure_asked": abs(figure),
        "other_year": float(_is_of_another_year(question.question, best[0])),
        "foreign": float(foreign),
        "constant": 1.0,
        **{name: 0.0 if foreign else value for name, value in told.items()},
        **{f"foreign_{name}": value if foreign else 0.0 for name, value in told.items()},
    }


def _features_by_language(
    question: Wording, evidence: Sequence[Evidence], around: frozenset[int]
) -> dict[str, float]:
    """How much of the question the evidence says, and how near it is, named as in `_BY_LANGUAGE`."""
    best = evidence[:_LOOKED_AT]
    quoted = [question.loosely(terms_of(item.document, item.span)) for item in best]
    title = question.loosely(terms(best[0].document.title, best[0].document.language))
    alone = len({item.document.id for item in evidence}) == 1
    values = (
        max(map(question.share, quoted)),
        1.0 - question.share(title.union(*quoted)),
        max(window_share(question, question.hits(_lead_in(item))) for item in best),
        question.share(around),
        question.share(title) if alone else 0.0,
        _nearness(evidence),
        _nearness(best[:1]),
    )
    return dict(zip(_BY_LANGUAGE, values, strict=True))


def _unnamed(question: Wording, best: Sequence[Evidence]) -> float:
    """-1 if a name is wanted and none of the quotes gives one, else 0."""
    return min(0.0, max(name_held(question.question, item.quote) for item in best))


def _is_of_another_year(question: Question, first: Evidence) -> bool:
    """Whether the question names a year, and the quote only others.

    Of what happened in the year of its publication a document need not name the year; a figure has its own.
    """
    asked, told = _years(question.text), _years(first.quote)
    if not asked or not told or asked & told:
        return False
    published = first.document.published
    return question.wants in FIGURES or published is None or str(published.year) not in asked


def _years(text: str) -> frozenset[str]:
    return frozenset(_YEAR.findall(text))


def _nearness(evidence: Sequence[Evidence]) -> float:
    """The highest similarity, about 0 for evidence that has little to do with the question."""
    return COSINE_SCALE * (max(item.similarity for item in evidence) - _USUAL_COSINE)


def _lead_in(item: Evidence) -> list[str]:
    """The stems of a quote and of what leads up to it."""
    return terms_of(item.document, Span(max(0, item.span.start - _LEAD_IN), item.span.end))


def _surroundings(item: Evidence) -> list[str]:
    """The stems of the title and of the text around a quote."""
    document, span = item.document, item.span
    around = Span(max(0, span.start - _SURROUNDINGS), span.end + _SURROUNDINGS)
    return [*terms(document.title, document.language), *terms_of(document, around)]


def _names_share(question: Wording, around: frozenset[int]) -> float:
    """The share of the question's names and numbers, by weight, that stand around; 1 if it has none."""
    names = _names(question)
    return question.share(names & around) / question.share(names) if names else 1.0


def _names(question: Wording) -> frozenset[int]:
    """The question's words that are proper names or numbers."""
    asked = question.question
    named = question.hits(terms(" ".join(asked.names), asked.language))
    numbers = {place for term, place in question.places.items() if term[0].isdigit()}
    return frozenset(numbers | {word for _, word in named})
