"""Every route of the running application."""

import asyncio
import re
from collections.abc import Iterable, Iterator

from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount, Route

from assistant import Assistant
from ui.app import create_app


def addresses(routes: Iterable[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """Every method and path that the routes answer, with a word in place of each parameter."""
    for route in routes:
        path = before + re.sub(r"\{[^}]*\}", "1", getattr(route, "path", ""))
        if isinstance(route, Route):
            yield from ((method, path or "/") for method in route.methods or {"GET"})
        elif isinstance(route, Mount):
            yield from addresses(route.routes, path)
            yield "GET", f"{path}/page.css"
        else:
            # FastAPI keeps a router that was included as one route; any other kind is to fail here.
            yield from addresses(route.original_router.routes, before)  # type: ignore[attr-defined]


def routes_of(assistant: Assistant) -> list[tuple[str, str]]:
    """Every method and path of the application, which is built within an event loop as the server does."""

    async def built() -> FastAPI:
        return create_app(assistant)

    return sorted(set(addresses(asyncio.run(built()).routes)))
