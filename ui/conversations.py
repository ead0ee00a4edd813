"""Conversations kept in memory while the server runs, each under an id that cannot be guessed."""

import secrets
from collections import OrderedDict
from threading import Lock

from ui.turns import Turn


class Conversations:
    """The turns of the most recent conversations. Safe to use from several threads.

    Whoever holds an id may read that conversation, so ids come from here only and carry 128 random bits.
    """

    def __init__(self, conversations: int = 500, turns: int = 300) -> None:
        self._limit = conversations
        self._turns = turns
        self._kept: OrderedDict[str, list[Turn]] = OrderedDict()
        self._lock = Lock()

    def opened(self, conversation_id: str) -> str:
        """`conversation_id` if it is one of ours, else the id of a new, empty conversation."""
        with self._lock:
            if conversation_id in self._kept:
                self._kept.move_to_end(conversation_id)
                return conversation_id
            created = secrets.token_urlsafe(16)
            self._kept[created] = []
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)
            return created

    def turns(self, conversation_id: str) -> tuple[Turn, ...]:
        """The conversation's turns, oldest first; none if it is not kept any more."""
        with self._lock:
            return tuple(self._kept.get(conversation_id, ()))

    def begin(self, conversation_id: str, question: str) -> Turn:
        """A new turn at the end of the conversation; whatever was pending there counts as stopped."""
        with self._lock:
            turns = self._kept.setdefault(conversation_id, [])
            turns[:] = [turn.stopped() for turn in turns[1 - self._turns :]]
            turn = Turn(number=turns[-1].number + 1 if turns else 1, question=question)
            turns.append(turn)
            return turn

    def update(self, conversation_id: str, turn: Turn) -> bool:
        """Replace the pending turn of that number; False if it was stopped or dropped meanwhile."""
        with self._lock:
            turns = self._kept.get(conversation_id, [])
            for position, kept in enumerate(turns):
                if kept.number == turn.number and kept.pending:
                    turns[position] = turn
                    return True
            return False

    def stop(self, conversation_id: str) -> tuple[Turn, ...]:
        """Mark what is pending as stopped, and return the turns."""
        with self._lock:
            turns = self._kept.get(conversation_id, [])
            turns[:] = [turn.stopped() for turn in turns]
            return tuple(turns)
