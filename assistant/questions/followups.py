"""Follow-up questions as questions that stand alone, by rules: the topic of the last one is carried over."""

from collections.abc import Sequence

from assistant.questions.exchange import Exchange
from assistant.questions.leaning import leans_on_history
from assistant.questions.question_parts import ASKING_WORD, bare, is_verb, lowered, spoken_words
from assistant.questions.replacing import asked_anew, replaced
from assistant.questions.said_anew import said_anew
from assistant.questions.topics import last_asked, topic_of
from index.language import detect_question_language
from prompts import LANGUAGES, phrase

# A question longer than this is a speech: what replaces a part of it can't be told.
_LONGEST_TO_REPLACE_IN = 160
_MOST_WORDS_TO_REPLACE_BY = 6


def standalone_question(question: str, history: Sequence[Exchange], language: str = "") -> str:
    """`question` with what it takes from the last exchange if it leans on that; else as it is.

    `language` is the question's own, told from its words if it is not given; one without phrases is worded as
    in Spanish.
    """
    if not history or not leans_on_history(question):
        return question
    before = history[-1].question
    spoken = language or detect_question_language(question, detect_question_language(before))
    changed = said_anew(question, before) or _with_part_replaced(question, before)
    return changed or _with_topic(question, topic_of(before, history[-1].answer), spoken)


def _with_part_replaced(question: str, before: str) -> str | None:
    """The question before with a part replaced, for a follow-up that is only that part."""
    fragment, last = bare(question), last_asked(before)
    spoken = spoken_words(fragment)
    if len(before) > _LONGEST_TO_REPLACE_IN or len(spoken) > _MOST_WORDS_TO_REPLACE_BY:
        return None
    if ASKING_WORD.match(fragment):
        return asked_anew(last, fragment)
    return None if any(map(is_verb, spoken)) else replaced(last, lowered(fragment))


def _with_topic(question: str, topic: str, language: str) -> str:
    """The question and the topic that it is about: behind its verb where it ends with that, else before it."""
    if not topic:
        return question
    asked = bare(question)
    known = language if language in LANGUAGES else "es"
    opened = "¿" if known == "es" else ""
    if _ends_with_its_verb(asked) and not ASKING_WORD.match(topic):
        return f"{opened}{asked[:1].upper()}{asked[1:]} {topic}?"
    whole = asked if ASKING_WORD.match(asked) else question.strip().removeprefix("¿").rstrip("? ")
    told = lowered(question) if "¿" in whole else f"{opened}{lowered(whole)}?"
    return phrase("about", known, topic=topic, question=told)


def _ends_with_its_verb(asked: str) -> bool:
    """Whether a question is a word of asking and a verb, to which a subject can be added."""
    spoken = spoken_words(ASKING_WORD.sub("", asked))
    return len(spoken) == 1 and is_verb(spoken[0])
