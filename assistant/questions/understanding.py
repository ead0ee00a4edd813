"""What a question asks for, read off its words by the patterns of its language."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assistant.questions.question_parts import spoken
from index.language.lists import listed_words, table_of
from index.language.terms import LANGUAGES, fold, stop_words, terms, words


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

_LEAD_IN = f"(?:(?:{spoken('connectives')}|{spoken('requests')}) )?"
ASKING = listed_words("questions", "asking_words")
"""The words that ask, folded."""


@cache
def patterns(language: str) -> tuple[tuple[AnswerType, re.Pattern[str]], ...]:
    """What to match against the start of a folded question, in order; the first match decides.

    A pattern's group `unit` is the thing counted or asked for.
    """
    return tuple(
        (AnswerType[name.upper()], re.compile(f"^{_LEAD_IN}{alternative}"))
        for name, alternatives in table_of(f"question_patterns/{language}").items()
        for alternative in alternatives
    )


_CLAUSE_START = re.compile(r"[¿,:;—]|(?<=[.!?])\s")
# “dónde y cuándo”, “en qué ciudad y en qué mes”
_BEFORE_ASKING = rf"(?:{spoken('before_joined')} )?"
_TWO_ASKED = re.compile(
    rf"{_BEFORE_ASKING}(?P<one>\w+)(?: \w+)? {spoken('joints')} (?={_BEFORE_ASKING}(?P<other>\w+))"
)
_PLURAL = re.compile(rf"\b{spoken('plurals')}\b", re.IGNORECASE)
# “¿Quién es la directora…?”, “¿quién preside…?”: one person, who has a name.
_OFFICE = re.compile(spoken("offices"))
_NAME_AFTER_WHO = re.compile(rf"(?i:{spoken('who_is')})\s+[^\W\d_a-zß-öø-ÿ](?!\w*['’]s\b)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what can be told from its wording.

    `language` is one of es, en, pt, fr. `terms` are the stems of its content words. `plural` tells whether several
    answers are asked for (“¿quiénes…?”, “¿en qué departamentos…?”). `also` is the second kind asked for (“¿dónde y
    cuándo…?”). `office` tells whether it is asked who holds an office (“¿quién preside…?”), which only a name answers.
    """

    text: str
    language: str
    wants: AnswerType
    terms: tuple[str, ...]
    plural: bool = False
    also: AnswerType | None = None
    office: bool = False


def understand(text: str, language: str) -> Question:
    """The question `text`, classified by the patterns of `language` (Spanish where it has none)."""
    known = language if language in LANGUAGES else "es"
    clause, wants, noun = _classify(text, known)
    is_noun = noun not in stop_words(known) and noun not in listed_words("questions", "verbs_in_s")
    return Question(
        text=text,
        language=known,
        wants=wants,
        terms=tuple(dict.fromkeys(term for term in terms(text, known) if term not in ASKING)),
        plural=_PLURAL.search(text) is not None or (is_noun and noun.endswith("s")),
        also=_second(clause, known),
        office=wants is AnswerType.PERSON and _OFFICE.match(clause) is not None,
    )


def _classify(text: str, language: str) -> tuple[str, AnswerType, str]:
    """The folded clause that asks, what it wants, and the unit in it."""
    for clause in _asking_clauses(text):
        folded = " ".join(words(clause))
        for wants, pattern in patterns(language):
            match = pattern.match(folded)
            if match is not None:
                return folded, _refined(wants, clause), match.groupdict().get("unit") or ""
    return "", (AnswerType.YES_NO if "?" in text else AnswerType.OTHER), ""


def _second(clause: str, language: str) -> AnswerType | None:
    """What the second of two joined asking words wants, as in “dónde y cuándo”."""
    joint = _TWO_ASKED.match(clause)
    if joint is None or joint["one"] not in ASKING or joint["other"] not in ASKING:
        return None
    # “a qué hora” is a time with its preposition, “en dónde” a place without.
    rests = (clause[joint.end() :], clause[joint.start("other") :])
    found = (wants for wants, pattern in patterns(language) if any(map(pattern.match, rests)))
    return next(found, None)


def _asking_clauses(text: str) -> list[str]:
    """Where the question may begin: behind ¿ first, then at its start, then behind each comma."""
    parts = [text[match.end() :] for match in _CLAUSE_START.finditer(text)]
    opened = [
        part for part, match in zip(parts, _CLAUSE_START.finditer(text), strict=True) if match[0] == "¿"
    ]
    return [*opened, text, *parts, *_behind_asking_words(text)]


def _behind_asking_words(text: str) -> list[str]:
    """The text from each asking word on, for “In 2019, Mexico exported to which country?”."""
    return [text[word.start() :] for word in re.finditer(r"\w+", text) if _asks(word[0])]


def _asks(word: str) -> bool:
    """Whether a word asks wherever it stands: without its accent "que" is mostly a conjunction."""
    return fold(word) in ASKING and word.casefold() not in listed_words("questions", "conjunctions")


def _refined(wants: AnswerType, clause: str) -> AnswerType:
    if wants is AnswerType.PERSON and _NAME_AFTER_WHO.search(clause):
        return AnswerType.ROLE
    return wants
