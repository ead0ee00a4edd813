"""`GET /openapi.json`: the description of the API, for programs that make clients from it."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi

router = APIRouter()


@router.get("/openapi.json", include_in_schema=False)
def description(request: Request) -> dict[str, Any]:
    """The OpenAPI document of every route that other programs may use."""
    routes = [
        route for route in request.app.routes if getattr(route, "path", "").startswith(("/v1/", "/api/"))
    ]
    described = get_openapi(
        title="Hemeroteca",
        version="0.1.0",
        description="Ask an archive of dated documents; every sentence is proved by an exact quote.",
        routes=routes,
    )
    described["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    described["security"] = [{"key": []}, {}]
    return described
