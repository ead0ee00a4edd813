"""One call to a model: streamed, retried, and over by its deadline. The only place that retries."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AsyncExitStack, aclosing
from time import monotonic
from typing import TYPE_CHECKING

from assistant.errors import EngineFailed
from assistant.llms.connections import closed_by
from assistant.llms.failures import MODEL_ERRORS, classify

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse

# A server that asks for a longer wait than this is not worth waiting for: extraction answers at once.
LONGEST_WAIT = 20.0
_FIRST_WAIT = 0.5


async def stream(
    llm: "LLM", messages: Sequence["ChatMessage"], *, until: float, retries: int
) -> AsyncGenerator["ChatResponse"]:
    """The model's reply, chunk by chunk. `until` is a moment of `time.monotonic`.

    A call that fails before its first chunk is tried again `retries` times. Closing the generator closes the
    connection. Raises EngineFailed.
    """
    async with AsyncExitStack() as connections:
        chunks, first = await _open_with_retries(llm, messages, connections, until, retries)
        async with aclosing(chunks):
            chunk: ChatResponse | None = first
            while chunk is not None:
                yield chunk
                chunk = await _next(chunks, until)


async def _open_with_retries(
    llm: "LLM", messages: Sequence["ChatMessage"], connections: AsyncExitStack, until: float, retries: int
) -> "tuple[AsyncGenerator[ChatResponse], ChatResponse]":
    attempt = 0
    while True:
        try:
            return await _open(llm, messages, connections, until)
        except EngineFailed as failure:
            wait = _wait(failure, attempt)
            if not failure.transient or attempt >= retries or wait > min(LONGEST_WAIT, until - monotonic()):
                raise
        await asyncio.sleep(wait)
        attempt += 1


def _wait(failure: EngineFailed, attempt: int) -> float:
    return _FIRST_WAIT * 2.0**attempt if failure.retry_after is None else failure.retry_after


async def _open(
    llm: "LLM", messages: Sequence["ChatMessage"], connections: AsyncExitStack, until: float
) -> "tuple[AsyncGenerator[ChatResponse], ChatResponse]":
    with closed_by(connections):
        try:
            async with asyncio.timeout(until - monotonic()):
                chunks = _as_generator(await llm.astream_chat(messages))
        except MODEL_ERRORS as error:
            raise classify(error) from error
        first = await _next(chunks, until)
    if first is None:
        raise EngineFailed("The model server sent an empty answer: check HEMEROTECA_BASE_URL.", transient=True)
    return chunks, first


async def _next(chunks: "AsyncGenerator[ChatResponse]", until: float) -> "ChatResponse | None":
    try:
        async with asyncio.timeout(until - monotonic()):
            return await anext(chunks, None)
    except MODEL_ERRORS as error:
        raise classify(error) from error


async def _as_generator(chunks: "AsyncIterator[ChatResponse]") -> "AsyncGenerator[ChatResponse]":
    async for chunk in chunks:
        yield chunk
