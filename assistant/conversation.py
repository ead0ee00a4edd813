"""A conversation: follow-up questions understood, every turn kept."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.answer import Answer, Event, Finished, finished
from assistant.answer_json import answer_from_dict
from assistant.conversations import Conversations, Turn, Verdict
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
        self._turns = [] if id is None else kept.turns(id, user)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was asked and answered, oldest first."""
        return tuple(self._turns)

    def catch_up(self) -> bool:
        """Learn the turns that others have added meanwhile; whether there were any. Raises UnknownConversation."""
        if self.id is None:
            return False
        added = self._kept.turns(self.id, self._user, after=self._last)
        self._turns += added
        return bool(added)

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
        history = [_exchange(turn) for turn in self._turns]
        for event in self._assistant.stream(question, wanted=wanted, history=history):
            if isinstance(event, Finished):
                self._keep(event.answer, wanted)
            yield event

    def _keep(self, answer: Answer, wanted: DocumentFilter) -> None:
        stored, bounds = answer.to_dict(), wanted.to_dict()
        self.id, number = self._kept.add_turn(
            self.id, answer.question, answer.standalone, stored, self._user, bounds
        )
        if number > self._last:  # else it was learned by catching up
            self._turns.append(Turn(number, answer.question, answer.standalone, stored, bounds))

    @property
    def _last(self) -> int:
        return self._turns[-1].number if self._turns else 0


def _exchange(turn: Turn) -> Exchange:
    cited = dict.fromkeys(str(citation["document"]["id"]) for citation in turn.answer["citations"])
    return Exchange(turn.standalone, str(turn.answer["text"]), tuple(cited))
