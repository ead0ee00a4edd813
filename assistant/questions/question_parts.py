"""The parts of a question as it is spoken: how it opens, the word that asks, its finite verbs."""

import re

from index.language.lists import any_phrase, listed_words
from index.language.terms import fold, is_stop_word


def spoken(role: str) -> str:
    """A pattern for the words of questions that do one thing, of any language."""
    return any_phrase("questions", role)


CONNECTIVE = re.compile(rf"^[¿¡\s]*(?:{spoken('connectives')}\b[\s,]*)+", re.IGNORECASE)
"""How a follow-up begins: "¿y dónde…?", "and when…?"."""

ASKING_WORD = re.compile(rf"^[¿¡\s]*(?:{spoken('prepositions')}\s+)?{spoken('asking')}\b\s*", re.IGNORECASE)
"""The word that asks, with the preposition before it, at the start of a question."""

PREPOSITION = re.compile(rf"{spoken('prepositions')}\b", re.IGNORECASE)

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_ASKED = re.compile(r"¿[^¿?]*\?|(?<![^.?!¿])[^.?!¿]++\?")
_TAG = re.compile(r",?(?<!\s)\s*+¿\w+\?$")
# "…, ¿no?" asks nothing by itself.
_TAG_WORDS = 3
_ENDINGS = re.compile(rf"\w{{2}}{spoken('verb_endings')}$", re.IGNORECASE)
_NOUNS = re.compile(spoken("nouns_like_verbs"), re.IGNORECASE)


def is_verb(word: str) -> bool:
    """Whether a word is, by its form, a finite verb; many forms of the present are not known as such."""
    known = word.casefold() in listed_words("questions", "finite_verbs")
    return known or (_ENDINGS.search(word) is not None and not _NOUNS.fullmatch(word))


def spoken_words(text: str) -> list[str]:
    """The words in lower case, accents kept: "él" is not "el"."""
    return re.findall(r"[\w’']+", text.casefold())


def bare(question: str) -> str:
    """A question without its marks and the connective that opens it."""
    return CONNECTIVE.sub("", question.strip()).strip("¿¡?!.… ")


def lowered(text: str) -> str:
    """The text with a small first letter, unless it begins with a name."""
    first = next(iter(text.split()), "")
    return text if _may_be_a_name(first) else text[:1].lower() + text[1:]


def _may_be_a_name(word: str) -> bool:
    """Whether a capital that begins a sentence may be a name's: the word neither asks nor joins nor acts."""
    common = is_stop_word(fold(word))
    return not (common or is_verb(word) or ASKING_WORD.match(word))


def last_asked(text: str) -> str:
    """The last question of a speech that has several sentences; all of it if it has none that says much."""
    telling = [match[0].strip() for match in _ASKED.finditer(text) if len(match[0].split()) > _TAG_WORDS]
    return telling[-1] if telling else SENTENCE_END.split(_TAG.sub("", text.strip()))[-1]
