"""Asynchronous functions for callers that are not, and ending them at once from another thread.

A generator cannot be closed while a thread is in it, and that thread may wait a minute for a model's next word. So who
hands an answer to worker threads says the interruption, and what waits there is called back: a function called from
here ends with `concurrent.futures.CancelledError`.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator
from concurrent.futures import Future
from contextlib import aclosing, contextmanager
from contextvars import ContextVar
from functools import wraps
from queue import SimpleQueue
from threading import Lock
from typing import ParamSpec, TypeVar

from anyio.from_thread import start_blocking_portal

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


P = ParamSpec("P")
T = TypeVar("T")


def blocking(function: Callable[P, Awaitable[T]]) -> Callable[P, T]:
    """`function`, run to its end in a loop of its own."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        async def run() -> T:
            return await function(*args, **kwargs)

        with _started(run) as task:
            return task.result()

    return call


def iterating(function: Callable[P, AsyncGenerator[T]]) -> Callable[P, Generator[T, None, None]]:
    """`function` as one that gives its items as they come. Closing the iterator cancels it at once."""

    @wraps(function)
    def iterate(*args: P.args, **kwargs: P.kwargs) -> Generator[T, None, None]:
        items: SimpleQueue[T | None] = SimpleQueue()

        async def pump() -> None:
            async with aclosing(function(*args, **kwargs)) as source:
                async for item in source:
                    items.put(item)

        with _started(pump) as task:
            task.add_done_callback(lambda _: items.put(None))
            while (item := items.get()) is not None:
                yield item
            task.result()

    return iterate


@contextmanager
def _started(function: Callable[[], Awaitable[T]]) -> Iterator["Future[T]"]:
    """The function under way in a loop of its own; it is cancelled when the block is left or interrupted."""
    with start_blocking_portal() as portal:
        task = portal.start_task_soon(function)
        try:
            with interruptible(task.cancel):
                yield task
        finally:
            task.cancel()
