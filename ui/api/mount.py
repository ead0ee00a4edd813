"""Puts the API on the chat's application."""

from fastapi import FastAPI

from assistant.assistant import Assistant
from assistant.keys import Keys
from ui.api import catalogue, completions, embeddings, files, rest
from ui.api.gate import KeyGate
from ui.api.health import health_router
from ui.api.mcp_route import add_mcp
from ui.api.metrics import Metered, Metrics
from ui.api.openapi import description_router

_ROUTERS = tuple(part.router for part in (completions, embeddings, catalogue, files, rest))


def add_api(app: FastAPI, assistant: Assistant) -> None:
    """Add every route of the API, behind the gate that asks for keys once there are some."""
    app.state.assistant = assistant
    metrics = Metrics(assistant)
    for router in (*_ROUTERS, description_router(_ROUTERS), health_router(metrics)):
        app.include_router(router)
    add_mcp(app, assistant)
    app.add_middleware(KeyGate, keys=Keys(assistant.settings.keys))
    app.add_middleware(Metered, metrics=metrics)
