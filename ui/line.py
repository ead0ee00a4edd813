"""The line before the engine: so many answers at once, so many who wait and know their place, others come back."""

import asyncio
import bisect
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


class Busy(Exception):
    """No place is left in the line."""


class Crowding(Busy):
    """Who asks holds as many places as one may."""


_PAUSE = 1.0  # seconds


class Line:
    """Lets `at_once` in and `waiting` stand behind them. To be used within one event loop.

    Nobody holds more than `each` places, nor more than half of those inside, and each one's first question stands
    before everybody's second: no name keeps the others out. Places without a name are everybody's.

    Who waits is told the place every `pause` seconds, and the more seldom the farther back: to tell two hundred
    of every step would be more work than to answer them.
    """

    def __init__(self, at_once: int, waiting: int, each: int | None = None, pause: float = _PAUSE) -> None:
        self._at_once, self._longest, self._pause = at_once, waiting, pause
        self._each = each or at_once + waiting
        self._inside_of_one = max(1, at_once // 2)
        self._inside: list[Place] = []
        self._standing: list[Place] = []
        self._closed = False

    def join(self, name: str = "") -> "Place":
        """A place, to be used with `with`, which gives it back. Raises Busy if the line is full or closed."""
        held = self._held(self._inside, name) + self._held(self._standing, name)
        if held >= self._each:
            raise Crowding
        if self._closed or (len(self._inside) >= self._at_once and len(self._standing) >= self._longest):
            raise Busy
        place = Place(self, len(self._standing) + 1, name, held)
        bisect.insort(self._standing, place, key=lambda each: each.round)
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
        return not self._inside and not self._standing

    def leave(self, place: "Place") -> None:
        """Give a place back, before its turn or after."""
        (self._standing if place in self._standing else self._inside).remove(place)
        self._move()

    def _move(self) -> None:
        while len(self._inside) < self._at_once and (place := self._next()) is not None:
            self._standing.remove(place)
            self._inside.append(place)
            place.enter()
        for position, place in enumerate(self._standing, 1):
            place.position = position

    def _next(self) -> "Place | None":
        return next((each for each in self._standing if self._may_enter(each)), None)

    def _may_enter(self, place: "Place") -> bool:
        return self._held(self._inside, place.name) < self._inside_of_one

    @staticmethod
    def _held(places: Iterable["Place"], name: str) -> int:
        """How many of the places are one name's; none is nobody's."""
        return sum(each.name == name for each in places) if name else 0


@dataclass(slots=True, eq=False)
class Place:
    """A place in the line; `position` counts from 1, 0 is inside. `round` is how many its name held before it."""

    line: Line
    position: int
    name: str = ""
    round: int = 0
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
