"""Follow-up questions as questions that stand alone, by rules: the topic of the last one is carried over."""

from collections.abc import Sequence

from assistant.leaning import leans_on_history
from assistant.question_parts import ASKING_WORD, bare, is_verb, spoken_words
from assistant.replacing import replaced
from assistant.topics import last_asked, topic_of
from prompts import LANGUAGES, phrase

Turn = tuple[str, str]
"""A question that stands alone, and its answer's text."""

# A question longer than this is a speech: what replaces a part of it can't be told.
_LONGEST_TO_REPLACE_IN = 160
_MOST_WORDS_TO_REPLACE_BY = 6


def standalone_question(question: str, history: Sequence[Turn], language: str = "es") -> str:
    """`question` with what it takes from the last turn if it leans on that turn; else as it is.

    `language` is the question's own; in one without phrases the question is worded as in Spanish.
    """
    if not history or not leans_on_history(question):
        return question
    before, answer = history[-1]
    return _with_part_replaced(question, before) or _with_topic(question, topic_of(before, answer), language)


def _with_part_replaced(question: str, before: str) -> str | None:
    """The question before with a part replaced, for a follow-up that is only that part."""
    fragment = bare(question)
    spoken = spoken_words(fragment)
    if ASKING_WORD.match(fragment) or any(map(is_verb, spoken)):
        return None
    if len(before) > _LONGEST_TO_REPLACE_IN or len(spoken) > _MOST_WORDS_TO_REPLACE_BY:
        return None
    return replaced(last_asked(before), fragment)


def _with_topic(question: str, topic: str, language: str) -> str:
    """The question behind the topic that it is about; right behind its verb where that is all it says."""
    asked = bare(question)
    opened = "¿" if language == "es" else ""
    known = language if language in LANGUAGES else "es"
    if not topic:
        return question
    return phrase("about", known, topic=topic, question=f"{opened}{_lowered(asked)}?")


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
