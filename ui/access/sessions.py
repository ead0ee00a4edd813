"""Who is logged in: sessions in a SQLite file, which hold hashes of what the browsers hold."""

import hashlib
import secrets
import sqlite3
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from assistant.errors import HemerotecaError
from assistant.users import User, Users

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (
    digest TEXT PRIMARY KEY, user TEXT NOT NULL, stamp TEXT NOT NULL, begun REAL NOT NULL, used REAL NOT NULL
) WITHOUT ROWID;
"""
_TOUCH = 60  # seconds of use that go by unwritten


class Sessions:
    """The sessions of `users`, which end after `idle` seconds unused and `longest` in all.

    A session ends with its user, and when the user's password changes.
    """

    def __init__(
        self,
        path: Path,
        users: Users,
        idle: float,
        longest: float,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._path, self._users = path, users
        self._idle, self._longest, self._now = idle, longest, now

    def begin(self, user: User) -> str:
        """A new session; returns the token that its browser keeps. Raises HemerotecaError."""
        token, moment = secrets.token_urlsafe(32), self._now()
        with self._connection as connection:
            connection.execute(
                "DELETE FROM sessions WHERE used < ? OR begun < ?",
                (moment - self._idle, moment - self._longest),
            )
            connection.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?)",
                (_digest(token), user.name, user.stamp, moment, moment),
            )
        return token

    def user(self, token: str) -> str | None:
        """The name of the user whose session this is, None if it is none or has ended. Raises HemerotecaError."""
        if not token:
            return None
        row = self._connection.execute(
            "SELECT user, stamp, begun, used FROM sessions WHERE digest = ?", (_digest(token),)
        ).fetchone()
        if row is None:
            return None
        name, stamp, begun, used = row
        user, moment = self._users.find(name), self._now()
        alive = moment - used < self._idle and moment - begun < self._longest
        if not alive or user is None or user.stamp != stamp:
            self.end(token)
            return None
        if moment - used > _TOUCH:
            self._touch(token, moment)
        return str(name)

    def end(self, token: str) -> None:
        """Forget a session, if it is one."""
        with self._connection as connection:
            connection.execute("DELETE FROM sessions WHERE digest = ?", (_digest(token),))

    def close(self) -> None:
        connection = self.__dict__.pop("_connection", None)
        if connection is not None:
            connection.close()

    def _touch(self, token: str, moment: float) -> None:
        with self._connection as connection:
            connection.execute("UPDATE sessions SET used = ? WHERE digest = ?", (moment, _digest(token)))

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(0o600)
            connection = sqlite3.connect(self._path, timeout=10, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise HemerotecaError(
                f"The sessions in {self._path} cannot be opened ({error}): check the file, or name another with "
                "HEMEROTECA_SESSIONS."
            ) from error
        return connection


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
