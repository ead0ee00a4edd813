"""Reverse proxies: what they say of a request is believed from their own addresses alone."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

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
