"""What a reverse proxy says of a request, and who is believed to be one."""

from collections.abc import Iterator

import httpx
import pytest

from assistant import Assistant, Settings
from assistant.errors import SettingsError
from assistant.people.users import Users
from assistant.settings import load_settings
from tests.ui.access.conftest import PASSWORD, log_in
from tests.ui.conftest import served

HOST = "archivo.example.org"
FROM_PROXY = {"host": HOST, "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"}


def behind(seed: Settings, proxies: str, header: str | None = "Remote-User") -> Settings:
    given = {**seed.model_dump(), "proxies": proxies, "trusted_header": header, "hosts": HOST}
    return load_settings(**given)


@pytest.fixture
def client(seed: Settings) -> Iterator[httpx.Client]:
    """As the trusted proxy, which is this machine."""
    with (
        Assistant(behind(seed, "127.0.0.0/8")) as assistant,
        served(assistant) as address,
        httpx.Client(base_url=address, headers=FROM_PROXY, timeout=60) as opened,
    ):
        yield opened


def test_the_proxys_word_is_the_login(client: httpx.Client) -> None:
    page = client.get("/es/config", headers={"remote-user": "Ana@example.org"}).json()
    assert page["username"] == "ana@example.org"
    assert client.get("/api/status", headers={"remote-user": "ana"}, timeout=60).status_code == 200


def test_the_path_that_the_proxy_tells_stands_in_every_address(client: httpx.Client) -> None:
    told = {"/archivo": "/archivo", "/a/b/": "/a/b", "//evil.example": "", "archivo": "", "/a b": ""}
    for prefix, path in told.items():
        sent = {"remote-user": "ana", "x-forwarded-prefix": prefix, "x-forwarded-host": HOST}
        page = client.get("/es/config", headers=sent).json()
        assert page["root"] == f"https://{HOST}{path}/es"


def test_a_request_that_the_proxy_names_nobody_for_is_refused(client: httpx.Client) -> None:
    for path in ("/es/", "/api/status", "/document?id=x"):
        assert client.get(path, headers={"accept": "text/html"}).status_code == 401


@pytest.mark.parametrize("value", ["", "ana luis", "key:radio", "a" * 65])
def test_a_name_that_could_mislead_is_refused(client: httpx.Client, value: str) -> None:
    assert client.get("/es/", headers={"remote-user": value}).status_code == 403


def test_two_names_are_refused(client: httpx.Client) -> None:
    named = [("remote-user", "ana"), ("remote-user", "luis")]
    assert client.get("/es/", headers=named).status_code == 403


def test_the_header_is_believed_from_the_proxy_alone(
    seed: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with Assistant(behind(seed, "192.0.2.1")) as assistant, served(assistant) as address:
        for forwarded in ({}, {"x-forwarded-for": "192.0.2.1"}):
            sent = {"host": HOST, "remote-user": "ana", **forwarded}
            assert httpx.get(f"{address}/es/", headers=sent, timeout=60).status_code == 403
        assert httpx.get(f"{address}/healthz").status_code == 200
    assert "no trusted proxy" in caplog.text


def test_without_the_setting_the_header_is_nothing(seed: Settings) -> None:
    Users(seed.auth).add("ana", PASSWORD)
    with Assistant(seed) as assistant, served(assistant) as address:
        assert httpx.get(f"{address}/es/", headers={"remote-user": "ana"}, timeout=60).status_code == 401


def test_behind_tls_the_cookie_is_secure_and_the_client_is_the_one_the_proxy_tells(
    seed: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    Users(seed.auth).add("ana", PASSWORD)
    with (
        Assistant(behind(seed, "127.0.0.1", None)) as assistant,
        served(assistant) as address,
        httpx.Client(base_url=address, headers=FROM_PROXY, timeout=60) as client,
    ):
        origin = {"origin": f"https://{HOST}"}
        answer = client.post("/login", data={"name": "ana", "password": PASSWORD}, headers=origin)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-session=") and "Secure" in cookie
        token = cookie.partition(";")[0]
        assert client.get("/es/", headers={"cookie": token}).status_code == 200
        plain = token.removeprefix("__Host-")
        assert client.get("/es/", headers={"cookie": plain}).status_code == 401
    assert "login: ana from 203.0.113.9" in caplog.text


def test_who_is_no_proxy_cannot_choose_an_address_to_be_counted_by(
    seed: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    Users(seed.auth).add("ana", PASSWORD)
    with (
        Assistant(seed) as assistant,
        served(assistant) as address,
        httpx.Client(base_url=address, headers={"x-forwarded-for": "203.0.113.9"}, timeout=60) as client,
    ):
        log_in(client, "ana")
    assert "login: ana from 127.0.0.1" in caplog.text


def test_a_header_without_a_proxy_is_refused_in_words(seed: Settings) -> None:
    with pytest.raises(SettingsError, match=r"HEMEROTECA_PROXIES"):
        behind(seed, "")
