"""HTTP connections to a model server that close when their answer is abandoned.

A model is opened once and used from many event loops, while a pooled connection belongs to the loop that made
it; and LlamaIndex leaves an abandoned stream to the garbage collector, so that the server goes on generating.
Hence one connection a request, known to whoever asked for it.
"""

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from contextvars import ContextVar

import httpx

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
