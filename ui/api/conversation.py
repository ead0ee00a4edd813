"""A conversation as clients send it, whole with every request: its question, and the turns before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.incoming import recent
from assistant.questions.exchange import Exchange
from assistant.questions.followups import standalone_question
from prompts import phrase
from ui.api.errors import RequestFailed
from ui.api.messages import Message

_MOST_TURNS = 100  # the newest ones; clients send conversations that have gone on for months


@dataclass(frozen=True, slots=True)
class Sent:
    """A question and the turns that it may lean on, each standing alone. `is_all_read`: nothing of it was left out."""

    question: str
    history: tuple[Exchange, ...]
    is_all_read: bool

    def note(self, language: str) -> str:
        """What is told behind the answer of parts of the question that were not read; nothing if all were."""
        return "" if self.is_all_read else f"\n\n{phrase('unread_parts', language)}"


def conversation(messages: Sequence[Message], param: str) -> Sent:
    """The question that the messages end with, and the turns before it.

    System messages are left out: what an answer may say is settled by its evidence. So are the oldest turns of a
    conversation that is too long. Raises RequestFailed, which names the field `param`, unless the user's words are
    the last.
    """
    if not messages or messages[-1].role != "user":
        raise RequestFailed(400, "The last message must be the user's: it is the question.", param=param)
    turns: list[Exchange] = []
    for exchange in recent(list(_exchanges(messages[:-1]))[-_MOST_TURNS:]):
        turns.append(replace(exchange, question=standalone_question(exchange.question, turns)))
    return Sent(messages[-1].text(), tuple(turns), messages[-1].is_text())


def _exchanges(messages: Sequence[Message]) -> Iterator[Exchange]:
    """What the user said last before each of the assistant's messages, with that message.

    Either may have no words: a picture, or the call of a tool.
    """
    question = ""
    for message in messages:
        if message.role == "user":
            question = message.text() or question
        elif message.role == "assistant" and question and message.text():
            yield Exchange(question, message.text())
            question = ""
