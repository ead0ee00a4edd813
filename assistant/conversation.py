"""A conversation: follow-up questions understood, every turn kept."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from assistant.answer import Answer, Event, Finished, finished
from assistant.answer_json import answer_from_dict
from assistant.conversations import Conversations, Turn, Verdict
from assistant.incoming import recent
from assistant.questions.exchange import Exchange
from index.filters import EVERYTHING, DocumentFilter

if TYPE_CHECKING:
    from assistant.assistant import Assistant


class Conversation:
    """Turns that build on each other. `id` is None until the first answer is finished."""

    def __init__(
        self, assistant: "Assistant", kept: Conversations, id: str | None = None, user: str = ""
    ) -> None:
        """Begin a conversation, or resume the one of that id. Raises UnknownConversation."""
        self._assistant, self._kept, self._user = assistant, kept, user
        self.id = id
        self._learning = Lock()
        self._turns = [] if id is None else kept.turns(id, user)

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
        lookup = self._assistant.find_document
        return tuple(answer_from_dict(turn.answer, lookup) for turn in self._turns)

    def ask(self, question: str, *, wanted: DocumentFilter = EVERYTHING) -> Answer:
        """The whole answer to a question or follow-up."""
        return finished(self.stream(question, wanted=wanted))

    def stream(self, question: str, *, wanted: DocumentFilter = EVERYTHING) -> Iterator[Event]:
        """The answer's events as they come; the turn is kept when it is finished."""
        history = recent([_exchange(turn) for turn in self._turns])
        for event in self._assistant.stream(question, wanted=wanted, history=history):
            if isinstance(event, Finished):
                event = replace(event, number=self._keep(event.answer, wanted))
            yield event

    def _keep(self, answer: Answer, wanted: DocumentFilter) -> int:
        """The number that the turn has got; others may have added turns before it."""
        self.id, number = self._kept.add_turn(
            self.id, answer.question, answer.standalone, answer.to_dict(), self._user, wanted.to_dict()
        )
        self.catch_up()
        return number

    @property
    def _last(self) -> int:
        return self._turns[-1].number if self._turns else 0


def _exchange(turn: Turn) -> Exchange:
    cited = dict.fromkeys(str(citation["document"]["id"]) for citation in turn.answer["citations"])
    return Exchange(turn.standalone, str(turn.answer["text"]), tuple(cited))
