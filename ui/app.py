"""The web application: a page for each language, the reader, static files, and the guard before them all."""

import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.cors import CORSMiddleware

from assistant.errors import HemerotecaError
from index.readers import READERS
from ui.access.access import access_of
from ui.access.bodies import Bodies
from ui.access.gate import Gate
from ui.access.login import login_routes
from ui.access.prefix import Prefixed, Unprefixed
from ui.access.throttle import Limits, Throttle, embedding_limits_of, limits_of
from ui.access.visitor import Proxied, visitor_of
from ui.api.metrics import Metered, Metrics
from ui.api.mount import add_api
from ui.conversation_routes import conversation_routes
from ui.conversations import Conversations
from ui.desk import Desk
from ui.drawing import Pen
from ui.inbox import Inbox
from ui.logged import Logged
from ui.reader import document_routes
from ui.readers import Readers
from ui.security import Guard, Hosts
from ui.shell import Shell
from ui.texts import LANGUAGE_COOKIE, LANGUAGES, load_texts, preferred_language
from ui.upload_routes import upload_routes

if TYPE_CHECKING:
    from assistant import Assistant

STATIC = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 3600
_log = logging.getLogger(__name__)


def create_app(assistant: "Assistant", host: str = "127.0.0.1", limits: Limits | None = None) -> FastAPI:
    """The application over `assistant`'s archive, to be bound to `host`."""
    limits = limits or limits_of(assistant.settings)
    app = FastAPI(title="Hemeroteca", docs_url=None, redoc_url=None, openapi_url=None)
    settings = assistant.settings
    access, metrics = access_of(settings, assistant.people, host), Metrics(assistant)
    desks = {language: Desk(assistant, Pen(load_texts(language))) for language in LANGUAGES}
    conversations = Conversations(assistant.conversation)
    inbox = Inbox(settings.index / "uploads", settings.documents, settings.quota, tuple(READERS))
    _add_start(app)
    app.include_router(document_routes(assistant, desks))
    app.include_router(login_routes(access, {language: desk.pen for language, desk in desks.items()}))
    app.include_router(conversation_routes(assistant, conversations))
    texts = {language: load_texts(language) for language in LANGUAGES}
    app.include_router(upload_routes(inbox, texts, lambda: assistant.runs.under_way))
    add_api(app, assistant, metrics)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _mount_pages(app, desks, conversations, limits, inbox)
    app.add_exception_handler(HemerotecaError, _failed)
    _close_at_the_end(app, access.sessions.close)
    _close_at_the_end(app, inbox.close)
    app.add_middleware(Prefixed)
    app.add_middleware(Shell)
    app.add_middleware(Readers, pages=frozenset(f"/{language}/" for language in LANGUAGES))
    app.add_middleware(Throttle, questions=limits, embedding=embedding_limits_of(settings))
    app.add_middleware(Bodies, streamed=frozenset({"/uploads"}))
    app.add_middleware(Gate, access=access)
    app.add_middleware(Metered, metrics=metrics)
    # With no origin allowed here, Gradio does not send permissive CORS headers of its own.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(Guard, hosts=Hosts(host, settings.hosts), parents=settings.frame_ancestors)
    app.add_middleware(Logged)
    app.add_middleware(Unprefixed, prefix=settings.root_path)
    app.add_middleware(Proxied, proxies=settings.proxies)
    return app


async def _failed(request: Request, error: Exception) -> Response:
    """What a route could not do, for whoever asked; the whole reason is the log's."""
    _log.error("%s", error)
    return PlainTextResponse("The archive cannot do this now; its log tells why.", 503)


def _close_at_the_end(app: FastAPI, close: Callable[[], None]) -> None:
    begun_by_others = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        try:
            async with begun_by_others(app) as state:
                yield state
        finally:
            close()

    app.router.lifespan_context = lifespan


def _add_start(app: FastAPI) -> None:
    @app.get("/")
    def start(request: Request, lang: str | None = None) -> RedirectResponse:
        chosen = lang if lang in LANGUAGES else request.cookies.get(LANGUAGE_COOKIE)
        language = preferred_language(chosen, request.headers.get("accept-language", ""))
        response = RedirectResponse(f"./{language}/", 303)
        if lang in LANGUAGES:
            response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, httponly=True, samesite="strict")
        return response


def _mount_pages(
    app: FastAPI, desks: dict[str, Desk], conversations: Conversations, limits: Limits, inbox: Inbox
) -> None:
    # Its summary of past events is shown nowhere, and costs a data frame after every event.
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
    from gradio import mount_gradio_app

    from ui.gradio_gate import guard
    from ui.page import archive_theme, build_page

    for language, desk in desks.items():
        page = build_page(desk, conversations, limits, inbox, tuple(READERS))
        mount_gradio_app(
            app,
            page,
            f"/{language}",
            auth_dependency=lambda request: visitor_of(request).user,
            footer_links=[],
            run_history=False,
            show_error=True,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            theme=archive_theme(),
        )
        guard(app, f"/{language}", page, desk.pen.texts)
