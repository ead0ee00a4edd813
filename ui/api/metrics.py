"""What runs the service: how many requests of which part, how long they took, how large the index is."""

from collections.abc import Iterator
from time import monotonic

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.assistant import Assistant
from ui.api.errors import ApiRoute, Archive, RequestFailed

# Parts of the API that are told apart; all else is the page. Never a whole path: it may hold a document's name.
_PARTS = frozenset(
    {
        "/v1/chat",
        "/v1/responses",
        "/v1/embeddings",
        "/v1/models",
        "/v1/files",
        "/api/ask",
        "/api/search",
        "/api/timeline",
        "/api/documents",
        "/api/status",
        "/mcp",
    }
)
_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_GAUGES = {
    "documents": "Documents in the index.",
    "chunks": "Chunks in the index.",
    "pending": "Chunks that the vector index has yet to learn.",
}


class Metrics:
    """The figures of one application."""

    def __init__(self, assistant: Assistant) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "hemeroteca_requests", "Requests answered.", ["part", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "hemeroteca_request_seconds",
            "Seconds until a request was answered whole.",
            ["part"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.registry.register(_IndexSize(assistant))

    def count(self, part: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(part, str(status)).inc()
        self._seconds.labels(part).observe(seconds)


class _IndexSize(Collector):
    """Looks into the index whenever the figures are asked for."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def collect(self) -> Iterator[GaugeMetricFamily]:
        state = self._assistant.index_summary()
        for name, meaning in _GAUGES.items():
            yield GaugeMetricFamily(f"hemeroteca_{name}", meaning, value=state[name])


class Metered:
    """ASGI middleware that counts requests and takes their time."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = monotonic()
        status = 500  # what the server answers if the application fails before it has answered

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        finally:
            self._metrics.count(part_of(scope["path"]), status, monotonic() - began)


def part_of(path: str) -> str:
    """The part of the application that a path belongs to."""
    part = "/".join(path.split("/")[:3])
    return part if part in _PARTS else "page"


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
