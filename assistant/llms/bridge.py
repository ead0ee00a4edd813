"""Asynchronous functions for callers that are not, whether or not a loop runs in their thread.

An interruption of the caller (`assistant.interruption`) ends them with `concurrent.futures.CancelledError`.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator
from concurrent.futures import Future
from contextlib import aclosing, contextmanager
from functools import wraps
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

from anyio.from_thread import start_blocking_portal

from assistant.interruption import interruptible

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
