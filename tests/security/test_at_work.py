"""Requests that are worked on at a time: one reader's never keep another's waiting, nor a stranger's a reader's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from starlette.types import Message, Receive, Scope, Send

from ui.access.throttle import AT_WORK_OF_ONE, STRANGERS, Limits, Rate, Throttle
from ui.access.visitor import Visitor, Way
from ui.line import Line

READY = 200


def request(visitor: Visitor | None, address: str = "203.0.113.9", path: str = "/document") -> Scope:
    state = {} if visitor is None else {"visitor": visitor}
    return {"type": "http", "method": "GET", "path": path, "client": (address, 1), "state": state}


class Slow:
    """An application that works on everything until it is let go, behind the throttle."""

    def __init__(self) -> None:
        self._let_go = asyncio.Event()
        self._throttle = Throttle(self._work, *(Limits(Line(1, 1), Rate(1, 60)) for _ in range(2)))

    async def _work(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": READY, "headers": []})
        await self._let_go.wait()

    @asynccontextmanager
    async def asked(self, scope: Scope) -> AsyncIterator[int]:
        """The status that a request is answered with; it is worked on until the end of the block."""
        status: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def receive() -> Message:
            raise AssertionError("there is no body")

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                status.set_result(message["status"])

        task = asyncio.ensure_future(self._throttle(scope, receive, send))
        try:
            yield await status
        finally:
            self._let_go.set()
            await task


def test_a_readers_share_is_bounded_and_another_reader_is_answered() -> None:
    async def crowd() -> list[int]:
        slow, ana = Slow(), Visitor("ana", Way.SESSION)
        async with AsyncExitStack() as stack:
            for _ in range(AT_WORK_OF_ONE):
                assert await stack.enter_async_context(slow.asked(request(ana))) == READY
            others = (ana, Visitor("luis", Way.SESSION), Visitor("ana", Way.KEY))
            return [await stack.enter_async_context(slow.asked(request(other))) for other in others]

    assert asyncio.run(crowd()) == [503, READY, READY]


def test_strangers_of_many_addresses_take_nothing_from_readers() -> None:
    async def crowd() -> list[int]:
        slow = Slow()
        async with AsyncExitStack() as stack:
            for number in range(STRANGERS):
                await stack.enter_async_context(slow.asked(request(None, f"203.0.113.{number}")))
            others = (None, Visitor("ana", Way.SESSION))
            return [await stack.enter_async_context(slow.asked(request(other))) for other in others]

    assert asyncio.run(crowd()) == [503, READY]


@pytest.mark.parametrize(
    ("path", "answered"), [("/v1/files/gradio_api/1", 503), ("/es/gradio_api/queue/data", READY)]
)
def test_no_name_of_a_document_passes_for_the_events_of_a_page(path: str, answered: int) -> None:
    """The queue of a page bounds its events; a document may be called anything."""

    async def crowd() -> int:
        slow, ana = Slow(), Visitor("ana", Way.SESSION)
        async with AsyncExitStack() as stack:
            for _ in range(AT_WORK_OF_ONE):
                await stack.enter_async_context(slow.asked(request(ana, path=path)))
            return await stack.enter_async_context(slow.asked(request(ana, path=path)))

    assert asyncio.run(crowd()) == answered
