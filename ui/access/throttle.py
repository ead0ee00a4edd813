"""Programs stand in the same line as readers: their questions wait, or are told to come back."""

import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.settings import Settings
from ui.access.visitor import Visitor, Way, client_address, visitor_in, visitor_of
from ui.api.errors import error_response
from ui.line import Busy, Crowding, Line, Place
from ui.texts import LANGUAGES

_MOST_NAMES = 10_000


class Rate:
    """Admits `limit` events of a name in any `seconds`. To be used from one thread."""

    def __init__(self, limit: int, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._seconds, self._now = limit, seconds, now
        self._past: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, name: str) -> int:
        """Whole seconds until the name's next event may happen; 0 if it may now."""
        past = self._recent(name)
        return 0 if len(past) < self._limit else max(1, ceil(past[0] + self._seconds - self._now()))

    def count(self, name: str) -> None:
        """One more event of that name."""
        past = self._recent(name)
        past.append(self._now())
        self._past[name] = past
        self._past.move_to_end(name)
        if len(self._past) > _MOST_NAMES:
            self._past.popitem(last=False)

    def forget(self, name: str) -> None:
        """As if nothing of that name had happened."""
        self._past.pop(name, None)

    def _recent(self, name: str) -> deque[float]:
        past = self._past.get(name, deque())
        while past and past[0] <= self._now() - self._seconds:
            past.popleft()
        return past


class TooMuch(Exception):
    """More is being sent at once than may be."""


class Shares:
    """What all hold together, and each by name: never more than the bounds. To be used within one event loop."""

    def __init__(self, total: int, each: int) -> None:
        self._total, self._each = total, each
        self._held = Counter[str]()

    @contextmanager
    def held(self, name: str, amount: int) -> Iterator[None]:
        """Hold an amount during the block. Raises TooMuch."""
        if self._held[name] + amount > self._each or self._held.total() + amount > self._total:
            raise TooMuch
        self._held[name] += amount
        try:
            yield
        finally:
            self._held[name] -= amount
            if not self._held[name]:
                del self._held[name]


def sender(scope: Scope) -> str:
    """The name that a request is counted by: its user's, else the address that it came from."""
    visitor = visitor_in(scope)
    # No user's name begins with a colon.
    return (visitor.user if visitor else "") or f":{client_address(scope)}"


_MINUTE = 60
# Each batch keeps every processor busy by itself; a second one so that nobody's keeps all others out.
EMBEDDING_AT_ONCE = 2


class TooOften(Exception):
    """A user asks more often than allowed; may ask again in `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one server."""

    line: Line
    rate: Rate

    def join(self, visitor: Visitor) -> Place:
        """A place in the line for one request. Raises Busy, Crowding and TooOften.

        Where no one is asked for a name, all are one reader at this machine, whose rate is not limited.
        """
        limited = visitor.way is not Way.OPEN
        if limited and (seconds := self.rate.wait(visitor.user)):
            raise TooOften(seconds)
        place = self.line.join(visitor.user if limited else "")
        if limited:
            self.rate.count(visitor.user)  # now, since a busy server must not use up anyone's questions
        return place


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings make for questions."""
    return Limits(
        Line(settings.answers_at_once, settings.answers_waiting, settings.answers_each),
        Rate(settings.questions_per_minute, _MINUTE),
    )


def embedding_limits_of(settings: Settings) -> Limits:
    """The limits that the settings make for programs that have texts embedded."""
    return Limits(
        Line(EMBEDDING_AT_ONCE, settings.answers_waiting, settings.answers_each),
        Rate(settings.embeddings_per_minute, _MINUTE),
    )


_QUESTIONS = frozenset(
    {
        ("POST", "/v1/chat/completions"),
        ("POST", "/v1/responses"),
        ("POST", "/api/ask"),
        ("GET", "/api/search"),
        ("GET", "/api/timeline"),
        ("POST", "/mcp"),
    }
)
_EMBEDDING = ("POST", "/v1/embeddings")
# What the queue of a page bounds by itself, and streams without a thread.
_EVENTS = tuple(f"/{language}/gradio_api/" for language in LANGUAGES)
_BUSY_SECONDS = 5
AT_WORK = 200
AT_WORK_OF_ONE = 20
STRANGERS = 40
_TOO_OFTEN = "You ask more often in a minute than this archive allows: ask again later."
_CROWDING = (
    "You have as many requests before this archive as it takes of one: ask again when one is answered."
)
_BUSY = "The archive has as much to answer as it can take: ask again in a moment."


class Throttle:
    """ASGI middleware behind the gate: holds a place in the line for as long as a question is answered.

    Texts to embed stand in a line of their own: a batch of them must not keep questions waiting, nor count as one.
    All else that takes a thread is answered at once, but not more than a few of it for one reader.
    """

    def __init__(self, app: ASGIApp, questions: Limits, embedding: Limits) -> None:
        self._app, self._questions, self._embedding = app, questions, embedding
        self._at_work, self._of_strangers = Shares(AT_WORK, AT_WORK_OF_ONE), Shares(STRANGERS, AT_WORK_OF_ONE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_EVENTS):
            await self._app(scope, receive, send)
            return
        try:
            if (limits := self._limits((scope["method"], scope["path"]))) is not None:
                with limits.join(visitor_of(HTTPConnection(scope))) as place:
                    await place.turn()
                    await self._app(scope, receive, send)
            else:
                # Whoever has not logged in takes nothing from those who have.
                shares = self._of_strangers if visitor_in(scope) is None else self._at_work
                with shares.held(sender(scope), 1):
                    await self._app(scope, receive, send)
        except (TooOften, Busy, TooMuch) as error:
            await _refusal(error)(scope, receive, send)

    def _limits(self, route: tuple[str, str]) -> Limits | None:
        if route == _EMBEDDING:
            return self._embedding
        return self._questions if route in _QUESTIONS else None


def _refusal(error: TooOften | Busy | TooMuch) -> Response:
    seconds = _BUSY_SECONDS
    match error:
        case TooOften():
            message, status, code = _TOO_OFTEN, 429, "rate_limit_exceeded"
            seconds = error.seconds
        case Crowding():
            message, status, code = _CROWDING, 429, "too_many_at_once"
        case _:
            message, status, code = _BUSY, 503, "busy"
    refusal = error_response(status, message, code=code)
    refusal.headers["retry-after"] = str(seconds)
    return refusal
