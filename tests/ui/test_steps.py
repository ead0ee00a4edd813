"""Steps made in worker threads, and ended from outside."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import aclosing
from threading import Event

import pytest

from assistant.llms.bridge import blocking, iterating
from ui.steps import stepping


class Model:
    """Says one word and then nothing more; knows when nobody listens any longer."""

    def __init__(self) -> None:
        self.is_asked, self.is_let_go = Event(), Event()

    async def speak(self) -> AsyncGenerator[str]:
        yield "word"
        await self.never()

    async def never(self) -> None:
        self.is_asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.is_let_go.set()


def streamed(model: Model) -> Generator[str, None, None]:
    yield "searching"
    yield from iterating(model.speak)()


def asked_once(model: Model) -> Generator[str, None, None]:
    yield "searching"
    blocking(model.never)()
    yield "written"


async def first_of(steps: Generator[str, None, None], count: int) -> list[str]:
    taken: list[str] = []
    async with aclosing(stepping(steps)) as source:
        async for step in source:
            taken.append(step)
            if len(taken) == count:
                break
    return taken


def test_steps_come_in_their_order() -> None:
    assert asyncio.run(first_of((step for step in ["one", "two", "three"]), 5)) == ["one", "two", "three"]


def test_what_goes_wrong_in_a_step_reaches_who_waits_for_it() -> None:
    def failing() -> Generator[str, None, None]:
        yield "one"
        raise ValueError("told to fail")

    with pytest.raises(ValueError, match="told to fail"):
        asyncio.run(first_of(failing(), 5))


def test_who_leaves_between_two_steps_closes_them() -> None:
    model = Model()
    assert asyncio.run(first_of(streamed(model), 2)) == ["searching", "word"]
    assert model.is_let_go.is_set()


@pytest.mark.parametrize("steps", [streamed, asked_once])
def test_who_leaves_within_a_step_ends_the_call_of_the_model(
    steps: Callable[[Model], Generator[str, None, None]],
) -> None:
    async def leave() -> None:
        waiting = asyncio.create_task(first_of(steps(model), 5))
        await asyncio.to_thread(model.is_asked.wait, 10)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    model = Model()
    asyncio.run(leave())
    assert model.is_let_go.is_set()
