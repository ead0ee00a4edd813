"""Who a request comes from: the visitor, what trusted proxies say of the way, and the account of what people do."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Protocol

from starlette.datastructures import State
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

Network = IPv4Network | IPv6Network


class Proxied:
    """ASGI middleware: notes whether a request came from one of `proxies`, in `state.from_proxy`.

    Of such a request the client's address and the scheme are those that the proxy tells.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[Network]) -> None:
        self._proxies = proxies
        self._app = ProxyHeadersMiddleware(app, [str(network) for network in proxies])  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {})["from_proxy"] = self._is_proxy(client_address(scope))
        await self._app(scope, receive, send)  # type: ignore[arg-type]

    def _is_proxy(self, address: str) -> bool:
        try:
            sender = ip_address(address)
        except ValueError:
            return False
        sender = getattr(sender, "ipv4_mapped", None) or sender
        return any(sender in network for network in self._proxies)


def client_address(scope: Scope) -> str:
    """The address that a request came from; empty if the server does not know it."""
    client = scope.get("client")
    return str(client[0]) if client else ""


class Way(StrEnum):
    """How a visitor was recognised."""

    OPEN = "open"
    SESSION = "session"
    PROXY = "proxy"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who was let in: `name` is the user's or the key's, empty where no one is asked for theirs."""

    name: str
    way: Way

    @property
    def user(self) -> str:
        """Whose conversations these are. No user's name has a colon, so a key is never taken for a user."""
        return f"key:{self.name}" if self.way is Way.KEY else self.name


def visitor_in(scope: Scope) -> Visitor | None:
    """Who sends a request; None for a stranger, or before the gate."""
    visitor: Visitor | None = scope.get("state", {}).get("visitor")
    return visitor


class Sent(Protocol):
    """A request, Starlette's or Gradio's."""

    @property
    def state(self) -> State: ...


def visitor_of(request: Sent) -> Visitor:
    """Who sends the request; the gate has let nobody else pass."""
    visitor: Visitor = request.state.visitor
    return visitor


audit = logging.getLogger("hemeroteca.audit")
audit.setLevel(logging.INFO)
