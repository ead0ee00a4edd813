"""A line of the log for every request, and an id that leads from the answer to its lines."""

import logging
import re
import uuid
from time import monotonic

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.logs import Fields, log_event, request_fields
from ui.access.visitor import visitor_in
from ui.api.metrics import part_of

HEADER = "x-request-id"
# What a proxy may send as its own id: nothing that could be taken for other fields or lines.
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_log = logging.getLogger(__name__)


class Logged:
    """ASGI middleware. Of a path only the part of the application is told: the rest may name a document."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = monotonic(), 500
        id_ = request_id(Headers(scope=scope))

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = id_
            await send(message)

        request_fields.set(lambda: _known(id_, scope))
        try:
            await self._app(scope, receive, send_named)
        finally:
            seconds = monotonic() - began
            fields = {"method": scope["method"], "part": part_of(scope["path"]), "status": status}
            log_event(_log, "request", {**fields, "total_ms": round(1000 * seconds, 1)})


def request_id(headers: Headers) -> str:
    """The id that a proxy gave the request, or a new one."""
    sent = headers.get(HEADER, "")
    return sent if _ID.fullmatch(sent) else uuid.uuid4().hex


def _known(id_: str, scope: Scope) -> Fields:
    """The request's id and, once the gate has let it pass, whose it is."""
    visitor = visitor_in(scope)
    return {"request": id_, **({"user": visitor.user} if visitor is not None and visitor.user else {})}
