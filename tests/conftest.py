"""What every test runs under: no key, no setting from outside, no address but this machine's."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from assistant import Assistant, Settings
from assistant.people.server import ServerDatabase
from tests.servers import chroma_server, new_database, postgres_server

SEED = Path(__file__).parent.parent / "documents"


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "HEMEROTECA_")) and name != "HEMEROTECA_EVAL":
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def no_address_but_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(("127.", "::1", "localhost")):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session", autouse=True)
def passwords_are_hashed_quickly() -> Iterator[None]:
    """Argon2 at its least cost, for hundreds of tests that log in. The one about how long that takes sets the usual."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.people.users._hasher", PasswordHasher(1, 8, 1))
        yield


@pytest.fixture
def seed(tmp_path: Path) -> Settings:
    """The shipped documents, copied, with an index folder of their own."""
    shutil.copytree(SEED, tmp_path / "documents")
    return Settings(
        documents=tmp_path / "documents",
        index=tmp_path / "index",
        conversations=tmp_path / "conversations.sqlite3",
        keys=tmp_path / "keys.json",
        auth=tmp_path / "users.json",
        sessions=tmp_path / "sessions.sqlite3",
    )


@pytest.fixture
def assistant(seed: Settings) -> Iterator[Assistant]:
    """An assistant over a copy of the shipped documents."""
    with Assistant(seed) as opened:
        yield opened


@pytest.fixture(scope="session")
def seed_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the shipped documents, indexed once, for tests that only ask."""
    with Assistant(Settings(documents=SEED, index=tmp_path_factory.mktemp("index"))) as opened:
        opened.sync()
        yield opened


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a Chroma server."""
    with chroma_server(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server."""
    with postgres_server() as url:
        yield url


@pytest.fixture
def database_url(postgres: str) -> str:
    """The URL of an empty database in it."""
    return new_database(postgres)


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.services)])
def people_place(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[str], Path | ServerDatabase]]:
    """Places for what is kept of people, in each engine; every call gives one as another process opens it."""
    if request.param == "file":
        yield lambda name: tmp_path / name
        return
    url = request.getfixturevalue("database_url")
    with ExitStack() as stack:

        def opened(name: str) -> ServerDatabase:
            return stack.enter_context(closing(ServerDatabase(url)))

        yield opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with a browser come last: Playwright keeps an event loop in this thread, beside which no other runs."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
