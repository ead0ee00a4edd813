"""Conversations as pages show them: what is under way in memory, what was answered in the archive's own file.

Each is its user's alone. Where no one is asked for a name, whoever holds an id may read that conversation, so
ids cannot be guessed: they carry over 120 random bits.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import RLock

from assistant.conversation import Conversation
from assistant.errors import UnknownConversation
from assistant.people.conversations import Verdict
from index.filters import EVERYTHING, DocumentFilter
from ui.turns import Turn, answered_turn

MOST_TURNS = 300  # of a conversation
Resume = Callable[[str | None, str], Conversation]


@dataclass(slots=True)
class _Open:
    thread: Conversation
    turns: list[Turn]

    @property
    def is_pending(self) -> bool:
        return any(turn.pending for turn in self.turns)

    @property
    def lacks_turns(self) -> bool:
        """Whether the thread has turns that are not among these; while one is pending, these are left alone."""
        if self.is_pending:
            return False
        shown = {turn.kept for turn in self.turns if turn.kept}
        oldest = min(shown, default=0)  # those before it were dropped
        return any(turn.number > oldest and turn.number not in shown for turn in self.thread.turns)


class Conversations:
    """The conversations that all pages have open. Safe to use from several threads.

    `resume` gives the kept conversation of an id and a user, or for None a new one. At most `conversations`
    are held at a time, the last used ones, `of_one` of them a user's, and of each at most `turns`.
    """

    def __init__(
        self, resume: Resume, conversations: int = 500, turns: int = MOST_TURNS, of_one: int = 100
    ) -> None:
        self.resume = resume
        self.limit, self.limit_of_one = conversations, of_one
        self.longest = turns
        self.open: OrderedDict[tuple[str, str], _Open] = OrderedDict()
        self.lock = RLock()

    def make_room(self, user: str) -> None:
        """Let go of the conversations that were used longest ago, `user`'s first, and in which nothing is under way.

        To be called with the lock. The last one stays, in which something is about to begin; more than the limits
        are held while more are being answered.
        """
        own = [key for key in self.open if key[0] == user] if user else []
        self._drop_idle(own, len(own) - self.limit_of_one)
        self._drop_idle(list(self.open), len(self.open) - self.limit)

    def _drop_idle(self, keys: list[tuple[str, str]], most: int) -> None:
        idle = [key for key in keys[:-1] if not self.open[key].is_pending]
        for key in idle[: max(0, most)]:
            del self.open[key]

    def of(self, user: str) -> "UserConversations":
        """The conversations of one user, who sees no other's."""
        return UserConversations(self, user)


class UserConversations:
    """The conversations that one user's pages have open."""

    def __init__(self, shared: Conversations, user: str) -> None:
        self._shared, self._user = shared, user
        self._lock, self._longest = shared.lock, shared.longest

    def opened(self, conversation: str) -> str:
        """`conversation` if it is open or kept in the archive, else the id of a new, empty conversation."""
        if conversation and self._current(conversation) is not None:
            return conversation
        return secrets.token_urlsafe(16)  # held once something is asked in it

    def thread(self, conversation: str) -> Conversation:
        """The conversation that follow-up questions build on, with what was added to it elsewhere."""
        held = self._current(conversation) or self._hold(conversation, self._resumed(None))
        return held.thread

    def settled(self, conversation: str) -> str:
        """The id that the conversation has for good once it is kept in the archive; until then its own."""
        with self._lock:
            held = self._held(conversation)
            if held.thread.id is None:
                return conversation
            self._shared.open[self._key(held.thread.id)] = held
            return held.thread.id

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """The conversation's turns, oldest first; none if it is not open any more."""
        with self._lock:
            held = self._found(conversation)
            return () if held is None else tuple(held.turns)

    def begin(
        self, conversation: str, question: str, wanted: DocumentFilter = EVERYTHING, instead_of: int = 0
    ) -> Turn:
        """A new turn at the end of the conversation; whatever was pending there counts as stopped.

        It stands where the turn did that is kept under `instead_of`, if that is a number.
        """
        with self._lock:
            turns = self._held(conversation).turns
            turns[:] = [
                turn.stopped()
                for turn in turns[1 - self._longest :]
                if not instead_of or turn.kept != instead_of
            ]
            turn = Turn(turns[-1].number + 1 if turns else 1, question, wanted=wanted)
            turns.append(turn)
            return turn

    def update(self, conversation: str, turn: Turn) -> bool:
        """Replace the pending turn of that number; False if it was stopped or dropped meanwhile."""
        with self._lock:
            held = self._found(conversation)
            turns = held.turns if held else []
            for position, kept in enumerate(turns):
                if kept.number == turn.number and kept.pending:
                    turns[position] = turn
                    return True
            return False

    def stop(self, conversation: str) -> tuple[Turn, ...]:
        """Mark what is pending as stopped, and return the turns."""
        with self._lock:
            turns = self._held(conversation).turns
            turns[:] = [turn.stopped() for turn in turns]
            return tuple(turns)

    def judge(self, conversation: str, number: int, verdict: Verdict, reason: str) -> None:
        """Keep what the reader thought of the answer kept under `number`. Raises UnknownConversation."""
        held = self._found(conversation) or self._hold(conversation, self._resumed(conversation))
        held.thread.judge(number, verdict, reason)
        with self._lock:
            held.turns[:] = [replace(t, verdict=verdict) if t.kept == number else t for t in held.turns]

    def forget(self, conversation: str) -> None:
        """Let go of a conversation that was deleted."""
        with self._lock:
            self._shared.open.pop(self._key(conversation), None)

    def _current(self, conversation: str) -> _Open | None:
        """A conversation as it is kept, if it is, and as it stands here; other servers may have gone on with it.

        The archive is asked without the lock: it may be a database that takes its time.
        """
        held = self._found(conversation)
        try:
            if held is None:
                return self._hold(conversation, self._resumed(conversation))
            held.thread.catch_up()
            past = _past_turns(held.thread) if held.lacks_turns else []
        except UnknownConversation:
            self.forget(conversation)
            return None
        with self._lock:
            if past and held.lacks_turns:
                held.turns[:] = past[-self._longest :]
        return held

    def _held(self, conversation: str) -> _Open:
        return self._found(conversation) or self._hold(conversation, self._resumed(None))

    def _found(self, conversation: str) -> _Open | None:
        with self._lock:
            held = self._shared.open.get(self._key(conversation))
            if held is not None:
                self._shared.open.move_to_end(self._key(conversation))
            return held

    def _hold(self, conversation: str, thread: Conversation) -> _Open:
        held = _Open(thread, _past_turns(thread)[-self._longest :])
        with self._lock:
            # Another of the user's windows may have been first.
            held = self._shared.open.setdefault(self._key(conversation), held)
            self._shared.make_room(self._user)
        return held

    def _key(self, conversation: str) -> tuple[str, str]:
        return self._user, conversation

    def _resumed(self, conversation: str | None) -> Conversation:
        return self._shared.resume(conversation, self._user)


def _past_turns(thread: Conversation) -> list[Turn]:
    verdicts = thread.verdicts()
    return [
        replace(
            answered_turn(kept.number, answer),
            verdict=verdicts.get(kept.number, ""),
            wanted=DocumentFilter.from_dict(kept.wanted),
        )
        for kept, answer in zip(thread.turns, thread.answers(), strict=True)
    ]
