"""Who may use the API of the served archive."""

from collections.abc import Callable

import httpx
import pytest

from assistant.people.keys import Keys
from tests.ui.conftest import Archive
from ui.access.access import for_programs

ROUTES = ("/v1/models", "/v1/files", "/v1/nothing", "/api/status", "/api/documents", "/openapi.json")


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def test_without_keys_any_key_or_none_will_do(client: httpx.Client) -> None:
    assert client.get("/v1/models").status_code == 200
    assert client.get("/v1/models", headers=bearer("anything")).status_code == 200


@pytest.mark.parametrize("route", ROUTES)
def test_once_there_is_a_key_every_route_needs_a_valid_one(
    client: httpx.Client, keyed: Callable[[], str], route: str
) -> None:
    key = keyed()
    for headers in ({}, bearer("wrong"), bearer(f"{key}x"), {"authorization": key}):
        refused = client.get(route, headers=headers)
        assert refused.status_code == 401
        assert refused.json()["error"]["code"] == "invalid_api_key"
        assert refused.headers["www-authenticate"] == "Bearer"
    assert client.get(route, headers=bearer(key)).status_code != 401


def test_a_removed_key_opens_nothing_any_more(
    client: httpx.Client, archive: Archive, keyed: Callable[[], str]
) -> None:
    key = keyed()
    keys = Keys(archive.assistant.settings.keys)
    keys.add("another program")
    keys.remove("a program")
    assert client.get("/v1/models", headers=bearer(key)).status_code == 401


def test_the_page_itself_needs_no_key(client: httpx.Client, keyed: Callable[[], str]) -> None:
    keyed()
    assert client.get("/", follow_redirects=False).status_code == 303


def test_a_broken_file_of_keys_lets_nobody_in(
    client: httpx.Client, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    path = archive.assistant.settings.keys
    path.write_text("{", "utf-8")
    try:
        refused = client.get("/v1/models")
    finally:
        path.unlink()
    assert refused.status_code == 503
    assert str(path) not in refused.text, "the reason is for the log, not for whoever asks"
    assert str(path) in caplog.text


def test_only_whole_parts_of_a_path_are_the_programs() -> None:
    assert for_programs("/v1")
    assert for_programs("/api/ask")
    assert not for_programs("/apiary")
    assert not for_programs("/es/")
