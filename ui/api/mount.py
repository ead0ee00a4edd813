"""Puts the API on the chat's application."""

from fastapi import FastAPI

from assistant.assistant import Assistant
from ui.api import catalogue, completions, embeddings, files, responses, rest
from ui.api.health import health_router
from ui.api.mcp_route import add_mcp
from ui.api.metrics import Metrics
from ui.api.openapi import description_router

_ROUTERS = tuple(part.router for part in (completions, responses, embeddings, catalogue, files, rest))


def add_api(app: FastAPI, assistant: Assistant, metrics: Metrics) -> None:
    """Add every route of the API."""
    app.state.assistant = assistant
    for router in (*_ROUTERS, description_router(_ROUTERS), health_router(metrics)):
        app.include_router(router)
    add_mcp(app, assistant)
