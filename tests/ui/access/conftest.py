"""An archive that asks for a login, and ways to come in."""

from collections.abc import Iterator

import httpx
import pytest

from assistant.people.users import Users
from tests.ui.conftest import Archive, serving

PASSWORD = "correcto caballo"


@pytest.fixture(scope="package")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The shipped documents, served to Ana and Luis."""
    with serving(tmp_path_factory) as serve:
        archive = serve()
        users = Users(archive.assistant.settings.auth)
        for name in ("ana", "luis"):
            users.add(name, PASSWORD)
        yield archive


@pytest.fixture
def stranger(closed: Archive) -> Iterator[httpx.Client]:
    """Someone who has not logged in."""
    with httpx.Client(base_url=closed.address, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture
def ana(stranger: httpx.Client) -> httpx.Client:
    """Ana, logged in."""
    assert log_in(stranger, "ana").status_code == 303
    return stranger


def log_in(client: httpx.Client, name: str, password: str = PASSWORD, **fields: str) -> httpx.Response:
    """Send the form of the login page."""
    return client.post("/login", data={"name": name, "password": password, **fields})
