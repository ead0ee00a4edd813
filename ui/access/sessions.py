"""Who is logged in: sessions, which hold hashes of what the browsers hold."""

import hashlib
import logging
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from assistant.errors import HemerotecaError
from assistant.people.database import SESSIONS, Database, close_own, database_at
from assistant.people.users import User, Users

_TOUCH = 60  # seconds of use that go by unwritten
_log = logging.getLogger(__name__)


class Sessions:
    """The sessions of `users`, which end after `idle` seconds unused and `longest` in all.

    A session ends with its user, and when the user's password changes.
    """

    def __init__(
        self,
        place: Path | Database,
        users: Users,
        idle: float,
        longest: float,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Nothing is opened before it is used: a SQLite file, or a database that several servers share."""
        self._database, self._users = database_at(place, SESSIONS), users
        self._idle, self._longest, self._now = idle, longest, now

    def begin(self, user: User) -> str:
        """A new session; returns the token that its browser keeps. Raises HemerotecaError."""
        token, moment = secrets.token_urlsafe(32), self._now()
        with self._database.writing() as connection:
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
        with self._database.reading() as connection:
            row = connection.execute(
                'SELECT "user", stamp, begun, used FROM sessions WHERE digest = ?', (_digest(token),)
            ).fetchone()
        if row is None:
            return None
        name, stamp, begun, used = row
        user, moment = self._users.find(name), self._now()
        # Both ways: a session of the future, begun while the clock was wrong, must not live until the clock gets there.
        alive = abs(moment - used) < self._idle and abs(moment - begun) < self._longest
        if not alive or user is None or user.stamp != stamp:
            self.end(token)
            return None
        if abs(moment - used) > _TOUCH:
            self._note_use(token, moment)
        return str(name)

    def end(self, token: str) -> None:
        """Forget a session, if it is one."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE digest = ?", (_digest(token),))

    def _note_use(self, token: str, moment: float) -> None:
        try:
            with self._database.writing() as connection:
                connection.execute("UPDATE sessions SET used = ? WHERE digest = ?", (moment, _digest(token)))
        except HemerotecaError as error:
            # A full disk keeps nobody from reading; the session only ends sooner.
            _log.warning("%s", error)

    def close(self) -> None:
        close_own(self._database)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
