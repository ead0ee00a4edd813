"""Who reads a page: the user where people log in, else the address and a mark of ours that its browser carries."""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.access.prefix import cookie_name, cookie_path
from ui.access.visitor import Sent, Visitor, Way, client_address

_COOKIE = "reader"
_MARK = re.compile(r"[A-Za-z0-9_-]{22,43}")


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of pages; `name` is the user's, `address` and `mark` stand for who is not asked for one."""

    name: str
    address: str = ""
    mark: str = field(default="", repr=False)

    @property
    def payer(self) -> str:
        """Whom limits count: all that one user, or one address, has under way together."""
        return f"user {self.name}" if self.name else f"address {self.address}"


class Readers:
    """ASGI middleware behind the gate: `state.reader` tells who reads.

    Whoever opens one of `pages` without a name and without a mark is given a mark.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        self._app, self._pages = app, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        visitor = scope.get("state", {}).get("visitor")
        if scope["type"] != "http" or visitor is None:
            await self._app(scope, receive, send)
            return
        reader = _reader(HTTPConnection(scope), visitor)
        scope["state"]["reader"] = reader
        opens_page = scope["path"] in self._pages and visitor.way is Way.OPEN
        await self._app(scope, receive, _marking(scope, send) if opens_page and not reader.mark else send)


def reader_of(request: Sent) -> Reader:
    """Who sends the request."""
    reader: Reader = request.state.reader
    return reader


def _reader(request: HTTPConnection, visitor: Visitor) -> Reader:
    if visitor.way is not Way.OPEN:
        return Reader(visitor.user)
    sent = request.cookies.get(cookie_name(request.scope, _COOKIE), "")
    return Reader("", client_address(request.scope), sent if _MARK.fullmatch(sent) else "")


def _marking(scope: Scope, send: Send) -> Send:
    secure = scope["scheme"] == "https"
    carrier = Response()
    carrier.set_cookie(
        cookie_name(scope, _COOKIE),
        secrets.token_urlsafe(24),
        path=cookie_path(scope),
        httponly=True,
        samesite="lax",
        secure=secure,
    )

    async def send_marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", carrier.headers["set-cookie"])
        await send(message)

    return send_marked
