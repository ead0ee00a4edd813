"""Conversations and feedback, in a SQLite file of their own: deleting the index loses none."""

import json
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from assistant.errors import HemerotecaError, UnknownConversation

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, title TEXT NOT NULL, changed TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS conversations_by_user ON conversations (user, changed);
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    question TEXT NOT NULL,
    standalone TEXT NOT NULL,
    answer TEXT NOT NULL,
    asked TEXT NOT NULL,
    wanted TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (conversation, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feedback (
    conversation TEXT NOT NULL,
    number INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('good', 'bad')),
    reason TEXT NOT NULL,
    given TEXT NOT NULL,
    PRIMARY KEY (conversation, number),
    FOREIGN KEY (conversation, number) REFERENCES turns (conversation, number) ON DELETE CASCADE
) WITHOUT ROWID;
"""
_LONGEST_TITLE = 80

Verdict = Literal["good", "bad"]


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list. `changed` is in UTC."""

    id: str
    title: str
    changed: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as asked and as it was understood on its own; its answer as `Answer.to_dict` gave it.

    `wanted` is the filter it was asked with, as `DocumentFilter.to_dict` gave it.
    """

    number: int
    question: str
    standalone: str
    answer: Mapping[str, Any]
    wanted: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader thought of an answer."""

    conversation: str
    turn: Turn
    verdict: Verdict
    reason: str


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Conversations:
    """The conversations of all users in one file; every call names the user whose they are."""

    def __init__(self, path: Path, *, now: Callable[[], datetime] = _utc_now) -> None:
        """Open or create the file. Raises HemerotecaError if that is impossible."""
        self._now = now
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.executescript(_SCHEMA)
            self._add_wanted()
        except (OSError, sqlite3.Error) as error:
            raise HemerotecaError(
                f"The conversations in {path} cannot be opened ({error}): check the file, or name another "
                "with HEMEROTECA_CONVERSATIONS."
            ) from error

    def close(self) -> None:
        self._connection.close()

    def _add_wanted(self) -> None:
        """Files from before filters were kept lack their column."""
        with self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")  # another process may be adding it
            columns = [row[1] for row in connection.execute("PRAGMA table_info (turns)")]
            if "wanted" not in columns:
                connection.execute("ALTER TABLE turns ADD COLUMN wanted TEXT NOT NULL DEFAULT '{}'")

    def add_turn(
        self,
        conversation: str | None,
        question: str,
        standalone: str,
        answer: Mapping[str, Any],
        user: str = "",
        wanted: Mapping[str, Any] = MappingProxyType({}),
    ) -> tuple[str, int]:
        """Append a turn; None begins a conversation. Returns its id and the turn's number, counted from 1.

        Raises UnknownConversation.
        """
        asked = self._now().isoformat()
        with self._writing() as connection:
            if conversation is None:
                conversation = uuid.uuid4().hex
                title = question[:_LONGEST_TITLE]
                connection.execute(
                    "INSERT INTO conversations VALUES (?, ?, ?, ?)", (conversation, user, title, asked)
                )
            else:
                self._check(conversation, user)
            number = 1 + self._count(conversation)
            connection.execute(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?)",
                (conversation, number, question, standalone, _json(answer), asked, _json(wanted)),
            )
            connection.execute("UPDATE conversations SET changed = ? WHERE id = ?", (asked, conversation))
        return conversation, number

    def turns(self, conversation: str, user: str = "") -> list[Turn]:
        """A conversation's turns in order. Raises UnknownConversation."""
        self._check(conversation, user)
        rows = self._connection.execute(
            "SELECT number, question, standalone, answer, wanted FROM turns WHERE conversation = ? ORDER BY number",
            (conversation,),
        )
        return [Turn(row[0], row[1], row[2], json.loads(row[3]), json.loads(row[4])) for row in rows]

    def summaries(self, user: str = "", words: str = "") -> list[Summary]:
        """A user's conversations, last changed first; with `words`, those whose title or turns hold them."""
        rows = self._connection.execute(
            "SELECT id, title, changed, (SELECT count(*) FROM turns WHERE conversation = id) "
            "FROM conversations WHERE user = ?1 AND (?2 = '' OR instr(lower(title), lower(?2)) OR EXISTS ("
            "SELECT 1 FROM turns WHERE conversation = id "
            "AND instr(lower(question || ' ' || json_extract(answer, '$.text')), lower(?2)))) "
            "ORDER BY changed DESC, id",
            (user, words),
        )
        return [Summary(row[0], row[1], datetime.fromisoformat(row[2]), row[3]) for row in rows]

    def title(self, conversation: str, user: str = "") -> str:
        """Raises UnknownConversation."""
        self._check(conversation, user)
        row = self._connection.execute("SELECT title FROM conversations WHERE id = ?", (conversation,))
        return str(row.fetchone()[0])

    def rename(self, conversation: str, title: str, user: str = "") -> None:
        """Raises UnknownConversation."""
        self._check(conversation, user)
        with self._writing() as connection:
            connection.execute(
                "UPDATE conversations SET title = ? WHERE id = ?", (title[:_LONGEST_TITLE], conversation)
            )

    def delete(self, conversation: str, user: str = "") -> None:
        """Delete a conversation with its turns and feedback. Raises UnknownConversation."""
        self._check(conversation, user)
        with self._writing() as connection:
            connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))

    def delete_all(self, user: str) -> int:
        """Delete every conversation of a user; how many there were."""
        with self._writing() as connection:
            return connection.execute("DELETE FROM conversations WHERE user = ?", (user,)).rowcount

    def give_feedback(
        self, conversation: str, number: int, verdict: Verdict, reason: str = "", user: str = ""
    ) -> None:
        """Keep what a reader thought of a turn's answer; a second thought replaces the first.

        Raises UnknownConversation, also for a turn that it does not have.
        """
        self._check(conversation, user)
        if not 1 <= number <= self._count(conversation):
            raise UnknownConversation(f"The conversation {conversation} has no turn {number}.")
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?)",
                (conversation, number, verdict, reason, self._now().isoformat()),
            )

    def verdicts(self, conversation: str, user: str = "") -> dict[int, Verdict]:
        """What was thought of a conversation's answers, by the turn's number. Raises UnknownConversation."""
        self._check(conversation, user)
        rows = self._connection.execute(
            "SELECT number, verdict FROM feedback WHERE conversation = ?", (conversation,)
        )
        return dict(rows.fetchall())

    def feedback(self) -> Iterator[Feedback]:
        """All feedback, oldest first."""
        rows = self._connection.execute(
            "SELECT conversation, number, question, standalone, answer, verdict, reason FROM feedback "
            "JOIN turns USING (conversation, number) ORDER BY given, conversation, number"
        )
        for conversation, number, question, standalone, answer, verdict, reason in rows:
            turn = Turn(number, question, standalone, json.loads(answer))
            yield Feedback(conversation, turn, verdict, reason)

    def _check(self, conversation: str, user: str) -> None:
        row = self._connection.execute(
            "SELECT 1 FROM conversations WHERE id = ? AND user = ?", (conversation, user)
        ).fetchone()
        if row is None:
            raise UnknownConversation(f"There is no conversation {conversation}.")

    def _count(self, conversation: str) -> int:
        row = self._connection.execute(
            "SELECT coalesce(max(number), 0) FROM turns WHERE conversation = ?", (conversation,)
        ).fetchone()
        return int(row[0])

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._connection:
            yield self._connection


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(dict(value), ensure_ascii=False)
