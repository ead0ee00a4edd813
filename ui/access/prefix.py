"""A path before all of ours, where the archive is a part of another site, such as https://example.org/archivo/.

Within the application paths are told without it, so that every rule reads the same wherever the archive stands. The
routes get it back, and with it every address that they tell.
"""

import re

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_HEADER = "x-forwarded-prefix"
_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]{1,100}){1,8}")


class Unprefixed:
    """ASGI middleware: takes the prefix off a request's path, unless a proxy has, and notes it in `state.prefix`.

    It is what a proxy that is believed tells in X-Forwarded-Prefix, else the setting's.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app, self._prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        prefix = (_forwarded(scope) or self._prefix) if scope["type"] == "http" else ""
        if not prefix:
            await self._app(scope, receive, send)
            return
        scope["state"]["prefix"] = prefix
        path = scope["path"]
        if path == prefix:
            # Addresses that are relative to the start lead past it without the slash.
            await RedirectResponse(f"{prefix}/", 308)(scope, receive, send)
        else:
            bare = path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path
            await self._app({**scope, "path": bare, "raw_path": bare.encode()}, receive, send)


class Prefixed:
    """ASGI middleware before the routes: gives a path its prefix back, as the root of the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if prefix := prefix_of(scope):
            path = prefix + scope["path"]
            scope = {**scope, "root_path": prefix, "path": path, "raw_path": path.encode()}
        await self._app(scope, receive, send)


def prefix_of(scope: Scope) -> str:
    """The prefix of a request's path, which begins with a slash; empty if there is none."""
    prefix: str = scope.get("state", {}).get("prefix", "")
    return prefix


def cookie_path(scope: Scope) -> str:
    """Where in the site our cookies count: two archives of one site must not take each other's."""
    return prefix_of(scope) or "/"


def cookie_name(scope: Scope, name: str) -> str:
    """The name of a cookie; behind TLS one that browsers take from this very host only, or at least from TLS only."""
    if scope["scheme"] != "https":
        return name
    return f"__Secure-{name}" if prefix_of(scope) else f"__Host-{name}"


def _forwarded(scope: Scope) -> str:
    """The prefix that a proxy tells which is believed; empty if none does."""
    if not scope.get("state", {}).get("from_proxy"):
        return ""
    prefix = Headers(scope=scope).get(_HEADER, "").rstrip("/")
    return prefix if _PREFIX.fullmatch(prefix) else ""
