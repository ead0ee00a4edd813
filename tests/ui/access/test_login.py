"""Logging in and out over real HTTP."""

import logging
import re
import statistics
import time
from functools import cache
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher

from assistant import Assistant, Settings
from assistant.people.users import Users, _nobodys
from tests.ui.access.conftest import PASSWORD, log_in
from tests.ui.conftest import Archive, served


def test_the_form_is_in_the_readers_language_and_is_not_kept_by_browsers(stranger: httpx.Client) -> None:
    spanish = stranger.get("/login", headers={"accept-language": "es"})
    assert "Contraseña" in spanish.text
    assert spanish.headers["cache-control"] == "no-store"
    assert "Password" in stranger.get("/login?lang=en", headers={"accept-language": "es"}).text


@pytest.mark.parametrize(
    "name, password", [("ana", "otra contraseña"), ("nadie", PASSWORD), ("", ""), ("ana", "")]
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    stranger: httpx.Client, name: str, password: str
) -> None:
    answer = log_in(stranger, name, password, lang="es")
    assert answer.status_code == 401
    assert "El usuario o la contraseña no son correctos." in answer.text
    assert "set-cookie" not in answer.headers
    assert not password or password not in answer.text


def test_the_cookie_is_the_browsers_alone(stranger: httpx.Client) -> None:
    cookie = log_in(stranger, "ana").headers["set-cookie"].lower()
    assert cookie.startswith("session=")
    assert "httponly" in cookie and "samesite=lax" in cookie and "path=/" in cookie
    assert "secure" not in cookie, "over plain HTTP a secure cookie would not come back"


def test_a_login_makes_a_new_session_and_ends_the_one_that_was_brought_along(stranger: httpx.Client) -> None:
    brought = {"cookie": "session=chosen-by-someone-else"}
    form = {"name": "ana", "password": PASSWORD}
    first = stranger.post("/login", data=form, headers=brought).cookies["session"]
    assert first != "chosen-by-someone-else"
    assert log_in(stranger, "luis").cookies["session"] != first
    assert stranger.get("/es/", headers={"cookie": f"session={first}"}).status_code == 401


def test_logging_out_ends_the_session_on_the_server(ana: httpx.Client) -> None:
    token = ana.cookies["session"]
    answer = ana.post("/logout")
    assert answer.headers["location"] == "./login"
    assert "session" not in ana.cookies
    assert ana.get("/es/", headers={"cookie": f"session={token}"}).status_code == 401


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
@pytest.mark.parametrize("path", ["/login", "/logout"])
def test_another_site_can_neither_log_in_nor_out(
    ana: httpx.Client, path: str, headers: dict[str, str]
) -> None:
    assert ana.post(path, data={"name": "luis", "password": PASSWORD}, headers=headers).status_code == 403
    assert ana.get("/es/config").json()["username"] == "ana"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example", "//evil.example", "\\\\evil.example", "/es/", "javascript:1"]
)
def test_a_login_leads_to_pages_of_the_archive_only(stranger: httpx.Client, wanted: str) -> None:
    assert log_in(stranger, "ana", next=wanted).headers["location"] == "./"


def test_who_tries_too_often_is_held_back_even_with_the_right_password(
    seed: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    Users(seed.auth).add("ana", PASSWORD)
    with Assistant(seed) as assistant, served(assistant) as address, httpx.Client(base_url=address) as client:
        caplog.set_level(logging.INFO)
        wrong = [log_in(client, "ana", f"secreta {n} secreta").status_code for n in range(11)]
        assert wrong == [401] * 10 + [429]
        held = log_in(client, "ana", lang="en")
        assert held.status_code == 429
        assert 0 < int(held.headers["retry-after"]) <= 900
        assert "Too many attempts" in held.text
        assert log_in(client, "nadie").status_code == 401, "another name may still try"
        for n in range(20):
            log_in(client, f"nadie{n}")
        assert log_in(client, "other").status_code == 429, "until the address has tried too often"
    told = [record.getMessage() for record in caplog.records if record.name == "hemeroteca.audit"]
    assert "login failed: ana from 127.0.0.1" in told
    assert "login failed: an unknown name from 127.0.0.1" in told
    assert not any("secreta" in line or "nadie" in line for line in told)


def test_logins_are_told_in_the_log_without_the_password(
    stranger: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    log_in(stranger, "ana")
    stranger.post("/logout")
    told = [record.getMessage() for record in caplog.records if record.name == "hemeroteca.audit"]
    assert told == ["login: ana from 127.0.0.1", "logout: ana from 127.0.0.1"]
    assert PASSWORD not in caplog.text


def test_an_unknown_name_takes_as_long_as_a_known_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.people.users._hasher", PasswordHasher())
    monkeypatch.setattr("assistant.people.users._nobodys", cache(_nobodys.__wrapped__))
    users = Users(tmp_path / "users.json")
    users.add("ana", PASSWORD)

    def seconds(name: str) -> float:
        began = time.perf_counter()
        assert users.verified(name, "una contraseña falsa") is None
        return time.perf_counter() - began

    seconds("ana")
    pairs = [(seconds("ana"), seconds("nadie")) for _ in range(7)]
    ratio = statistics.median(known / unknown for known, unknown in pairs)
    assert 0.5 < ratio < 2


def test_without_users_the_login_leads_to_the_archive(archive: Archive) -> None:
    assert httpx.get(f"{archive.address}/login?next=es/").headers["location"] == "./es/"


def test_the_page_needs_no_script_and_no_other_file_than_those_that_are_open(
    stranger: httpx.Client,
) -> None:
    page = stranger.get("/login").text
    assert '<form method="post" action="login"' in page
    for file in re.findall(r'(?:src|href)="(static/[^"]+)"', page):
        assert stranger.get(f"/{file}").status_code == 200
