"""Who may come in, judged by one request: a proxy's word, an API key, a session, or an archive open to all."""

import hashlib
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from assistant.errors import HemerotecaError, SettingsError
from assistant.people.database import SESSIONS, Database, close_own, database_at
from assistant.people.keys import Keys
from assistant.people.people import People
from assistant.people.users import User, Users, user_name
from assistant.settings import Settings
from ui.access.prefix import cookie_name
from ui.access.visitor import Visitor, Way

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


# What programs use; their routes take a key instead of a session.
_PROGRAMS = ("/v1", "/api", "/mcp", "/openapi.json", "/metrics")
_HOUR = 3600


class Forged(Exception):
    """A request that claims what only a proxy may say."""


@dataclass(frozen=True, slots=True)
class Access:
    """The rules of one server. With `exposed`, where others may reach it, nobody comes in unrecognised."""

    users: Users
    keys: Keys
    sessions: Sessions
    trusted_header: str | None = None
    exposed: bool = False

    def visitor(self, request: HTTPConnection) -> Visitor | None:
        """Who sends a request, None for nobody that may. Raises Forged, and SettingsError for a broken file."""
        return (
            self._of_proxy(request)
            or self._of_key(request)
            or self._of_session(request)
            or self._open(request)
        )

    def has_login(self) -> bool:
        """Whether there is anyone who could log in."""
        return bool(self.users.all())

    def has_lost_users(self) -> bool:
        """Whether there is nobody who could come in where somebody must be asked for: all stay out then."""
        return (
            self.trusted_header is None
            and not self.has_login()
            and (self.exposed or self.users.are_asked_for())
        )

    def _of_proxy(self, request: HTTPConnection) -> Visitor | None:
        named = request.headers.getlist(self.trusted_header) if self.trusted_header else []
        if not named:
            return None
        if not request.scope["state"].get("from_proxy") or len(named) > 1:
            raise Forged
        try:
            return Visitor(user_name(named[0]), Way.PROXY)
        except SettingsError as error:
            raise Forged from error

    def _of_key(self, request: HTTPConnection) -> Visitor | None:
        secret = sent_key(request.headers) if for_programs(request.scope["path"]) else ""
        holder = self.keys.holder(secret) if secret else None
        return None if holder is None else Visitor(holder, Way.KEY)

    def _of_session(self, request: HTTPConnection) -> Visitor | None:
        name = self.sessions.user(session_token(request))
        return None if name is None else Visitor(name, Way.SESSION)

    def _open(self, request: HTTPConnection) -> Visitor | None:
        closed = self.exposed or self.trusted_header is not None or self.users.are_asked_for()
        if closed or (for_programs(request.scope["path"]) and self.keys.are_asked_for()):
            return None
        return Visitor("", Way.OPEN)


def access_of(settings: Settings, people: People, host: str) -> Access:
    """The rules that the settings make for `people` at a server bound to `host`."""
    idle, longest = settings.session_idle * _HOUR, settings.session_longest * _HOUR
    sessions = Sessions(people.place(settings.sessions), people.users, idle, longest)
    return Access(people.users, people.keys, sessions, settings.trusted_header, is_exposed(settings, host))


def is_exposed(settings: Settings, host: str) -> bool:
    """Whether others than this machine may reach a server bound to `host`, by themselves or through a proxy."""
    return not is_loopback(host) or bool(settings.hosts or settings.proxies)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def for_programs(path: str) -> bool:
    """Whether a path is one that programs use."""
    return any(path == root or path.startswith(f"{root}/") for root in _PROGRAMS)


def sent_key(headers: Headers) -> str:
    """The key that a request carries; empty if it carries none."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def session_cookie(request: HTTPConnection) -> str:
    """The name of the session's cookie."""
    return cookie_name(request.scope, "session")


def session_token(request: HTTPConnection) -> str:
    """The token of the session that a request carries; empty if it carries none."""
    return request.cookies.get(session_cookie(request), "")
