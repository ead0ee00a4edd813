"""Whether the service lives, whether it can answer, and its figures for Prometheus."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from ui.api.archive import Archive
from ui.api.errors import ApiRoute, RequestFailed
from ui.api.metrics import Metrics


def health_router(metrics: Metrics) -> APIRouter:
    """Routes for whoever runs the service. `/healthz` and `/readyz` tell nothing of the documents."""
    router = APIRouter(route_class=ApiRoute, include_in_schema=False)

    @router.get("/healthz")
    async def lives() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    def is_ready(archive: Archive) -> dict[str, str]:
        if not archive.is_indexed():
            raise RequestFailed(
                503, "No run of indexing was finished yet: run “hemeroteca index”, or wait for it."
            )
        return {"status": "ok"}

    @router.get("/metrics")
    def figures() -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    return router
