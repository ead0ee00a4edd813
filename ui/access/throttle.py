"""Programs stand in the same line as readers: their questions wait, or are told to come back."""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.access.visitor import visitor_of
from ui.api.errors import error_response
from ui.limits import Limits, TooOften
from ui.line import Busy

_ASKING = frozenset(
    {
        ("POST", "/v1/chat/completions"),
        ("POST", "/v1/embeddings"),
        ("POST", "/api/ask"),
        ("GET", "/api/search"),
        ("GET", "/api/timeline"),
        ("POST", "/mcp"),
    }
)
_BUSY_SECONDS = 5


class Throttle:
    """ASGI middleware behind the gate: holds a place in the line for as long as a question is answered."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (scope["method"], scope["path"]) not in _ASKING:
            await self._app(scope, receive, send)
            return
        try:
            place = self._limits.join(visitor_of(HTTPConnection(scope)))
        except TooOften as error:
            told = "You ask more questions a minute than this archive allows: ask again later."
            refusal = error_response(429, told, code="rate_limit_exceeded")
            refusal.headers["retry-after"] = str(error.seconds)
            await refusal(scope, receive, send)
        except Busy:
            told = "The archive has as many questions to answer as it can take: ask again in a moment."
            refusal = error_response(503, told, code="busy")
            refusal.headers["retry-after"] = str(_BUSY_SECONDS)
            await refusal(scope, receive, send)
        else:
            with place:
                await place.turn()
                await self._app(scope, receive, send)
