"""Bodies of requests: read whole, in time and within bounds, before anything is done or held for them."""

import asyncio
import logging
from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.access.throttle import Shares, TooMuch, sender
from ui.access.visitor import visitor_in
from ui.api.errors import error_response

_MB = 1024**2
SECONDS = 15.0  # for any body
_BYTES_A_SECOND = 64 * 1024  # and for each of these a second more
STRANGERS_BODY = 64 * 1024  # bytes: a name and a password
AT_ONCE = 256 * _MB  # bytes of the bodies of all
AT_ONCE_OF_ONE = 48 * _MB
_BUSY_SECONDS = 5
_log = logging.getLogger(__name__)


class Bodies:
    """ASGI middleware behind the gate: hands on requests whose bodies have come.

    The guard has seen to it that each tells its length, and that it is not too long. Those to the paths in
    `streamed` are left to their routes.
    """

    def __init__(self, app: ASGIApp, streamed: Collection[str] = ()) -> None:
        self._app, self._streamed = app, streamed
        self._shares = Shares(AT_ONCE, AT_ONCE_OF_ONE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = body_length(scope)
        if not length or scope["path"] in self._streamed:
            await self._app(scope, receive, send)
            return
        if length > STRANGERS_BODY and visitor_in(scope) is None:
            await error_response(413, "Log in before you send so much.")(scope, receive, send)
            return
        try:
            with self._shares.held(sender(scope), length):
                try:
                    whole = await read_whole(receive, SECONDS + length / _BYTES_A_SECOND)
                except TimeoutError:
                    await _late()(scope, receive, send)
                else:
                    await self._app(scope, whole, send)
        except TooMuch:
            await _busy()(scope, receive, send)
        except ClientDisconnect:
            _log.debug("A request was broken off before it had come whole.")


async def read_whole(receive: Receive, seconds: float) -> Receive:
    """Gives the whole body at once, then what else comes. Raises TimeoutError, and ClientDisconnect."""
    body = bytearray()
    async with asyncio.timeout(seconds):
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            body += message.get("body", b"")
            more = message.get("more_body", False)
    waiting: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": False}]

    async def received() -> Message:
        return waiting.pop() if waiting else await receive()

    return received


def body_length(scope: Scope) -> int:
    """The bytes of the body that a request announces."""
    return int(Headers(scope=scope).get("content-length", "0")) if scope["type"] == "http" else 0


def _late() -> Response:
    refusal = error_response(408, "The request did not come whole in time.", code="timeout")
    refusal.headers["connection"] = "close"
    return refusal


def _busy() -> Response:
    refusal = error_response(503, "Too much is being sent at once: try again in a moment.", code="busy")
    refusal.headers["retry-after"] = str(_BUSY_SECONDS)
    return refusal
