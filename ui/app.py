"""The web application: a page for each language, the reader, static files, and the guard before them all."""

import os
import socket
import sys
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.cors import CORSMiddleware

from assistant.errors import HemerotecaError
from ui.api.mount import add_api
from ui.conversation_routes import conversation_routes
from ui.conversations import Conversations
from ui.desk import Desk
from ui.document_routes import document_routes
from ui.drawing import Pen
from ui.security import LOOPBACK, Guard
from ui.shell import Shell
from ui.texts import LANGUAGES, load_texts, preferred_language

if TYPE_CHECKING:
    from assistant import Assistant

STATIC = Path(__file__).parent / "static"
_COOKIE = "language"
_FAREWELL = 1  # seconds that open pages, which hold a connection, are waited for at the end
_YEAR = 365 * 24 * 3600


def create_app(assistant: "Assistant") -> FastAPI:
    """The application over `assistant`'s archive, for loopback use."""
    app = FastAPI(title="Hemeroteca", docs_url=None, redoc_url=None, openapi_url=None)
    desks = {language: Desk(assistant, Pen(load_texts(language))) for language in LANGUAGES}
    conversations = Conversations(assistant.conversation)
    _add_start(app)
    app.include_router(document_routes(assistant, desks))
    app.include_router(conversation_routes(assistant, conversations))
    add_api(app, assistant)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _mount_pages(app, desks, conversations)
    app.add_middleware(Shell)
    # With no origin allowed here, Gradio does not send permissive CORS headers of its own.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(Guard, hosts=LOOPBACK)
    return app


def serve(assistant: "Assistant", host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the page until interrupted and print its address; port 0 takes a free one.

    Raises HemerotecaError for an address that others could reach, and for a port that is taken.
    """
    if not is_loopback(host):
        raise HemerotecaError(
            f"The chat has no users yet, so it cannot be served at {host}, where others could reach it: "
            "use --host 127.0.0.1."
        )
    with listen(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listener.getsockname()[1]}"
        Server(assistant, lambda: print(f"Hemeroteca: {address}", flush=True)).run(sockets=[listener])


class Server(uvicorn.Server):
    """uvicorn with the application over `assistant`; calls `ready` once requests are answered."""

    def __init__(self, assistant: "Assistant", ready: Callable[[], object]) -> None:
        # Built by the factory, within uvicorn's event loop: Gradio would make loops of its own outside one.
        super().__init__(
            uvicorn.Config(
                lambda: create_app(assistant),
                factory=True,
                log_level="warning",
                server_header=False,
                ws="none",
                timeout_graceful_shutdown=_FAREWELL,
            )
        )
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises HemerotecaError if the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise HemerotecaError(
            f"The chat cannot listen on {host}:{port} ({error.strerror}): name another port with --port, "
            "or --port 0 for a free one."
        ) from error


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _add_start(app: FastAPI) -> None:
    @app.get("/")
    def start(request: Request, lang: str | None = None) -> RedirectResponse:
        chosen = lang if lang in LANGUAGES else request.cookies.get(_COOKIE)
        language = preferred_language(chosen, request.headers.get("accept-language", ""))
        response = RedirectResponse(f"./{language}/", 303)
        if lang in LANGUAGES:
            response.set_cookie(_COOKIE, language, max_age=_YEAR, httponly=True, samesite="strict")
        return response


def _mount_pages(app: FastAPI, desks: dict[str, Desk], conversations: Conversations) -> None:
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is first imported
    # Its summary of past events is shown nowhere, and costs a data frame after every event.
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
    from gradio import mount_gradio_app

    from index.readers import READERS
    from ui.documents import MAX_FILE
    from ui.page import build_page
    from ui.theme import archive_theme

    for language, desk in desks.items():
        mount_gradio_app(
            app,
            build_page(desk, conversations, tuple(READERS)),
            f"/{language}",
            footer_links=[],
            run_history=False,
            show_error=True,
            max_file_size=MAX_FILE,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            theme=archive_theme(),
        )
