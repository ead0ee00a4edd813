"""What may come in from outside, by whatever way: text that can be stored, and conversations of bounded length.

Checked before anything reads a text: no pattern is searched in one that is too long.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.errors import QuestionRefused

if TYPE_CHECKING:
    from assistant.questions.history import Exchange

LONGEST_QUESTION = 2000  # characters
MOST_TURNS = 300
LONGEST_HISTORY = 200_000  # characters of all its questions and answers


def flaw(text: str) -> str | None:
    """What keeps `text` from being text that can be stored and sent, if anything does."""
    if "\0" in text:
        return "holds the character NUL"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "holds half of a surrogate pair, which is no character"
    return None


def flaw_within(value: object) -> str | None:
    """The flaw of the first text in a value of JSON that has one; names of fields are texts too."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text if (problem := flaw(text)) is not None:
                return problem
            case Mapping() as fields:
                waiting += [*fields, *fields.values()]
            case list() | tuple() as items:
                waiting += items
    return None


def checked(question: str) -> str:
    """The question without space around it. Raises QuestionRefused if it is empty, too long or no text."""
    question = question.strip()
    if len(question) > LONGEST_QUESTION:
        raise QuestionRefused(
            f"The question has {len(question)} characters; {LONGEST_QUESTION} are the most. Ask it shorter.",
            code="question_too_long",
        )
    if not question:
        raise QuestionRefused("The question is empty: ask something.", code="question_empty")
    if (problem := flaw(question)) is not None:
        raise QuestionRefused(f"The question {problem}: ask it in plain words.", code="not_a_text")
    return question


def check_history(history: "Sequence[Exchange]") -> None:
    """Raises QuestionRefused for a conversation with too many turns, too many characters, or what is no text."""
    if len(history) > MOST_TURNS:
        raise QuestionRefused(
            f"The conversation has {len(history)} turns; {MOST_TURNS} are the most. Leave out the oldest.",
            code="history_too_long",
        )
    length = sum(len(turn.question) + len(turn.answer) for turn in history)
    if length > LONGEST_HISTORY:
        raise QuestionRefused(
            f"The conversation has {length} characters; {LONGEST_HISTORY} are the most. Leave out the oldest turns.",
            code="history_too_long",
        )
    for turn in history:
        if (problem := flaw_within([turn.question, turn.answer, turn.documents])) is not None:
            raise QuestionRefused(f"A turn of the conversation {problem}: leave it out.", code="not_a_text")


def recent(history: "Sequence[Exchange]") -> "Sequence[Exchange]":
    """The newest turns that make a conversation of allowed length."""
    newest: list[Exchange] = []
    room = LONGEST_HISTORY
    for turn in reversed(history[-MOST_TURNS:]):
        room -= len(turn.question) + len(turn.answer)
        if room < 0:
            break
        newest.insert(0, turn)
    return newest
