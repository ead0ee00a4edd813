"""The steps of an answer, made in worker threads for a caller that must not wait in its own."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextvars import copy_context
from typing import TypeVar

from anyio import CancelScope, to_thread

from assistant.llms.bridge import Interruption

T = TypeVar("T")


async def stepping(steps: Generator[T, None, None]) -> AsyncGenerator[T]:
    """Each step as it is made. Closing this, or cancelling who waits for it, ends the step under way and `steps`."""
    interruption, context = Interruption(), copy_context()
    context.run(interruption.enter)
    under_way: asyncio.Task[T | None] | None = None
    try:
        while True:
            under_way = asyncio.create_task(to_thread.run_sync(lambda: context.run(next, steps, None)))
            if (step := await asyncio.shield(under_way)) is None:
                return
            yield step
    finally:
        interruption.say()
        with CancelScope(shield=True):
            await _settled(under_way)
            await to_thread.run_sync(context.run, steps.close)


async def _settled(task: "asyncio.Task[T] | None") -> None:
    """Wait for its end."""
    if task is None:
        return
    await asyncio.wait([task])
    if not task.cancelled():
        # Nobody waits for the step any more; unless it is looked at, asyncio logs its failure as forgotten.
        task.exception()
