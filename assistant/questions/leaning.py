"""Whether a question leans on the turns before it."""

import re

from assistant.questions.question_parts import (
    ASKING_WORD,
    CONNECTIVE,
    PREPOSITION,
    bare,
    is_verb,
    spoken_words,
)
from index.language.names import find_names
from index.language.terms import fold, is_stop_word

_SPANS_OF_TIME = (
    r"(?:año|mes|semana|día|mañana|tarde|noche|momento|sexenio"
    r"|verano|invierno|ano|mês|year|month|week|morning)"
)
# What stands for something said before, whatever else the question names.
# “Dicha reunión” is one spoken of before; “lo dicho” and “ha dicho” are of what somebody says.
_SAID_BEFORE = r"(?<!\blo )(?<!\bha )(?<!\bhan )(?<!\bhabía )(?<!\bhabían )dich[oa]s?"
_POINTS_BACK = re.compile(
    rf"\b(?:eso|esto|aquello|ahí|allí|{_SAID_BEFORE}|isso|isto|disso|cela|ça|that|those|there"
    rf"|(?:es[ea]|es[oa]s|est[ea]|est[oa]s|aquell?[oa]?s?|ess[ea]s?|dest[ea]s?|this|these|cette)\s+(?!{_SPANS_OF_TIME})\w+"
    r"|el mismo|la misma|lo mismo|the same)\b",
    re.IGNORECASE,
)
# What stands for someone or something named before, in the question or in a turn before.
_PRONOUN = re.compile(
    r"\b(?:él|ella|ellos|ellas|sus?|también|además|después|luego|(?:lo|la|los|las|les?)(?=\s+(?P<verb>\w+))"
    r"|\w+[aei]r(?:lo|la|los|las|le|les)|it|he|she|they|them|him|her|hers|his|its|their|also"
    r"|ele|ela|eles|elas|seus?|suas?|dele|dela|il|elle|ils|elles|leur)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:otr[oa]s?|others?|outr[oa]s?|autres?)\b", re.IGNORECASE)
_ASKS_ON = re.compile(rf"{ASKING_WORD.pattern}(?:más|else|more|mais|d’autre)\b", re.IGNORECASE)
_WHICH = re.compile(r"^(?:cuál(?:es)?|which|what|quais|qual|quel(?:le)?s?)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    rf"(?:^|(?<!\w)(?!{PREPOSITION.pattern})\w+\s+)(?:el|la|los|las|the|os|as|les)\s+\w+", re.IGNORECASE
)
_PAST = re.compile(
    r"fue(?:ron)?|era[n]?|hubo|hizo|dijo|tuvo|vino|dijeron|ha|han|was|were|did|had|foi|foram|ont"
    r"|\w{2,}(?:ó|aron|ieron|aba|aban|ían|ou|aram)"
)
_ARTICLES = frozenset("el la los las the o os as le les".split())
_DEFINES = re.compile(r"^(?:qué|what|o que|qu) (?:es|son|is|are|é|est)\b", re.IGNORECASE)
# A question with more words of its own than this stands alone.
_MOST_OF_ITS_OWN = 6
_MOST_WITHOUT_A_NAME = 1
_MOST_BEHIND_A_CONNECTIVE = 2
_LONGEST_BARE_FRAGMENT = 4
_FEWEST_TO_SAY_ENOUGH = 2
_EMPTY = frozenset(
    "el ella su sus otro otra otros otras tambien ademas luego despues antes "
    "es son era fue sera seran va van tiene tienen hay hubo esta estan is are was will did does has".split()
)


def leans_on_history(question: str) -> bool:
    """Whether a question cannot be understood by itself."""
    asked = bare(question)
    rest = ASKING_WORD.sub("", asked)
    own = _words_of_its_own(rest)
    if len(own) > _MOST_OF_ITS_OWN:
        return False
    if _POINTS_BACK.search(asked) or _ASKS_ON.match(asked) or _stands_for_a_name(asked):
        return True
    joined = CONNECTIVE.match(question) is not None
    if rest == asked:
        return (joined or "?" in question) and _is_fragment(asked, own, joined=joined)
    return not find_names(f"x {rest}") and _lacks_a_topic(asked, rest, own, joined=joined)


def says_enough(question: str) -> bool:
    """Whether a question that leans may be put as it is to the documents that it goes on about.

    “¿Y cuándo se presentó la demanda?” lacks only whose; “¿y cuándo la presentó?” also what.
    """
    asked = bare(question)
    rest = ASKING_WORD.sub("", asked)
    back = (
        _POINTS_BACK.search(asked)
        or _ASKS_ON.match(asked)
        or _OTHERS.search(rest)
        or _stands_for_a_name(asked)
    )
    return rest != asked and not back and len(_words_of_its_own(rest)) >= _FEWEST_TO_SAY_ENOUGH


def _stands_for_a_name(asked: str) -> bool:
    """Whether a pronoun stands in the question before any name that it could mean."""
    for pronoun in _PRONOUN.finditer(asked):
        article = pronoun["verb"] is not None and not is_verb(pronoun["verb"])
        if not article and not find_names(asked[: pronoun.start()], first_counts=False):
            return True
    return False


def _lacks_a_topic(asked: str, rest: str, own: list[str], *, joined: bool) -> bool:
    """Of a question that asks with a word of asking and names nothing."""
    if _OTHERS.search(rest):
        return True
    if _DEFINES.match(asked) and own:
        return False
    spoken = spoken_words(rest)
    if not joined and _speaks_of_what_is(asked, rest, spoken):
        return False
    subjectless = bool(spoken) and is_verb(spoken[-1]) and _ARTICLES.isdisjoint(spoken)
    most = _MOST_BEHIND_A_CONNECTIVE if joined else _MOST_WITHOUT_A_NAME
    return subjectless or len(own) <= most


def _speaks_of_what_is(asked: str, rest: str, spoken: list[str]) -> bool:
    """Of a question about what everybody knows, as in "how is the economy": a subject, and no past."""
    past = any(_PAST.fullmatch(word) for word in spoken)
    return _SUBJECT.search(rest) is not None and not past and not _WHICH.match(asked)


def _is_fragment(asked: str, own: list[str], *, joined: bool) -> bool:
    """Of a question without a word of asking: whether it has no verb, or nothing that its verb is about."""
    spoken = spoken_words(asked)
    if not any(map(is_verb, spoken)):
        return joined or len(spoken) <= _LONGEST_BARE_FRAGMENT
    return not find_names(asked, first_counts=False) and len(own) <= _MOST_BEHIND_A_CONNECTIVE


def _words_of_its_own(text: str) -> list[str]:
    """The words that say something: no stop words, no figures, no verbs like "is"."""
    words = (fold(word) for word in spoken_words(text))
    return [word for word in words if not (word.isdigit() or word in _EMPTY or is_stop_word(word))]
