"""Connections before they are requests: how many there may be, and how long one may say nothing."""

import asyncio
import resource
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from ui.access.visitor import Network

MOST = 1000
MOST_OF_A_PEER = 200
# Files, databases and children need descriptors too.
_KEPT_FREE = 256
_LEAST = 16
HEAD_SECONDS = 10.0  # until the head of a request has come whole
STALLED_SECONDS = 60.0  # that a peer may leave an answer unread
LONGEST_HEAD = 64 * 1024  # bytes


class Connections:
    """The open connections of one server. To be used within one event loop.

    Where there are too many, in all or of one peer, the one that has waited longest without a request gives way to
    the new one: who says nothing keeps nobody out. Proxies, which speak for many, are bounded by the sum alone.
    """

    def __init__(
        self, proxies: Sequence[Network] = (), most: int | None = None, most_of_a_peer: int = MOST_OF_A_PEER
    ) -> None:
        self._most = most_connections() if most is None else most
        self._most_of_a_peer = min(most_of_a_peer, max(1, self._most // 2))
        self._proxies = proxies
        self._open: dict[Connection, str] = {}  # oldest first

    def admit(self, connection: "Connection", peer: str) -> bool:
        """Whether a new connection may stay; another may have been closed for it."""
        of_the_peer = [each for each, name in self._open.items() if name == peer]
        if len(of_the_peer) >= self._most_of_a_peer and not self._is_proxy(peer):
            admitted = _made_room(of_the_peer)
        else:
            admitted = len(self._open) < self._most or _made_room(self._open)
        if admitted:
            self._open[connection] = peer
        return admitted

    def leave(self, connection: "Connection") -> None:
        """A connection is closed."""
        self._open.pop(connection, None)

    def _is_proxy(self, peer: str) -> bool:
        with suppress(ValueError):
            return any(ip_address(peer) in network for network in self._proxies)
        return False


def most_connections() -> int:
    """How many connections the process has descriptors for."""
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if descriptors == resource.RLIM_INFINITY:
        return MOST
    return max(_LEAST, min(MOST, descriptors - _KEPT_FREE))


def _made_room(connections: Collection["Connection"]) -> bool:
    idle = next((each for each in connections if each.is_idle), None)
    if idle is not None:
        idle.drop()
    return idle is not None


class Connection(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with an end to what a peer may put off."""

    def __init__(self, connections: Connections, **given: Any) -> None:
        super().__init__(**given)
        self._all = connections
        self._until_head = _Alarm(self.loop, HEAD_SECONDS, self._drop_if_idle)
        self._until_read = _Alarm(self.loop, STALLED_SECONDS, self.drop)

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered: its head has not come whole, or the answer is sent."""
        return self.cycle is None or self.cycle.response_complete

    def drop(self) -> None:
        """Close at once, whatever is unsent."""
        self._all.leave(self)
        self.transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self._all.admit(self, self.client[0] if self.client else ""):
            self._until_head.set()
        else:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._all.leave(self)
        self._until_head.clear()
        self._until_read.clear()
        # After an error uvicorn leaves its own timer running, which keeps the connection in memory.
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.is_idle:
            self._until_head.set()
        else:
            self._until_head.clear()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._until_read.set()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._until_read.clear()

    def _drop_if_idle(self) -> None:
        if self.is_idle:
            self.drop()


class _Alarm:
    """Calls once when it was set so many seconds ago and not cleared since; setting it again changes nothing."""

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float, call: Callable[[], None]) -> None:
        self._loop, self._seconds, self._call = loop, seconds, call
        self._timer: asyncio.TimerHandle | None = None

    def set(self) -> None:
        if self._timer is None:
            self._timer = self._loop.call_later(self._seconds, self._ring)

    def clear(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ring(self) -> None:
        self._timer = None
        self._call()
