"""One call to a model: streamed, retried, and over by its deadline. The only place that retries."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from assistant.errors import EngineFailed
from assistant.incoming import flaw
from assistant.llms.connections import closed_by

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse

# A server that asks for a longer wait than this is not worth waiting for: extraction answers at once.
LONGEST_WAIT = 20.0
_FIRST_WAIT = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a reply. `finish` and the token counts come with one of the last, from servers that tell."""

    text: str
    finish: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None


async def stream(
    llm: "LLM",
    messages: Sequence["ChatMessage"],
    *,
    until: float,
    retries: int,
    options: Mapping[str, Any] | None = None,
) -> AsyncGenerator[Piece]:
    """The model's reply as it is written. `until` is a moment of `time.monotonic`, `options` fields of the request.

    A call that fails before its first word is tried again `retries` times. Closing the generator closes the
    connection. Raises EngineFailed.
    """
    async with AsyncExitStack() as connections:
        request = _Request(llm, messages, options or {})
        pieces, first = await _open_with_retries(request, connections, until, retries)
        async with aclosing(pieces):
            piece: Piece | None = first
            while piece is not None:
                yield piece
                piece = await _next(pieces, until)


@dataclass(frozen=True, slots=True)
class _Request:
    llm: "LLM"
    messages: Sequence["ChatMessage"]
    options: Mapping[str, Any]


async def _open_with_retries(
    request: _Request, connections: AsyncExitStack, until: float, retries: int
) -> tuple[AsyncGenerator[Piece], Piece]:
    attempt = 0
    while True:
        try:
            return await _open(request, connections, until)
        except EngineFailed as failure:
            wait = _wait(failure, attempt)
            if not failure.transient or attempt >= retries or wait > min(LONGEST_WAIT, until - monotonic()):
                raise
        await asyncio.sleep(wait)
        attempt += 1


def _wait(failure: EngineFailed, attempt: int) -> float:
    return _FIRST_WAIT * 2.0**attempt if failure.retry_after is None else failure.retry_after


async def _open(
    request: _Request, connections: AsyncExitStack, until: float
) -> tuple[AsyncGenerator[Piece], Piece]:
    """The reply and its first piece that has words. The request is sent when that piece is asked for."""
    pieces = _pieces(request)
    with closed_by(connections):
        first = await _next(pieces, until)
        while first is not None and not first.text:
            first = await _next(pieces, until)
    if first is None:
        raise EngineFailed(
            "The model server sent an empty answer: check HEMEROTECA_BASE_URL.", transient=True
        )
    return pieces, first


async def _next(pieces: AsyncGenerator[Piece], until: float) -> Piece | None:
    from assistant.llms.failures import MODEL_ERRORS, classify

    try:
        async with asyncio.timeout(until - monotonic()):
            return await anext(pieces, None)
    except MODEL_ERRORS as error:
        raise classify(error) from error


async def _pieces(request: _Request) -> AsyncGenerator[Piece]:
    chunks: AsyncIterator[ChatResponse] = await request.llm.astream_chat(request.messages, **request.options)
    async for chunk in chunks:
        usage = chunk.additional_kwargs
        text = chunk.delta or ""
        if (problem := flaw(text)) is not None:
            raise EngineFailed(f"The model server's answer {problem}.", transient=False)
        yield Piece(text, _finish(chunk), usage.get("prompt_tokens"), usage.get("completion_tokens"))


def _finish(chunk: "ChatResponse") -> str | None:
    choices = getattr(chunk.raw, "choices", None)
    return choices[0].finish_reason if choices else None
