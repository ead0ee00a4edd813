"""The gate before every route: lets in who is known, and sends others to the login."""

import logging
from urllib.parse import urlencode

from anyio import CapacityLimiter, to_thread
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import HemerotecaError
from ui.access.access import Access, Forged, for_programs
from ui.api.errors import error_response

# All that is shown to anyone: the login, what its page is drawn with, and whether the service runs.
OPEN = frozenset(
    {
        "/login",
        "/logout",
        "/healthz",
        "/readyz",
        "/static/page.css",
        "/static/login.css",
        "/static/theme.js",
        "/static/icon.svg",
    }
)
_AT_ONCE = 8
_log = logging.getLogger(__name__)


class Gate:
    """ASGI middleware; of whoever it lets pass, `state.visitor` tells who it is."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access
        # Users and sessions may be in a database that takes its time to answer, or to fail: neither the event loop
        # nor the threads of answers wait for that.
        self._asking = CapacityLimiter(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope["path"] in OPEN:
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        scope.setdefault("state", {})
        refused = await to_thread.run_sync(self._refused, HTTPConnection(scope), limiter=self._asking)
        await (refused or self._app)(scope, receive, send)

    def _refused(self, request: HTTPConnection) -> Response | None:
        """The answer to a request that may not pass; one that may is given its visitor."""
        try:
            visitor = self._access.visitor(request)
            if visitor is not None:
                request.state.visitor = visitor
                return None
            return self._unknown(request)
        except Forged:
            _log.warning("A user's name that no trusted proxy sent was refused.")
            return error_response(403, "This archive does not believe who says who you are.")
        except HemerotecaError as error:
            _log.error("%s", error)
            return error_response(
                503,
                "The archive cannot tell who may come in; whoever looks after it finds the reason in its log.",
            )

    def _unknown(self, request: HTTPConnection) -> Response:
        if self._access.has_lost_users():
            raise HemerotecaError(
                f"There are no users in {self._access.users.place}, though whoever comes in must be one, so nobody "
                "is let in: make one with “hemeroteca user add NAME”, bring the file back, or open the archive to "
                "whoever is at this machine with “hemeroteca user open”."
            )
        if for_programs(request.scope["path"]):
            return _no_key()
        if not self._access.has_login():
            return PlainTextResponse(
                "Come in through the proxy before this archive, which must say who you are.", 401
            )
        if request.scope["method"] in ("GET", "HEAD") and "text/html" in request.headers.get("accept", ""):
            return RedirectResponse(login_address(request), 303)
        return PlainTextResponse("Log in first.", 401)


def login_address(request: HTTPConnection) -> str:
    """Where to log in, relative to the request, and where that leads back to."""
    path = str(request.scope["path"])
    back = path.removeprefix("/") + (f"?{request.url.query}" if request.url.query else "")
    return "../" * (path.count("/") - 1) + "login" + (f"?{urlencode({'next': back})}" if back else "")


def _no_key() -> Response:
    refusal = error_response(
        401,
        "This archive asks for a valid API key: send one as “Authorization: Bearer …”; whoever looks after "
        "the archive makes one with “hemeroteca key add NAME”.",
        code="invalid_api_key",
    )
    refusal.headers["www-authenticate"] = "Bearer"
    return refusal
