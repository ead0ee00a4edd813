"""What readers may hold at once: all together, and each by name or, who has none, by address."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import Scope

from ui.access.proxies import client_address
from ui.access.visitor import visitor_in


class TooMuch(Exception):
    """More is being sent at once than may be."""


class Shares:
    """What all hold together, and each by name: never more than the bounds. To be used within one event loop."""

    def __init__(self, total: int, each: int) -> None:
        self._total, self._each = total, each
        self._held = Counter[str]()

    @contextmanager
    def held(self, name: str, amount: int) -> Iterator[None]:
        """Hold an amount during the block. Raises TooMuch."""
        if self._held[name] + amount > self._each or self._held.total() + amount > self._total:
            raise TooMuch
        self._held[name] += amount
        try:
            yield
        finally:
            self._held[name] -= amount
            if not self._held[name]:
                del self._held[name]


def sender(scope: Scope) -> str:
    """The name that a request is counted by: its user's, else the address that it came from."""
    visitor = visitor_in(scope)
    # No user's name begins with a colon.
    return (visitor.user if visitor else "") or f":{client_address(scope)}"
