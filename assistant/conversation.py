"""A conversation: follow-up questions understood, every turn kept."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Event, Finished, finished
from assistant.answer_json import answer_from_dict
from assistant.errors import HemerotecaError
from assistant.incoming import recent
from assistant.people.conversations import Conversations, Turn, Verdict
from index.document import Document, Span
from index.filters import EVERYTHING, DocumentFilter

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.questions.history import CitedSpan, Exchange

_log = logging.getLogger(__name__)


class Conversation:
    """Turns that build on each other. `id` is None until the first answer is finished."""

    def __init__(self, assistant: "Assistant", id: str | None = None, user: str = "") -> None:
        """Begin a conversation, or resume the one of that id. Raises UnknownConversation.

        Where conversations are kept is not opened for one that begins: its first answer may come without it.
        """
        self._assistant, self._user = assistant, user
        self.id = id
        self._learning = Lock()
        self._turns = [] if id is None else self._kept.turns(id, user)
        self._unkept: list[Exchange] = []

    @property
    def _kept(self) -> Conversations:
        return self._assistant.conversations

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was asked and answered, oldest first."""
        return tuple(self._turns)

    def catch_up(self) -> None:
        """Learn the turns that were added meanwhile, by others too. Raises UnknownConversation."""
        if self.id is None:
            return
        added = self._kept.turns(self.id, self._user, after=self._last)
        with self._learning:  # another thread may have learned the same
            self._turns += [turn for turn in added if turn.number > self._last]

    def verdicts(self) -> dict[int, Verdict]:
        """What was thought of the answers, by the turn's number."""
        return {} if self.id is None else self._kept.verdicts(self.id, self._user)

    def judge(self, number: int, verdict: Verdict, reason: str = "") -> None:
        """Keep what was thought of a turn's answer. Raises UnknownConversation for a turn there is not."""
        self._kept.give_feedback(self.id or "", number, verdict, reason, self._user)

    def answers(self) -> tuple[Answer, ...]:
        """The answers; quotes of documents that have been removed since are not verified."""

        @cache
        def lookup(document_id: str) -> Document | None:
            document = self._assistant.find_document(document_id)
            return document and replace(document, blocks=self._assistant.blocks(document_id))

        return tuple(answer_from_dict(turn.answer, lookup) for turn in self._turns)

    def ask(self, question: str, *, wanted: DocumentFilter = EVERYTHING) -> Answer:
        """The whole answer to a question or follow-up."""
        return finished(self.stream(question, wanted=wanted))

    def stream(
        self, question: str, *, wanted: DocumentFilter = EVERYTHING, instead_of: int = 0
    ) -> Iterator[Event]:
        """The answer's events as they come; the turn is kept when it is finished.

        It takes the place of the turn of the number `instead_of`, which stays until then. An answer that cannot be
        kept is given all the same, and its last event says why.
        """
        before = [turn for turn in self._turns if turn.number != instead_of]
        history = recent([*map(_exchange, before), *self._unkept])
        for event in self._assistant.stream(question, wanted=wanted, history=history):
            yield self._ended(event, wanted, instead_of) if isinstance(event, Finished) else event

    def _ended(self, event: Finished, wanted: DocumentFilter, instead_of: int) -> Finished:
        try:
            return replace(event, number=self._keep(event.answer, wanted, instead_of))
        except HemerotecaError as error:
            _log.warning("%s", error)
            answer = event.answer
            self._unkept.append(_exchange(Turn(0, answer.question, answer.standalone, answer.to_dict())))
            return replace(event, unkept=str(error))

    def _keep(self, answer: Answer, wanted: DocumentFilter, instead_of: int) -> int:
        """The number that the turn has got; others may have added turns before it."""
        self.id, number = self._kept.add_turn(
            self.id,
            answer.question,
            answer.standalone,
            answer.to_dict(),
            self._user,
            wanted.to_dict(),
            instead_of,
        )
        self._turns = [turn for turn in self._turns if turn.number != instead_of]
        self.catch_up()
        return number

    @property
    def _last(self) -> int:
        return self._turns[-1].number if self._turns else 0


def _exchange(turn: Turn) -> "Exchange":
    # With it comes all that reads questions, which commands that only look need not wait for.
    from assistant.questions.history import Exchange

    quotes = tuple(map(_cited, turn.answer["citations"]))
    documents = dict.fromkeys(quote.document for quote in quotes)
    sure = turn.answer.get("sure")
    topic = str(turn.answer.get("topic", ""))
    return Exchange(turn.standalone, str(turn.answer["text"]), tuple(documents), quotes, sure, topic)


def _cited(quote: Mapping[str, Any]) -> "CitedSpan":
    from assistant.questions.history import CitedSpan

    start, words, focus = int(quote["start"]), str(quote["quote"]), quote["focus"]
    answering = words[focus["start"] - start : focus["end"] - start] if focus else ""
    return CitedSpan(
        quote["marker"], str(quote["document"]["id"]), Span(start, quote["end"]), words, answering
    )
