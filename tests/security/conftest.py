"""An archive with two readers, each logged in, and what stands around it on the server's disk."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from assistant import Assistant
from assistant.people.users import Users
from tests.models import models_at_hand
from tests.security.gradio_page import PageClient
from tests.ui.access.conftest import PASSWORD, log_in
from tests.ui.conftest import Archive, archives, browser, serving, visit

__all__ = [
    "archives",
    "browser",
    "models_at_hand",
    "visit",
]  # fixtures of the page's own tests, and of all archives


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The shipped documents, served to Ana and Luis."""
    with serving(tmp_path_factory) as serve:
        archive = serve()
        add_users(archive.assistant)
        yield archive


def add_users(assistant: Assistant) -> None:
    users = Users(assistant.settings.auth)  # type: ignore[arg-type]
    for name in ("ana", "luis"):
        users.add(name, PASSWORD)


@pytest.fixture
def enter() -> Iterator[Callable[..., PageClient]]:
    """Opens the page of an address, as a user or as nobody in particular."""
    with ExitStack() as stack:

        def opened(address: str, name: str = "") -> PageClient:
            client = stack.enter_context(httpx.Client(base_url=address, timeout=60, trust_env=False))
            if name:
                assert log_in(client, name).status_code == 303
            return PageClient(client)

        yield opened


@pytest.fixture
def ana(closed: Archive, enter: Callable[..., PageClient]) -> PageClient:
    return enter(closed.address, "ana")


@pytest.fixture
def luis(closed: Archive, enter: Callable[..., PageClient]) -> PageClient:
    return enter(closed.address, "luis")


@pytest.fixture
def prey(closed: Archive, tmp_path: Path) -> Iterator[dict[str, Path]]:
    """Files that no reader may see, and what has no end."""
    settings, fifo, link = closed.assistant.settings, tmp_path / "fifo", tmp_path / "link"
    assert isinstance(settings.auth, Path) and isinstance(settings.conversations, Path)
    os.mkfifo(fifo)
    link.symlink_to(settings.auth)
    secret = tmp_path / "secret.txt"
    secret.write_text("nobody's business")
    yield {
        "users": settings.auth,
        "store": next(settings.index.rglob("*.sqlite3")),
        "conversations": settings.conversations,
        "source": Path(__file__),
        "secret": secret,
        "link": link,
        "fifo": fifo,
        "endless": Path("/dev/zero"),
    }


@pytest.fixture
def serve_anew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Archive]]:
    """Serves an archive whose application is built now, after a test has changed what it is built of."""
    with serving(tmp_path_factory) as serve:
        yield serve
