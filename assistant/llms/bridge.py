"""Asynchronous functions for callers that are not, whether or not a loop runs in their thread."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import aclosing
from functools import wraps
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

from anyio.from_thread import start_blocking_portal

P = ParamSpec("P")
T = TypeVar("T")


def blocking(function: Callable[P, Awaitable[T]]) -> Callable[P, T]:
    """`function`, run to its end in a loop of its own."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        async def run() -> T:
            return await function(*args, **kwargs)

        with start_blocking_portal() as portal:
            return portal.call(run)

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

        with start_blocking_portal() as portal:
            task = portal.start_task_soon(pump)
            task.add_done_callback(lambda _: items.put(None))
            try:
                while (item := items.get()) is not None:
                    yield item
                task.result()
            finally:
                task.cancel()

    return iterate
