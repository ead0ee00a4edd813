"""Follow-up questions as questions that stand alone, by rules: the topic of the last one is carried over."""

import re
from collections.abc import Sequence

from index.terms import fold, stop_words, words

Turn = tuple[str, str]
"""A question that stands alone, and its answer's text."""

# How follow-ups begin: "¿y dónde…?", "and when…?"
_CONNECTIVE = re.compile(
    r"^[¿¡\s]*(?:y|e|pero|entonces|and|but|then|so|et|mais|alors|e então)\b[\s,]*", re.IGNORECASE
)
_QUESTION_WORD = re.compile(
    r"^[¿¡\s]*"
    r"(?:(?:a|al|de|del|desde|en|por|para|con|hasta|in|on|at|to|from|since|for|with|by|d'|à|em|com)\s+)?"
    r"(?:qué|que|quién(?:es)?|cuándo|dónde|cómo|cuál(?:es)?|cuánt[oa]s?|por qué"
    r"|who|whom|whose|what|when|where|why|which|how(?: many| much| long)?"
    r"|quem|quando|onde|como|qual|quais|quantos?"
    r"|qui|quoi|quand|où|comment|combien|pourquoi|quel(?:le)?s?)\b\s*",
    re.IGNORECASE,
)
_POINTING = frozenset(
    words(
        "eso esa ese esos esas esto esta este estos estas aquello dicha dicho dichos dichas el ella ellos "
        "ellas ello ahi alli entonces mas ademas tambien su sus lo la los las "
        "it he she they them him her its his their that those this these there then more else also "
        "ele ela eles elas isso isto disso dele dela mais il elle ils elles cela ca plus"
    )
)
# Verbs that carry no topic of their own.
_EMPTY_VERBS = frozenset(
    words(
        "es son era fue fueron sera seran esta estan estuvo hay hubo habra ha han va van tiene tienen "
        "is are was were will be been does did do has have had foi sera tem est sont etait"
    )
)
_MOST_WORDS_OF_ITS_OWN = 1


def standalone_question(question: str, history: Sequence[Turn]) -> str:
    """`question` with the topic of the last turn behind it if it leans on that turn; else as it is."""
    if not history or not leans_on_history(question):
        return question
    topic = topic_of(history[-1][0])
    if not topic:
        return question
    opening = "¿" if question.lstrip().startswith("¿") else ""
    asked = _CONNECTIVE.sub("", question).strip("¿¡?!. ")
    first, _, others = topic.partition(" ")
    # "¿Qué más dijo?" brings the verb that the topic begins with.
    if asked.lower().endswith(f" {first.lower()}"):
        topic = others
    return f"{opening}{asked[:1].upper()}{asked[1:]} {topic}?"


def leans_on_history(question: str) -> bool:
    """Whether a question cannot be understood by itself."""
    rest = _QUESTION_WORD.sub("", _CONNECTIVE.sub("", question))
    own = [word for word in words(rest) if not _is_empty(word)]
    if _CONNECTIVE.match(question) and len(own) <= _MOST_WORDS_OF_ITS_OWN + 1:
        return True
    pointing = any(word in _POINTING for word in words(rest))
    return len(own) <= _MOST_WORDS_OF_ITS_OWN and (pointing or not own or _has_no_name(rest))


def topic_of(question: str) -> str:
    """What a question is about: its words without the question word and the bare verb behind it."""
    rest = _QUESTION_WORD.sub("", _CONNECTIVE.sub("", question)).strip().rstrip("?!. ")
    first, _, others = rest.partition(" ")
    return others if fold(first) in _EMPTY_VERBS else rest


def _is_empty(word: str) -> bool:
    return word in _POINTING or word in _EMPTY_VERBS or any(word in stop_words(code) for code in ("es", "en"))


def _has_no_name(text: str) -> bool:
    return not re.search(r"\b[A-ZÁÉÍÓÚÑ]|\d", text)
