"""Whether a question asks after what has happened or after what is to come."""

import re
from enum import StrEnum

from assistant.questions.question_parts import spoken_words

_PAST = re.compile(
    r"fue(?:ron)?|era[n]?|hubo|hizo|dijo|tuvo|vino|dijeron|ha|han|was|were|did|had|foi|foram|ont"
    r"|\w{2,}(?:ó|aron|ieron|aba|aban|ían|ou|aram)"
)
_FUTURE = re.compile(r"va|van|vamos|will|shall|vai|vão|vont|\w{2,}(?:rá|rán|rão|ront)|(?:au|se|fe)ra")

# “¿Para qué fecha estaba prevista…?”: what was planned may be to come.
_PLANNED = re.compile(
    r"\b(?:para|for|pour)\s+(?:qu[eé]|cu[aá]ndo|what|which|when|quando|quel)\b"
    r"|\b(?:previst|fijad|programad|planead|planejad|planned|scheduled|prévu|iba[n]?\s+a\b)",
    re.IGNORECASE,
)


class Tense(StrEnum):
    """The time that a verb is in; None stands for the present, which tells of either."""

    PAST = "past"
    FUTURE = "future"


def tense_of(question: str) -> Tense | None:
    """The tense of the first verb in the question that is not of the present, behind its last “¿”.

    None also for what was planned.
    """
    _, _, asked = question.rpartition("¿")
    if _PLANNED.search(asked):
        return None
    told = (tense for word in spoken_words(asked) if (tense := _tense_of_word(word)) is not None)
    return next(told, None)


def is_past(word: str) -> bool:
    """Whether a word, in lower case, is a verb of the past by its form."""
    return _PAST.fullmatch(word) is not None


def _tense_of_word(word: str) -> Tense | None:
    if _FUTURE.fullmatch(word):
        return Tense.FUTURE
    return Tense.PAST if is_past(word) else None
