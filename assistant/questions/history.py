"""What a follow-up question may lean on, and whether one does."""

import re
from dataclasses import dataclass

from assistant.questions.question_parts import (
    ASKING_WORD,
    CONNECTIVE,
    PREPOSITION,
    bare,
    is_verb,
    spoken,
    spoken_words,
)
from index.document import Span
from index.language.lists import listed_words
from index.language.mentions import find_names
from index.language.terms import fold, is_stop_word


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """A quote of an answer before: the number it had there, where it stands, and if they are known its words, and those
    of them that answer.
    """

    marker: int
    document: str
    span: Span
    words: str = ""
    focus: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that stands alone, the text of its answer, and the ids of the documents that the answer cites.

    `citations` are the quotes themselves, where they are known; so is whether it was told as `sure`. `topic` is what
    the question was told to be about, which its own words leave out.
    """

    question: str
    answer: str = ""
    documents: tuple[str, ...] = ()
    citations: tuple[CitedSpan, ...] = ()
    sure: bool | None = None
    topic: str = ""


_POINTS_BACK = re.compile(
    rf"\b(?:{spoken('points_back')}|{spoken('demonstratives')}\s+(?!{spoken('times')})\w+)\b", re.IGNORECASE
)
_PRONOUN = re.compile(rf"\b(?:{spoken('pronouns')}|{spoken('objects')}(?=\s+(?P<verb>\w+)))\b", re.IGNORECASE)
_OTHERS = re.compile(rf"\b{spoken('others')}\b", re.IGNORECASE)
_ASKS_ON = re.compile(rf"{ASKING_WORD.pattern}{spoken('else')}\b", re.IGNORECASE)
_WHICH = re.compile(rf"{spoken('which')}\b", re.IGNORECASE)
_SURE_ARTICLE = re.compile(rf"\b{spoken('sure_articles')}\b", re.IGNORECASE)
_SUBJECT = re.compile(
    rf"(?:^|(?<!\w)(?!{PREPOSITION.pattern})\w+\s+){spoken('sure_articles')}\s+\w+", re.IGNORECASE
)
_PAST = re.compile(spoken("past"))
_DEFINES = re.compile(rf"{spoken('defining')}\b", re.IGNORECASE)
# A question with more words of its own than this stands alone.
_MOST_OF_ITS_OWN = 6
_MOST_WITHOUT_A_NAME = 1
_MOST_BEHIND_A_CONNECTIVE = 2
_LONGEST_BARE_FRAGMENT = 4
_FEWEST_TO_SAY_ENOUGH = 2


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
    last = spoken_words(rest)[-1:]
    if not joined and _speaks_of_what_is(asked, rest):
        return False
    subjectless = any(map(is_verb, last)) and _SURE_ARTICLE.search(rest) is None
    most = _MOST_BEHIND_A_CONNECTIVE if joined else _MOST_WITHOUT_A_NAME
    return subjectless or len(own) <= most


def _speaks_of_what_is(asked: str, rest: str) -> bool:
    """Of a question about what everybody knows, as in "how is the economy": a subject, and no past."""
    past = any(_PAST.fullmatch(word) for word in spoken_words(rest))
    return _SUBJECT.search(rest) is not None and not past and not _WHICH.match(asked)


def _is_fragment(asked: str, own: list[str], *, joined: bool) -> bool:
    """Of a question without a word of asking: whether it has no verb, or nothing that its verb is about."""
    said = spoken_words(asked)
    if not any(map(is_verb, said)):
        return joined or len(said) <= _LONGEST_BARE_FRAGMENT
    return not find_names(asked, first_counts=False) and len(own) <= _MOST_BEHIND_A_CONNECTIVE


def _words_of_its_own(text: str) -> list[str]:
    """The words that say something: no stop words, no figures, no verbs like "is"."""
    empty = listed_words("questions", "empty")
    words = (fold(word) for word in spoken_words(text))
    return [word for word in words if not (word.isdigit() or word in empty or is_stop_word(word))]
