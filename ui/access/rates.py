"""How often something may happen: at most so many times in the seconds just past, each name apart."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from math import ceil

_MOST_NAMES = 10_000


class Rate:
    """Admits `limit` events of a name in any `seconds`. To be used from one thread."""

    def __init__(self, limit: int, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._seconds, self._now = limit, seconds, now
        self._past: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, name: str) -> int:
        """Whole seconds until the name's next event may happen; 0 if it may now."""
        past = self._recent(name)
        return 0 if len(past) < self._limit else max(1, ceil(past[0] + self._seconds - self._now()))

    def count(self, name: str) -> None:
        """One more event of that name."""
        past = self._recent(name)
        past.append(self._now())
        self._past[name] = past
        self._past.move_to_end(name)
        if len(self._past) > _MOST_NAMES:
            self._past.popitem(last=False)

    def forget(self, name: str) -> None:
        """As if nothing of that name had happened."""
        self._past.pop(name, None)

    def _recent(self, name: str) -> deque[float]:
        past = self._past.get(name, deque())
        while past and past[0] <= self._now() - self._seconds:
            past.popleft()
        return past
