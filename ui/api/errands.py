"""What clients ask of a model for themselves: the title of a conversation, tags, next questions, searches.

Open WebUI sends the conversation between two tags and names the field of the JSON that it wants; LibreChat sends its
first turn and wants the title alone. They are answered from the conversation: no document holds the answer.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assistant.assistant import Assistant
from assistant.next_questions import QuotedStretch
from assistant.questions.exchange import Exchange
from assistant.suggestions import main_names
from index.document import Document, Span
from index.language import detect_question_language

_BEGIN, _END = "<chat_history>", "</chat_history>"
_ROLES = {"USER": "user", "User": "user", "ASSISTANT": "assistant", "AI": "assistant"}
_LONGEST_TITLE = 60  # characters
_MOST_TAGS = 3

Turns = list[Exchange]


def errand(archive: Assistant, text: str) -> str | None:
    """What answers a client's own request; None for a message that is a person's."""
    before, begun, rest = text.partition(_BEGIN)
    inside, ended, after = rest.rpartition(_END)
    if begun and ended:
        key = next((key for key in _ANSWERS if f'"{key}":' in before + after), None)
        turns = list(_turns(inside))
        return None if key is None or not turns else _json({key: _ANSWERS[key](archive, turns)})
    before, begun, rest = text.partition("\nUser: ")
    if not begun or "\nAI: " not in rest or "title" not in before:
        return None
    return _title(archive, list(_turns(f"User: {rest}")))


def _turns(written: str) -> Iterator[Exchange]:
    """The turns of a conversation that is written down, each message behind its role."""
    messages: list[tuple[str, str]] = []
    for line in written.strip().splitlines():
        role, _, words = line.partition(": ")
        if role in _ROLES:
            messages.append((_ROLES[role], words))
        elif messages:
            messages[-1] = (messages[-1][0], f"{messages[-1][1]}\n{line}")
    for (role, words), (follows, answer) in zip(messages, [*messages[1:], ("", "")], strict=True):
        if role == "user":
            yield Exchange(words.strip(), answer if follows == "assistant" else "")


def _title(_: Assistant, turns: Turns) -> str:
    """The first question, as a kept conversation is called, cut between words."""
    question = " ".join(turns[0].question.split())
    if len(question) <= _LONGEST_TITLE:
        return question
    return f"{question[:_LONGEST_TITLE].rpartition(' ')[0] or question[:_LONGEST_TITLE]}…"


def _tags(_: Assistant, turns: Turns) -> list[str]:
    return list(main_names("\n".join(f"{turn.question}\n{turn.answer}" for turn in turns), _MOST_TAGS))


def _follow_ups(archive: Assistant, turns: Turns) -> list[str]:
    """Questions about what the last answer names that the archive can answer."""
    answer, questions = turns[-1].answer, [turn.question for turn in turns]
    language = detect_question_language(questions[-1])
    told = QuotedStretch(Document("", "", "", answer, language), Span(0, len(answer)))
    return list(archive.next_questions([told], questions, language)) if answer else []


def _queries(_: Assistant, turns: Turns) -> list[str]:
    return [turns[-1].question]


def _completion(_: Assistant, turns: Turns) -> str:
    """Nothing: what somebody is about to ask is not ours to guess."""
    return ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


_ANSWERS: Mapping[str, Callable[[Assistant, Turns], Any]] = {
    "title": _title,
    "tags": _tags,
    "follow_ups": _follow_ups,
    "queries": _queries,
    "text": _completion,
}
