"""`GET /openapi.json`: the description of the API, for programs that make clients from it."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi


def description_router(parts: Sequence[APIRouter]) -> APIRouter:
    """A router that serves the OpenAPI document of the routes in `parts`."""
    described = _described(parts)
    router = APIRouter()

    @router.get("/openapi.json", include_in_schema=False)
    def description() -> dict[str, Any]:
        return described

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
