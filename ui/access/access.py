"""Who may come in, judged by one request: a proxy's word, an API key, a session, or an archive open to all."""

from dataclasses import dataclass
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from assistant.errors import SettingsError
from assistant.people.keys import Keys
from assistant.people.people import People
from assistant.people.users import Users, user_name
from assistant.settings import Settings
from ui.access.prefix import cookie_name
from ui.access.sessions import Sessions
from ui.access.visitor import Visitor, Way

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
