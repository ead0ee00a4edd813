"""One call to a model: streamed, retried, and over by its deadline. The only place that retries.

A model is opened once and used from many event loops, while a pooled connection belongs to the loop that made it; and
LlamaIndex leaves an abandoned stream to the garbage collector, so that the server goes on generating. Hence one
connection a request, known to whoever asked for it.
"""

import asyncio
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, aclosing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

import httpx

from assistant.errors import EngineFailed
from assistant.incoming import flaw
from assistant.llms.bridge import blocking

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse


_closing: ContextVar[AsyncExitStack | None] = ContextVar("closing", default=None)


@contextmanager
def closed_by(stack: AsyncExitStack) -> Iterator[None]:
    """Let `stack` close whatever connection is opened in this block."""
    token = _closing.set(stack)
    try:
        yield
    finally:
        _closing.reset(token)


def http_client(*, loopback: bool) -> httpx.AsyncClient:
    """A client that may be shared by threads and event loops. Proxies are never used for a loopback host."""
    return httpx.AsyncClient(transport=_OneConnectionEach(trust_env=not loopback))


class _OneConnectionEach(httpx.AsyncBaseTransport):
    """Sends each request through a client of its own, which ends with the response."""

    def __init__(self, *, trust_env: bool) -> None:
        self._trust_env = trust_env
        self._tls: ssl.SSLContext = httpx.create_ssl_context()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        client = httpx.AsyncClient(verify=self._tls, trust_env=self._trust_env)
        async with AsyncExitStack() as until_sent:
            until_sent.push_async_callback(client.aclose)
            response = await client.send(request, stream=True)
            until_sent.pop_all()
        stream = _OwnedStream(response, client)
        if (stack := _closing.get()) is not None:
            stack.push_async_callback(stream.aclose)
        return httpx.Response(response.status_code, headers=response.headers, stream=stream)


class _OwnedStream(httpx.AsyncByteStream):
    """A response body that takes its client with it when it closes."""

    def __init__(self, response: httpx.Response, client: httpx.AsyncClient) -> None:
        self._response = response
        self._client = client

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._response.aiter_raw():
            yield part

    async def aclose(self) -> None:
        await self._response.aclose()
        await self._client.aclose()


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
    from assistant.llms.openai_client import MODEL_ERRORS, classify

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


_LONGEST = 20.0  # seconds


async def _aprobe(llm: "LLM", deadline: float) -> None:
    from llama_index.core.llms import ChatMessage

    messages = [ChatMessage(role="user", content="Reply with the word ok.")]
    await _first_word(llm, messages, min(deadline, _LONGEST))


async def _aread(llm: "LLM", messages: Sequence["ChatMessage"], deadline: float) -> None:
    await _first_word(llm, messages, deadline)


async def _first_word(llm: "LLM", messages: Sequence["ChatMessage"], deadline: float) -> None:
    until = monotonic() + deadline
    async with aclosing(stream(llm, messages, until=until, retries=0)) as pieces:
        async for piece in pieces:
            # The first word is proof enough; leaving ends the request.
            if piece.text:
                return
    raise EngineFailed("The model sent no words.", transient=True)


probe = blocking(_aprobe)
"""Ask the model for one word, within seconds. Raises EngineFailed."""

read = blocking(_aread)
"""Have the model read `messages`, so that it need not read their beginning again. Raises EngineFailed."""
