"""The server before the application: where it listens, when it may begin, how it ends."""

import asyncio
import faulthandler
import socket
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn
from anyio import to_thread

from assistant.errors import HemerotecaError
from assistant.people.adopting import left_behind
from ui.access.access import is_exposed
from ui.access.throttle import AT_WORK, EMBEDDING_AT_ONCE, STRANGERS, limits_of
from ui.app import create_app
from ui.connections import LONGEST_HEAD, Connection, Connections

if TYPE_CHECKING:
    from assistant import Assistant

_FAREWELL = 1  # seconds that open pages, which hold a connection, are waited for at the end
_BACKLOG = 128  # connections that are taken in one go, each with a descriptor, before any is judged
_LAST = 3.0  # seconds after the answers on their way got theirs
_GLANCE = 0.05  # seconds between two looks at whether all are answered


def serve(assistant: "Assistant", host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the page until interrupted and print its address; port 0 takes a free one.

    Raises HemerotecaError for files of people that lie among the documents, where others could come in while there
    are no users, for users that are gone or were left behind in a file, and for a port that is taken.
    """
    _check_apart(assistant)
    _check_left_behind(assistant)
    _check_users(assistant, host)
    with listen(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listener.getsockname()[1]}"
        Server(assistant, lambda: print(f"Hemeroteca: {address}", flush=True), host).run(sockets=[listener])


class Server(uvicorn.Server):
    """uvicorn with the application over `assistant`; calls `ready` once requests are answered."""

    def __init__(self, assistant: "Assistant", ready: Callable[[], object], host: str = "127.0.0.1") -> None:
        self._limits = limits_of(assistant.settings)
        self._at_once = assistant.settings.answers_at_once
        self._patience = assistant.settings.farewell
        # Built by the factory, within uvicorn's event loop: Gradio would make loops of its own outside one.
        super().__init__(
            uvicorn.Config(
                lambda: create_app(assistant, host, self._limits),
                factory=True,
                proxy_headers=False,  # the application itself believes the proxies of its settings
                # Its lines go where all others go; a line a request, without what was asked, is the application's.
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                http=partial(Connection, Connections(assistant.settings.proxies)),  # type: ignore[arg-type]
                h11_max_incomplete_event_size=LONGEST_HEAD,
                backlog=_BACKLOG,
                ws="none",
                timeout_graceful_shutdown=_FAREWELL,
            )
        )
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # A thread for everything that is let in to work, so that who waits in one keeps no other waiting.
        threads = AT_WORK + STRANGERS + self._at_once + EMBEDDING_AT_ONCE
        to_thread.current_default_thread_limiter().total_tokens = threads
        await super().startup(sockets)
        self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End, if need be by force: whatever hangs then, a thread of its own ends the process and tells where."""
        if not self.should_exit:
            faulthandler.dump_traceback_later(self._patience + _LAST, exit=True)
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no new connection or question, let the answers on their way finish, then end."""
        for server in self.servers:
            server.close()
        self._limits.line.close()
        until = time.monotonic() + self._patience
        while not self._limits.line.is_empty and not self.force_exit and time.monotonic() < until:
            await asyncio.sleep(_GLANCE)
        await super().shutdown(sockets)


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


def _check_apart(assistant: "Assistant") -> None:
    """What is kept of people must be no document, which anybody may read, remove or put in its place."""
    documents = assistant.settings.documents.resolve()
    for setting in ("auth", "keys", "sessions", "conversations"):
        place = getattr(assistant.settings, setting)
        if not isinstance(place, Path) or not place.resolve().is_relative_to(documents):
            continue
        within = place.resolve().relative_to(documents)
        if not any(part.startswith(".") for part in within.parts):
            raise HemerotecaError(
                f"{place} lies among the documents, which every reader may see and remove: name another file with "
                f"HEMEROTECA_{setting.upper()}, or a hidden one, which is not read as a document."
            )


def _check_left_behind(assistant: "Assistant") -> None:
    """Whoever begins to keep users and keys in a database must not open the archive to all by that."""
    for setting, kept in (("auth", assistant.people.users), ("keys", assistant.people.keys)):
        file = left_behind(assistant.settings, setting)
        if file is not None and not kept.all():
            raise HemerotecaError(
                f"Who may come in is kept in a PostgreSQL database now, which is empty, and {file} is not read any "
                "more: take its entries into the database with “hemeroteca adopt”, or name the file with "
                f"HEMEROTECA_{setting.upper()}, or move it away."
            )


def _check_users(assistant: "Assistant", host: str) -> None:
    settings, users = assistant.settings, assistant.people.users
    if settings.trusted_header is not None or users.all():
        return
    if is_exposed(settings, host):
        raise HemerotecaError(
            f"The chat has no users, so it cannot be served where others could reach it ({host}, HEMEROTECA_HOSTS or "
            "HEMEROTECA_PROXIES): make one with “hemeroteca user add NAME”, or let a reverse proxy name them "
            "(HEMEROTECA_TRUSTED_HEADER), or serve it to this machine alone."
        )
    if users.are_asked_for():
        raise HemerotecaError(
            f"The chat had users, and there are none in {users.place} any more: bring the file back, make one with "
            "“hemeroteca user add NAME”, or open the archive to whoever is at this machine with “hemeroteca user open”."
        )
