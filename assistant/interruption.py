"""Ending an answer at once while another thread waits in it for its model.

A generator cannot be closed while a thread is in it, and that thread may wait a minute for a model's next word. So
who hands an answer to worker threads says the interruption, and what waits there is called back.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

Callback = Callable[[], object]


class Interruption:
    """Said at most once, from any thread. What is under way when it is said ends, and nothing begins after it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._said = False
        self._waiting: list[Callback] = []

    def say(self) -> None:
        """Call back everything that waits."""
        with self._lock:
            self._said = True
            waiting = list(self._waiting)
        for callback in waiting:
            callback()

    def enter(self) -> None:
        """Let it reach what is begun in this context from now on."""
        _current.set(self)

    @contextmanager
    def calling(self, callback: Callback) -> Iterator[None]:
        """Within the block, the interruption calls `callback`; at once if it was said before."""
        with self._lock:
            said = self._said
            self._waiting.append(callback)
        if said:
            callback()
        try:
            yield
        finally:
            with self._lock:
                self._waiting.remove(callback)


_current: ContextVar[Interruption | None] = ContextVar("interruption", default=None)


@contextmanager
def interruptible(callback: Callback) -> Iterator[None]:
    """Within the block, `callback` is called by the interruption of this context, if there is one."""
    interruption = _current.get()
    if interruption is None:
        yield
        return
    with interruption.calling(callback):
        yield
