"""An archive that asked who comes in never opens by itself: losing its users closes it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from assistant import Assistant, Settings
from assistant.cli import app
from assistant.errors import HemerotecaError, SettingsError
from assistant.people.people import People
from tests.ui.access.conftest import PASSWORD, log_in
from tests.ui.conftest import served
from ui.documents import Bin
from ui.server import serve

PATHS = ("/", "/es/", "/static/page.js", "/document?id=x", "/api/status", "/v1/models", "/metrics", "/login")


@contextmanager
def visited(settings: Settings) -> Iterator[httpx.Client]:
    """The archive of those settings, served, and somebody who comes to it."""
    with (
        Assistant(settings) as assistant,
        served(assistant) as address,
        httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client,
    ):
        yield client


def add_ana(settings: Settings) -> None:
    with Assistant(settings) as assistant:
        assistant.people.users.add("ana", PASSWORD)


def is_closed(client: httpx.Client) -> bool:
    """Whether nobody is let in anywhere, and is told so without a word about files."""
    answers = [client.get(path) for path in PATHS]
    assert all("users.json" not in answer.text for answer in answers)
    return {answer.status_code for answer in answers} == {503}


def emptied(settings: Settings) -> None:
    settings.auth.write_text("[]", "utf-8")


def gone(settings: Settings) -> None:
    settings.auth.unlink()


def removed_by_command(settings: Settings) -> None:
    with Assistant(settings) as assistant:
        assistant.people.users.remove("ana")


LOSSES = [emptied, gone, removed_by_command]


@pytest.mark.parametrize("lose", LOSSES)
def test_users_that_are_lost_while_it_runs_close_the_server_and_come_back_with_them(
    seed: Settings, lose: Callable[[Settings], None], caplog: pytest.LogCaptureFixture
) -> None:
    add_ana(seed)
    kept = seed.auth.read_bytes()
    with visited(seed) as client:
        assert log_in(client, "ana").status_code == 200
        lose(seed)
        assert is_closed(client)
        assert "hemeroteca user open" in caplog.text
        seed.auth.write_bytes(kept)
        assert log_in(client, "ana").status_code == 200


@pytest.mark.parametrize("lose", LOSSES)
def test_users_that_are_lost_close_the_server_after_a_restart_too(
    seed: Settings, lose: Callable[[Settings], None]
) -> None:
    add_ana(seed)
    lose(seed)
    with Assistant(seed) as assistant, pytest.raises(HemerotecaError, match=r"hemeroteca user open"):
        serve(assistant, port=0)
    with visited(seed) as client:
        assert is_closed(client)


def test_users_that_an_older_version_added_are_remembered_once_somebody_came(seed: Settings) -> None:
    add_ana(seed)
    seed.sessions.unlink()
    with visited(seed) as client:
        assert client.get("/api/status").status_code == 401
    gone(seed)
    with visited(seed) as client:
        assert is_closed(client)


@pytest.mark.parametrize("others", [{"hosts": ("archivo.example.org",)}, {"proxies": ("127.0.0.1",)}])
def test_where_others_may_come_through_a_proxy_an_archive_without_users_is_closed(
    seed: Settings, others: dict[str, object]
) -> None:
    settings = Settings.model_validate({**seed.model_dump(), **others})
    with Assistant(settings) as assistant, pytest.raises(HemerotecaError, match=r"has no users"):
        serve(assistant, port=0)
    with visited(settings) as client:
        assert is_closed(client)
    with Assistant(settings) as assistant, pytest.raises(SettingsError, match=r"HEMEROTECA_PROXIES"):
        assistant.people.open_to_all()


def test_keys_that_are_lost_close_the_interfaces_of_programs(seed: Settings) -> None:
    with Assistant(seed) as assistant:
        assistant.people.keys.add("radio")
    seed.keys.unlink()
    with visited(seed) as client:
        assert client.get("/api/status").status_code == 401
        assert client.get("/es/").status_code == 200


@pytest.mark.parametrize("lose", LOSSES)
def test_opening_is_a_command_that_says_what_it_does(
    seed: Settings, lose: Callable[[Settings], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("documents", "index", "conversations", "keys", "auth", "sessions"):
        monkeypatch.setenv(f"HEMEROTECA_{name.upper()}", str(getattr(seed, name)))
    add_ana(seed)
    refused = CliRunner().invoke(app, ["user", "open"])
    assert refused.exit_code != 0
    assert seed.auth.exists()
    lose(seed)
    opened = CliRunner().invoke(app, ["user", "open"])
    assert opened.exit_code == 0, opened.output
    assert "without a login" in opened.output
    with visited(seed) as client:
        assert client.get("/es/").status_code == 200
        assert client.get("/api/status").status_code == 200


@pytest.mark.services
def test_users_in_a_database_are_remembered_in_it(seed: Settings, database_url: str) -> None:
    places = dict.fromkeys(("conversations", "auth", "keys", "sessions"), database_url)
    settings = Settings.model_validate({**seed.model_dump(), **places})
    add_ana(settings)
    removed_by_command(settings)
    with visited(settings) as client:
        assert is_closed(client)
    people = People(settings)
    people.open_to_all()
    people.close()
    with visited(settings) as client:
        assert client.get("/es/").status_code == 200


@pytest.mark.parametrize("setting", ["auth", "keys", "sessions", "conversations"])
def test_what_is_kept_of_people_may_not_lie_among_the_documents(seed: Settings, setting: str) -> None:
    among = seed.model_copy(update={setting: seed.documents / "kept.json"})
    with Assistant(among) as assistant, pytest.raises(HemerotecaError, match=f"HEMEROTECA_{setting.upper()}"):
        serve(assistant, port=0)


@pytest.mark.parametrize(
    "path",
    [
        ".hemeroteca-users.json",
        "./.hemeroteca-users.json",
        "index/current",
        "folder/../index/current",
        "link/current",
        ".hidden/users.json",
        "../users.json",
    ],
)
def test_no_path_leads_the_page_to_remove_what_is_no_document(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "documents"
    (folder / "folder").mkdir(parents=True)
    (folder / "link").symlink_to("index")
    for each in (
        ".hemeroteca-users.json",
        "index/current",
        ".hidden/users.json",
        "../users.json",
        "nota.txt",
    ):
        (folder / each).parent.mkdir(exist_ok=True)
        (folder / each).write_text("kept", "utf-8")
    assert not Bin(folder, 30, kept=(folder / "index",)).put(path)
    assert (folder / path).exists()
    assert Bin(folder, 30, kept=(folder / "index",)).put("nota.txt")


def test_a_pipe_in_place_of_the_users_is_not_waited_for(seed: Settings, tmp_path: Path) -> None:
    os.mkfifo(seed.auth)
    with visited(seed) as client:
        assert is_closed(client)
        assert client.get("/healthz").status_code == 200
