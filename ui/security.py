"""What guards every route: which hosts and origins may ask, how much they may send, what answers carry."""

import socket
from collections.abc import Container, Iterable, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EVERYWHERE = frozenset({"0.0.0.0", "::"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_MB = 1024**2
_UPLOADS = "/uploads"
MAX_UPLOAD = 60 * _MB  # bytes: one file of the largest size, and its envelope
MAX_BODY = 12 * _MB  # of all else: the longest conversation that a program may send
# Gradio makes functions of its HTML templates and of the scripts of its events, hence unsafe-eval; no text of a
# document reaches one. Its styles stand in the page and in attributes, where neither hash nor nonce counts.
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "frame-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
_HEADERS = {
    "x-content-type-options": "nosniff",
    # With no-referrer, browsers send the page's own forms with an origin of “null”.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Hosts:
    """The names that a server answers to: this machine's own, where it listens, and those it was given.

    One that listens everywhere is also reached by its addresses and the machine's name. No page elsewhere can
    use an address to pass for this server, as it could use a name of its own that leads here.
    """

    def __init__(self, bound: str = "127.0.0.1", others: Iterable[str] = ()) -> None:
        self._everywhere = bound in _EVERYWHERE
        machine = {socket.gethostname().lower()} if self._everywhere else set()
        self._names = LOOPBACK | {bound.lower()} | {name.lower() for name in others} | machine

    def __contains__(self, name: object) -> bool:
        return name in self._names or (self._everywhere and is_address(str(name)))


def is_address(name: str) -> bool:
    """Whether a host's name is an IP address."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """ASGI middleware: refuses what no page of ours would send, puts the security headers on all answers.

    `hosts` are the names this server answers to, without port; `parents` the sites that may show it in their pages.
    """

    def __init__(self, app: ASGIApp, hosts: Container[str] = LOOPBACK, parents: Sequence[str] = ()) -> None:
        self._app = app
        self._hosts = hosts
        self._parents = parents
        # The older header can name no site.
        self._headers = _HEADERS if parents else {**_HEADERS, "x-frame-options": "DENY"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                nonce = scope.get("state", {}).get("nonce")
                told = {**self._headers, "content-security-policy": policy(nonce, self._parents)}
                MutableHeaders(scope=message).update(told)
            await send(message)

        refused = refusal(scope["method"], scope["path"], Headers(scope=scope), self._hosts)
        if refused is None:
            await self._app(scope, receive, send_guarded)
        else:
            status, reason = refused
            await PlainTextResponse(reason, status)(scope, receive, send_guarded)


def policy(nonce: str | None = None, parents: Sequence[str] = ()) -> str:
    """What a page may load and run, and in whose pages; `nonce` marks the scripts that stand in it."""
    marked = f" 'nonce-{nonce}'" if nonce else ""
    rules = {**_POLICY, "frame-ancestors": " ".join(("'self'", *parents)) if parents else "'none'"}
    return "; ".join(
        f"{name} {value}{marked if name == 'script-src' else ''}" for name, value in rules.items()
    )


def refusal(method: str, path: str, headers: Headers, hosts: Container[str]) -> tuple[int, str] | None:
    """The status and reason to refuse a request with, or None for one that may pass."""
    host = headers.get("host", "")
    if host_name(host) not in hosts:
        return 400, "This server does not answer to that host name; HEMEROTECA_HOSTS tells it more of them."
    if not same_origin(headers.get("origin"), host):
        return 403, "Requests from other origins are refused."
    if method not in _SAFE_METHODS and headers.get("sec-fetch-site", "same-origin") == "cross-site":
        return 403, "Requests from other sites are refused."
    return _body_refusal(headers, MAX_UPLOAD if path == _UPLOADS else MAX_BODY)


def host_name(host: str) -> str:
    """The name in a Host header, in lower case, without port or brackets; empty if it cannot be one."""
    try:
        parts = urlsplit(f"//{host}")
        return (parts.hostname or "") if parts.netloc == host and "@" not in host else ""
    except ValueError:
        return ""


def same_origin(origin: str | None, host: str) -> bool:
    """Whether an Origin header names this server; requests without one are judged by other means."""
    if origin is None:
        return True
    scheme, _, authority = origin.partition("://")
    return scheme in ("http", "https") and authority.lower() == host.lower()


def _body_refusal(headers: Headers, limit: int) -> tuple[int, str] | None:
    if "transfer-encoding" in headers:
        return 411, "Requests must tell their length."
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > limit:
        return 413, f"At most {limit // _MB} MB can be sent at once."
    return None
