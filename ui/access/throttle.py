"""Programs stand in the same line as readers: their questions wait, or are told to come back."""

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.access.shares import Shares, TooMuch, sender
from ui.access.visitor import visitor_in, visitor_of
from ui.api.errors import error_response
from ui.limits import Limits, TooOften
from ui.line import Busy, Crowding
from ui.texts import LANGUAGES

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
            told, status, code = _TOO_OFTEN, 429, "rate_limit_exceeded"
            seconds = error.seconds
        case Crowding():
            told, status, code = _CROWDING, 429, "too_many_at_once"
        case _:
            told, status, code = _BUSY, 503, "busy"
    refusal = error_response(status, told, code=code)
    refusal.headers["retry-after"] = str(seconds)
    return refusal
