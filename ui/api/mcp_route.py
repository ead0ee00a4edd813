"""MCP over streamable HTTP at /mcp, beside the rest of the API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from assistant.assistant import Assistant
from ui.mcp_server import ArchiveServer


def add_mcp(app: FastAPI, assistant: Assistant) -> None:
    """Serve the archive's tools and documents at /mcp. No session is kept between requests."""
    server = ArchiveServer(assistant)
    served = server.streamable_http_app(stateless_http=True, json_response=True)
    app.router.routes.extend(served.routes)
    begun_by_others = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        async with begun_by_others(app) as state, server.session_manager.run():
            yield state

    app.router.lifespan_context = lifespan
