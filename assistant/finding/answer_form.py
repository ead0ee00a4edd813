"""Whether a sentence holds something of the form that a question wants: a date, a number, a name, a place."""

from assistant.extraction.candidates import FINDERS, find_persons, is_organisation
from assistant.extraction.holder import find_holder
from assistant.extraction.identity import find_identity
from assistant.extraction.moments import find_moments
from assistant.questions.question_words import FIGURES, IDENTITIES
from assistant.questions.understanding import AnswerType, Question
from index.terms import terms, words


def form_held(question: Question, sentence: str) -> float:
    """1 if `sentence` holds the form wanted, -1 if not, 0 if the question wants no form that shows."""
    if question.office:
        return 1.0 if _names_somebody(question, sentence) else -1.0
    if question.wants is AnswerType.DATE:
        return 1.0 if find_moments(sentence) else -1.0
    find = FINDERS.get(question.wants)
    if find is None:
        return 0.0
    return -1.0 if next(iter(find(sentence)), None) is None else 1.0


def figure_held(question: Question, sentence: str) -> float:
    """`form_held` for dates and figures alone: people and places often go by no name (“los vecinos”)."""
    return form_held(question, sentence) if question.wants in FIGURES else 0.0


def name_held(question: Question, sentence: str) -> float:
    """`form_held` for who holds an office, which only a name answers."""
    return form_held(question, sentence) if question.office else 0.0


def _names_somebody(question: Question, sentence: str) -> bool:
    """Whether `sentence` names a person whom the question does not; a lone word that begins it may be none."""
    asked = set(words(question.text))
    names = (span for span in find_persons(sentence) if span.start > 0 or " " in span.of(sentence))
    told = (name.of(sentence) for name in names)
    return any(not is_organisation(name) and not set(words(name)) <= asked for name in told)


def identity_held(question: Question, sentence: str) -> float:
    """1 if `sentence` says who or what it is that the question asks for, or who holds the office, else 0."""
    if question.office:
        return float(find_holder(question, sentence, whole=True) is not None)
    return float(question.wants in IDENTITIES and find_identity(question, sentence) is not None)


def unit_held(question: Question, sentence: str, language: str) -> float:
    """1 if what is counted or asked for (“casos”, “departamento”) stands in `sentence`, else 0."""
    return float(bool(question.unit) and question.unit in terms(sentence, language))
