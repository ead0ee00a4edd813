"""Puts the API on the chat's application: its routes, their description at `/openapi.json`, and MCP at `/mcp`."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi

from assistant.assistant import Assistant
from ui.api import catalogue, completions, responses, rest
from ui.api.metrics import Metrics, health_router
from ui.mcp_server import ArchiveServer


def description_router(parts: Sequence[APIRouter]) -> APIRouter:
    """A router that serves the OpenAPI document of the routes in `parts`."""
    # Not before somebody asks: it takes a tenth of a start.
    described = cache(partial(_described, parts))
    router = APIRouter()

    @router.get("/openapi.json", include_in_schema=False)
    def description() -> dict[str, Any]:
        return described()

    return router


def _described(parts: Sequence[APIRouter]) -> dict[str, Any]:
    document = get_openapi(
        title="Hemeroteca",
        version="1",
        description="Ask an archive of dated documents; every sentence is proved by an exact quote.",
        routes=[route for part in parts for route in part.routes],
    )
    document["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    # The key may be left out while the archive has none.
    document["security"] = [{"key": []}, {}]
    return document


def add_mcp(app: FastAPI, assistant: Assistant) -> None:
    """Serve the archive's tools and documents at /mcp, progress as it comes. No session is kept between requests."""
    server = ArchiveServer(assistant)
    served = server.streamable_http_app(stateless_http=True)
    app.router.routes.extend(served.routes)
    begun_by_others = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        async with begun_by_others(app) as state, server.session_manager.run():
            yield state

    app.router.lifespan_context = lifespan


_ROUTERS = tuple(part.router for part in (completions, responses, catalogue, rest))


def add_api(app: FastAPI, assistant: Assistant, metrics: Metrics) -> None:
    """Add every route of the API."""
    app.state.assistant = assistant
    for router in (*_ROUTERS, description_router(_ROUTERS), health_router(metrics)):
        app.include_router(router)
    add_mcp(app, assistant)
