"""Nothing of an archive with users is open by accident."""

import httpx
import pytest

from assistant import Assistant, Settings
from assistant.people.keys import Keys
from assistant.people.users import Users
from tests.servers import relay_to
from tests.ui.access.conftest import PASSWORD, log_in
from tests.ui.conftest import Archive, served


@pytest.mark.parametrize(
    "path",
    [
        "/static/../es/",
        "//es/",
        "/es//config",
        "/static/page.js",
        "/login/",
        "/healthz/../document",
        "/nowhere",
    ],
)
def test_no_other_way_of_writing_a_path_is_open(stranger: httpx.Client, path: str) -> None:
    url = stranger.base_url.copy_with(raw_path=path.encode())
    assert stranger.get(url).status_code in (401, 404)


def test_a_page_leads_to_the_login_and_back(stranger: httpx.Client) -> None:
    sent = stranger.get("/es/?conversation=abc", headers={"accept": "text/html"})
    assert sent.status_code == 303
    assert sent.headers["location"] == "../login?next=es%2F%3Fconversation%3Dabc"
    answer = log_in(stranger, "ana", next="es/?conversation=abc")
    assert answer.headers["location"] == "./es/?conversation=abc"


def test_a_session_opens_the_page_the_api_and_gradios_own_routes(ana: httpx.Client) -> None:
    for path in (
        "/es/",
        "/es/config",
        "/es/gradio_api/app_id",
        "/static/page.js",
        "/api/status",
        "/v1/models",
    ):
        assert ana.get(path).status_code == 200
    assert ana.get("/es/config").json()["username"] == "ana"


def test_programs_come_in_with_a_key_and_with_no_other_thing(closed: Archive, stranger: httpx.Client) -> None:
    for path in ("/v1/models", "/api/status", "/metrics", "/openapi.json"):
        assert stranger.get(path).status_code == 401
        assert stranger.get(path).headers["www-authenticate"] == "Bearer"
    keys = Keys(closed.assistant.settings.keys)
    key = {"authorization": f"Bearer {keys.add('radio')}"}
    try:
        assert stranger.get("/v1/models", headers=key).status_code == 200
        assert stranger.get("/metrics", headers=key).status_code == 200
        assert stranger.get("/es/", headers=key).status_code == 401, "a key is no session"
    finally:
        keys.remove("radio")


def test_health_is_open_and_tells_nothing(stranger: httpx.Client) -> None:
    for path in ("/healthz", "/readyz"):
        assert stranger.get(path).json() == {"status": "ok"}


def test_a_broken_file_of_users_lets_nobody_in(seed: Settings) -> None:
    seed.auth.write_text("{", "utf-8")
    with Assistant(seed) as assistant, served(assistant) as address:
        for path in ("/", "/es/", "/api/status", "/login"):
            answer = httpx.get(address + path, timeout=60)
            assert answer.status_code == 503
            assert str(seed.auth) not in answer.text


@pytest.mark.services
def test_while_the_database_of_users_is_down_nobody_gets_in_and_then_who_was_logged_in_is_still(
    seed: Settings, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.postgres.server.PATIENCE", 1)
    relay = relay_to(database_url)
    places = dict.fromkeys(("conversations", "auth", "keys", "sessions"), relay.url)
    with (
        Assistant(Settings(**{**seed.model_dump(), **places})) as assistant,
        served(assistant) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        with relay.open():
            assistant.people.users.add("ana", PASSWORD)
            assert log_in(client, "ana").status_code == 303
        for path in ("/es/", "/api/status"):
            assert client.get(path).status_code == 503
        assert client.get("/healthz").status_code == 200
        with relay.open():
            assert client.get("/es/").status_code == 200


def test_an_exposed_server_whose_users_are_gone_lets_nobody_in(seed: Settings) -> None:
    users = Users(seed.auth)
    users.add("ana", PASSWORD)
    with (
        Assistant(seed) as assistant,
        served(assistant, "0.0.0.0") as address,
        httpx.Client(base_url=address) as client,
    ):
        assert log_in(client, "ana").status_code == 303
        assert client.get("/es/").status_code == 200
        users.remove("ana")
        for path in ("/es/", "/api/status", "/static/page.js"):
            assert client.get(path).status_code == 503
