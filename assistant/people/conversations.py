"""Conversations and feedback, kept apart from the index: deleting that loses none."""

import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from assistant.errors import UnknownConversation
from assistant.people.database import CONVERSATIONS, Database, close_own, database_at
from index.store.database import Connection

_LONGEST_TITLE = 80

Verdict = Literal["good", "bad"]


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list. `changed` is in UTC; a `pinned` one is to be shown before all others."""

    id: str
    title: str
    changed: datetime
    turns: int
    pinned: bool = False


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
    """The conversations of all users in one place; every call names the user whose they are.

    Every method raises HemerotecaError for what the place cannot do: nothing was written then, and the next call
    tries again.
    """

    def __init__(self, place: Path | Database, *, now: Callable[[], datetime] = _utc_now) -> None:
        """A SQLite file, made if it is not there, or a database. Raises HemerotecaError if it cannot be opened."""
        self._now = now
        self._database = database_at(place, CONVERSATIONS)
        with self._database.reading():
            pass  # what cannot be opened is told now, not after the first answer

    def close(self) -> None:
        """Let go of a file; it must not be used any more. A database that was given stays open."""
        close_own(self._database)

    def add_turn(
        self,
        conversation: str | None,
        question: str,
        standalone: str,
        answer: Mapping[str, Any],
        user: str = "",
        wanted: Mapping[str, Any] = MappingProxyType({}),
        instead_of: int = 0,
    ) -> tuple[str, int]:
        """Append a turn; None begins a conversation. Returns its id and the turn's number, counted from 1.

        The turn of the number `instead_of` goes, with what was thought of it. Raises UnknownConversation.
        """
        moment = self._now().isoformat()
        with self._database.writing() as connection:
            if conversation is None:
                conversation = uuid.uuid4().hex
                title = question[:_LONGEST_TITLE]
                connection.execute(
                    'INSERT INTO conversations (id, "user", title, changed) VALUES (?, ?, ?, ?)',
                    (conversation, user, title, moment),
                )
            else:
                # First, because it keeps others from adding a turn of the same number.
                _change(connection, conversation, user, "changed", moment)
            number = 1 + _last_number(connection, conversation)
            for table in ("feedback", "turns"):
                connection.execute(
                    f"DELETE FROM {table} WHERE conversation = ? AND number = ?", (conversation, instead_of)
                )
            connection.execute(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?)",
                (conversation, number, question, standalone, _json(answer), moment, _json(wanted)),
            )
        return conversation, number

    def turns(self, conversation: str, user: str = "", after: int = 0) -> list[Turn]:
        """A conversation's turns in order, those whose number is above `after`. Raises UnknownConversation."""
        with self._database.reading() as connection:
            _check(connection, conversation, user)
            rows = connection.execute(
                "SELECT number, question, standalone, answer, wanted FROM turns "
                "WHERE conversation = ? AND number > ? ORDER BY number",
                (conversation, after),
            )
            return [Turn(row[0], row[1], row[2], json.loads(row[3]), json.loads(row[4])) for row in rows]

    def summaries(self, user: str = "", words: str = "") -> list[Summary]:
        """A user's conversations, last changed first; with `words`, those whose title or turns hold them."""
        text = self._database.json_text("answer", "text")
        holds = f"""AND ({_holds("title")} OR EXISTS (SELECT 1 FROM turns WHERE conversation = id
            AND ({_holds("question")} OR {_holds(text)})))"""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, title, changed, (SELECT count(*) FROM turns WHERE conversation = id), pinned "
                f'FROM conversations WHERE "user" = ? {holds if words else ""} ORDER BY changed DESC, id',
                (user, *([words] * 3 if words else [])),
            )
            return [
                Summary(row[0], row[1], datetime.fromisoformat(row[2]), row[3], bool(row[4])) for row in rows
            ]

    def title(self, conversation: str, user: str = "") -> str:
        """Raises UnknownConversation."""
        with self._database.reading() as connection:
            return _check(connection, conversation, user)

    def rename(self, conversation: str, title: str, user: str = "") -> None:
        """Raises UnknownConversation."""
        with self._database.writing() as connection:
            _change(connection, conversation, user, "title", title[:_LONGEST_TITLE])

    def pin(self, conversation: str, user: str = "", *, pinned: bool = True) -> None:
        """Keep a conversation before all others, or no longer. Raises UnknownConversation."""
        with self._database.writing() as connection:
            _change(connection, conversation, user, "pinned", int(pinned))

    def delete(self, conversation: str, user: str = "") -> None:
        """Delete a conversation with its turns and feedback. Raises UnknownConversation."""
        with self._database.writing() as connection:
            _check(connection, conversation, user)
            connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))

    def delete_all(self, user: str) -> int:
        """Delete every conversation of a user; how many there were."""
        with self._database.writing() as connection:
            gone = connection.execute('DELETE FROM conversations WHERE "user" = ? RETURNING id', (user,))
            return len(gone.fetchall())

    def give_feedback(
        self, conversation: str, number: int, verdict: Verdict, reason: str = "", user: str = ""
    ) -> None:
        """Keep what a reader thought of a turn's answer; a second thought replaces the first.

        Raises UnknownConversation, also for a turn that it does not have.
        """
        with self._database.writing() as connection:
            _check(connection, conversation, user)
            if not 1 <= number <= _last_number(connection, conversation):
                raise UnknownConversation(f"The conversation {conversation} has no turn {number}.")
            connection.execute(
                "INSERT INTO feedback VALUES (?, ?, ?, ?, ?) ON CONFLICT (conversation, number) DO UPDATE "
                "SET verdict = excluded.verdict, reason = excluded.reason, given = excluded.given",
                (conversation, number, verdict, reason, self._now().isoformat()),
            )

    def verdicts(self, conversation: str, user: str = "") -> dict[int, Verdict]:
        """What was thought of a conversation's answers, by the turn's number. Raises UnknownConversation."""
        with self._database.reading() as connection:
            _check(connection, conversation, user)
            rows = connection.execute(
                "SELECT number, verdict FROM feedback WHERE conversation = ?", (conversation,)
            )
            return dict(rows.fetchall())

    def feedback(self) -> Iterator[Feedback]:
        """All feedback, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT conversation, number, question, standalone, answer, verdict, reason FROM feedback "
                "JOIN turns USING (conversation, number) ORDER BY given, conversation, number"
            )
            for conversation, number, question, standalone, answer, verdict, reason in rows:
                turn = Turn(number, question, standalone, json.loads(answer))
                yield Feedback(conversation, turn, verdict, reason)


def _check(connection: Connection, conversation: str, user: str) -> str:
    """The title of a conversation that is the user's. Raises UnknownConversation."""
    row = connection.execute(
        'SELECT title FROM conversations WHERE id = ? AND "user" = ?', (conversation, user)
    ).fetchone()
    return str(_known(row, conversation)[0])


def _change(connection: Connection, conversation: str, user: str, column: str, value: str | int) -> None:
    row = connection.execute(
        f'UPDATE conversations SET {column} = ? WHERE id = ? AND "user" = ? RETURNING id',
        (value, conversation, user),
    ).fetchone()
    _known(row, conversation)


def _known(row: Any, conversation: str) -> Any:
    if row is None:
        raise UnknownConversation(f"There is no conversation {conversation}.")
    return row


def _last_number(connection: Connection, conversation: str) -> int:
    row = connection.execute(
        "SELECT coalesce(max(number), 0) FROM turns WHERE conversation = ?", (conversation,)
    ).fetchone()
    return int(row[0])


def _holds(column: str) -> str:
    """The SQL for whether a text holds words, in either case: both engines know `replace`, each its own search."""
    return f"replace(lower({column}), lower(?), '') <> lower({column})"


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(dict(value), ensure_ascii=False)


# What Markdown would take for its own; text from documents must come out as it is.
_HEADING = re.compile(r"^(#{1,4}) ", re.MULTILINE)
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")


def conversation_markdown(title: str, turns: Sequence[Turn]) -> str:
    """The questions as headings, the answers below them, then the quotes with document, date and offsets."""
    parts = [f"# {_escaped(title)}", *(_turn(turn) for turn in turns)]
    return "\n\n".join(parts) + "\n"


def _turn(turn: Turn) -> str:
    heading = f"## {_escaped(turn.question)}"
    understood = [] if turn.standalone == turn.question else [f"*{_escaped(turn.standalone)}*"]
    sources = "\n".join(_source(citation) for citation in turn.answer["citations"])
    body = [_answer(turn.answer), *([sources] if sources else [])]
    return "\n\n".join([heading, *understood, *body])


def _answer(answer: Mapping[str, Any]) -> str:
    """The text of an answer: a model's is Markdown already, with the headings below the question's."""
    text = str(answer["text"])
    if any(sentence.get("form") for sentence in answer.get("sentences", ())):
        return _HEADING.sub(r"##\1 ", text)
    return _escaped(text).replace("\n", "  \n")


def _source(citation: dict[str, Any]) -> str:
    document = citation["document"]
    parts = [document["title"], document["date"], document["path"], f"{citation['start']}–{citation['end']}"]
    where = ", ".join(_escaped(str(part)) for part in parts if part)
    return f"- \\[{citation['marker']}\\] «{_escaped(' '.join(citation['quote'].split()))}» — {where}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
