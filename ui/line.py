"""The line before the engine: so many answers at once, so many who wait and know their place, others come back."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


class Busy(Exception):
    """No place is left in the line."""


_PAUSE = 1.0  # seconds


class Line:
    """Lets `at_once` in and `waiting` stand behind them. To be used within one event loop.

    Who waits is told the place every `pause` seconds, and the more seldom the farther back: to tell two hundred
    of every step would be more work than to answer them.
    """

    def __init__(self, at_once: int, waiting: int, pause: float = _PAUSE) -> None:
        self._at_once, self._longest, self._pause = at_once, waiting, pause
        self._in = 0
        self._standing: deque[Place] = deque()
        self._closed = False

    def join(self) -> "Place":
        """A place, to be used with `with`, which gives it back. Raises Busy if the line is full or closed."""
        if self._closed or (self._in >= self._at_once and len(self._standing) >= self._longest):
            raise Busy
        place = Place(self, len(self._standing) + 1)
        self._standing.append(place)
        self._move()
        return place

    def close(self) -> None:
        """Let nobody join any more; who stands in line still gets in."""
        self._closed = True

    def pause(self, position: int) -> float:
        """Seconds until who stands at `position` is told again."""
        return self._pause * (2 + position / 5)

    @property
    def is_empty(self) -> bool:
        return not self._in and not self._standing

    def leave(self, place: "Place") -> None:
        """Give a place back, before its turn or after."""
        if place in self._standing:
            self._standing.remove(place)
        else:
            self._in -= 1
        self._move()

    def _move(self) -> None:
        while self._standing and self._in < self._at_once:
            self._in += 1
            self._standing.popleft().enter()
        for position, place in enumerate(self._standing, 1):
            place.position = position


@dataclass(slots=True, eq=False)
class Place:
    """A place in the line; `position` counts from 1, 0 is inside."""

    line: Line
    position: int
    _entered: asyncio.Event = field(default_factory=asyncio.Event)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.line.leave(self)

    def enter(self) -> None:
        """It is this one's turn."""
        self.position = 0
        self._entered.set()

    async def positions(self) -> AsyncIterator[int]:
        """The position now and as it changes, until it is this one's turn."""
        told = 0
        while self.position:
            if self.position != told:
                told = self.position
                yield told
            with suppress(TimeoutError):
                await asyncio.wait_for(self._entered.wait(), self.line.pause(self.position))

    async def turn(self) -> None:
        """Wait until it is this one's turn."""
        await self._entered.wait()
