"""Whether a sentence holds something of the form that a question wants: a date, a number, a name, a place."""

from assistant.extraction.candidates import FINDERS
from assistant.extraction.identity import find_identity
from assistant.extraction.moments import find_moments
from assistant.questions.understanding import AnswerType, Question
from index.terms import terms

_FIGURES = frozenset(
    {
        AnswerType.DATE,
        AnswerType.TIME,
        AnswerType.DURATION,
        AnswerType.NUMBER,
        AnswerType.MONEY,
        AnswerType.PERCENT,
    }
)


def form_held(question: Question, sentence: str) -> float:
    """1 if `sentence` holds the form wanted, -1 if not, 0 if the question wants no form that shows."""
    if question.wants is AnswerType.DATE:
        return 1.0 if find_moments(sentence) else -1.0
    find = FINDERS.get(question.wants)
    if find is None:
        return 0.0
    return -1.0 if next(iter(find(sentence)), None) is None else 1.0


def figure_held(question: Question, sentence: str) -> float:
    """`form_held` for dates and figures alone: people and places often go by no name (“los vecinos”)."""
    return form_held(question, sentence) if question.wants in _FIGURES else 0.0


def identity_held(question: Question, sentence: str) -> float:
    """1 if `sentence` says who or what it is that the question asks for, else 0."""
    asked = question.wants in (AnswerType.ROLE, AnswerType.DEFINITION)
    return float(asked and find_identity(question, sentence) is not None)


def unit_held(question: Question, sentence: str, language: str) -> float:
    """1 if what is counted or asked for (“casos”, “departamento”) stands in `sentence`, else 0."""
    return float(bool(question.unit) and question.unit in terms(sentence, language))
