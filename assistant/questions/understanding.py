"""What a question asks for, read off its words by the wordings of `question_patterns/<language>.toml`."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from index.language.names import find_names
from index.language.terms import LANGUAGES, fold, stem, stop_words, terms, words


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


__all__ = ["AnswerType", "Question", "understand"]

_CLAUSE_START = re.compile(r"[¿,:;—]|(?<=[.!?])\s")
# “dónde y cuándo”, “en qué ciudad y en qué mes”
_BEFORE_ASKING = r"(?:en |a |de |desde |hasta |in )?"
_TWO_ASKED = re.compile(rf"{_BEFORE_ASKING}(\w+)(?: \w+)? (?:y|e|and|et) (?={_BEFORE_ASKING}(\w+))")
_PLURAL = re.compile(
    r"\b(?:qui[eé]nes|cu[aá]les|quais|quels|quelles|who\s+(?:are|were)|which\s+\w+s)\b", re.IGNORECASE
)
# “¿Quién es la directora…?”, “¿quién preside…?”: one person, who has a name.
_OFFICE = re.compile(
    r"quien (?:(?:es|era|fue|sera) (?:el|la) (?!mas |que )"
    r"|(?:presid|dirig|encabez|lider|coordin|gobern|gobiern|conduc)\w*)"
    r"|who (?:(?:is|was|will be) (?:the (?!most )|\w+ s )|(?:chair|head|lead|led|direct|presid|run|ran|govern)\w*)"
    r"|quem (?:(?:e|era|foi|sera) [oa] |(?:presid|dirig|lider|coorden|govern)\w*)"
    r"|qui (?:est l[ea] |(?:presid|dirig|gouvern)\w*)"
)
# Verbs that by their last letter look like nouns in the plural: “¿qué sabes de…?”, “what causes…?”.
_VERBS_IN_S = frozenset(
    "sabes tienes dices piensas puedes opinas recomiendas debes crees haces quieres sabemos tenemos debemos podemos "
    "hacemos queremos vamos pagamos causes makes happens means goes comes costs owes".split()
)
_NAME_AFTER_WHO = re.compile(
    r"(?i:qui[eé]n(?:es)?\s+(?:es|era|fue|son)|who\s+(?:is|was|are)|quem\s+(?:é|foi)|qui\s+est)"
    r"\s+[A-ZÁÉÍÓÚÑÂÊÈ](?!\w*['’]s\b)"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what can be told from its wording.

    `language` is one of es, en, pt, fr. `terms` are the stems of its content words and `names` its proper
    names as written. `unit` is the stem of what is counted or asked for (“casos” in “¿cuántos casos…?”).
    `plural` tells whether several answers are asked for (“¿quiénes…?”, “¿en qué departamentos…?”).
    `also` is the second kind asked for (“¿dónde y cuándo…?”). `office` tells whether it is asked who holds an
    office (“¿quién preside…?”), which only a name answers.
    """

    text: str
    language: str
    wants: AnswerType
    terms: tuple[str, ...]
    names: tuple[str, ...]
    unit: str = ""
    plural: bool = False
    also: AnswerType | None = None
    office: bool = False


def understand(text: str, language: str) -> Question:
    """The question `text`, classified by the patterns of `language` (Spanish where it has none)."""
    known = language if language in LANGUAGES else "es"
    clause, wants, noun = _classify(text, known)
    unit = "" if noun in stop_words(known) or noun in _VERBS_IN_S else noun
    return Question(
        text=text,
        language=known,
        wants=wants,
        terms=tuple(dict.fromkeys(term for term in terms(text, known) if term not in ASKING)),
        names=tuple(span.of(text) for span in find_names(text, first_counts=False)),
        unit=stem(unit, known) if unit else "",
        plural=_PLURAL.search(text) is not None or unit.endswith("s"),
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
    if joint is None or joint[1] not in ASKING or joint[2] not in ASKING:
        return None
    # “a qué hora” is a time with its preposition, “en dónde” a place without.
    rests = (clause[joint.end() :], clause[joint.start(2) :])
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
    # Without its accent "que" is mostly a conjunction.
    return fold(word) in ASKING and (
        word.casefold() not in {"que", "como", "cuando", "donde", "quien", "qui", "porque"}
    )


def _refined(wants: AnswerType, clause: str) -> AnswerType:
    if wants is AnswerType.PERSON and _NAME_AFTER_WHO.search(clause):
        return AnswerType.ROLE
    return wants
