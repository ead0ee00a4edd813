"""What is being worked on in other threads, which must be over before what it works on is closed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class InFlight:
    """Counts the steps on their way. Safe to share between threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    @contextmanager
    def step(self) -> Iterator[None]:
        """While it lasts, `over` waits."""
        with self._changed:
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    @contextmanager
    def over(self, seconds: float) -> Iterator[bool]:
        """Once no step is on its way, or so long later; whether none is. While it lasts, none begins."""
        with self._changed:
            yield self._changed.wait_for(lambda: not self._count, seconds)
