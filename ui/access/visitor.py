"""Who sends a request."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from starlette.datastructures import State
from starlette.types import Scope


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
