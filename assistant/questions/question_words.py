"""The kinds of answer, and the wordings that ask for each, read from `question_patterns/<language>.toml`."""

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files


class AnswerType(StrEnum):
    """The kind of answer that a question wants."""

    PERSON = "person"
    ROLE = "role"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    PLACE = "place"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    REASON = "reason"
    PURPOSE = "purpose"
    DEFINITION = "definition"
    STATEMENT = "statement"
    MANNER = "manner"
    LIST = "list"
    THING = "thing"
    SUMMARY = "summary"
    YES_NO = "yes or no"
    OTHER = "other"


FIGURES = frozenset(
    {
        AnswerType.DATE,
        AnswerType.TIME,
        AnswerType.DURATION,
        AnswerType.NUMBER,
        AnswerType.MONEY,
        AnswerType.PERCENT,
    }
)
"""The kinds of answer that are figures or days."""

_LEAD_IN = "(?:(?:y|e|o|pero|entonces|and|but|so|mas|et|mais|dime|digame|tell me|please) )?"

_ASKING = """
    que quien quienes cual cuales cuando donde adonde como cuanto cuanta cuantos cuantas
    what who whom whose which when where why how
    quem qual quais onde quando quanto quanta quantos quantas
    qui quoi quel quelle quels quelles quand combien comment pourquoi
"""
ASKING = frozenset(_ASKING.split())
"""The words that ask, folded."""


@cache
def patterns(language: str) -> tuple[tuple[AnswerType, re.Pattern[str]], ...]:
    """What to match against the start of a folded question, in order; the first match decides.

    A pattern's group `unit` is the thing counted or asked for.
    """
    table = tomllib.loads((files(__package__) / "question_patterns" / f"{language}.toml").read_text("utf-8"))
    return tuple(
        (AnswerType[name.upper()], re.compile(f"^{_LEAD_IN}{alternative}"))
        for name, alternatives in table.items()
        for alternative in alternatives
    )
