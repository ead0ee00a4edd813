import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from typer.testing import CliRunner

from assistant import Assistant, Settings
from assistant.cli import app
from assistant.doctor import Finding, examine, report
from assistant.people.users import Users
from tests.model_server import ModelServer, fails, says
from tests.servers import free_port
from ui.server import listen


def findings(assistant: Assistant) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(assistant)}


def test_a_sound_archive_has_nothing_to_do(assistant: Assistant) -> None:
    assistant.sync()
    found = findings(assistant)
    assert list(found) == [
        "python",
        "sqlite",
        "packages",
        "documents",
        "index",
        "database",
        "vectors",
        "disk",
        "conversations",
        "embedding",
        "engine",
        "keys",
        "users",
    ]
    assert [(f.state, f.advice) for f in found.values()] == [("ok", "")] * 13
    assert sys.version.split()[0] in found["python"].detail
    assert "extractive" in found["engine"].detail


def test_a_folder_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with Assistant(Settings(documents=tmp_path / "nowhere", index=tmp_path / "index")) as assistant:
        found = findings(assistant)
    assert found["documents"].state == "failed"
    assert "nowhere" in found["documents"].advice
    assert found["index"].state == "warning"
    assert "hemeroteca index" in found["index"].advice
    assert not (tmp_path / "index").exists()


def test_a_model_is_called_once_for_one_word(seed: Settings) -> None:
    with ModelServer(says("ok")) as server:
        settings = seed.model_copy(update={"base_url": server.url, "engine": "openai"})
        with Assistant(settings) as assistant:
            engine = findings(assistant)["engine"]
        assert engine.state == "ok"
        assert len(server.requests) == 1
        assert len(server.prompt()) < 50


def test_a_model_that_fails_is_called_once_and_told(seed: Settings) -> None:
    with ModelServer(fails(401, message="bad key")) as server:
        settings = seed.model_copy(update={"base_url": server.url, "engine": "openai"})
        with Assistant(settings) as assistant:
            found = list(examine(assistant))
        assert len(server.requests) == 1
    assert not report(found)["ok"]
    engine = next(finding for finding in found if finding.name == "engine")
    assert engine.state == "failed"
    assert "extract" in engine.advice


def test_a_disk_without_room_for_a_backup_is_told(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(free=1_000_000))
    disk = findings(assistant)["disk"]
    assert disk.state == "warning"
    assert "0.2 GB" in disk.advice


def test_damaged_conversations_are_told_with_the_way_back(assistant: Assistant) -> None:
    assistant.settings.conversations.write_bytes(b"no database" * 1000)
    found = findings(assistant)["conversations"]
    assert found.state == "failed"
    assert "hemeroteca restore" in found.advice


def test_a_chroma_server_that_does_not_answer_is_told(seed: Settings) -> None:
    with Assistant(seed) as local:
        local.sync()
    with listen("127.0.0.1", 0) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with Assistant(seed.model_copy(update={"vectors": address})) as assistant:
        vectors = findings(assistant)["vectors"]
    assert vectors.state == "failed"
    assert address in vectors.detail


@pytest.mark.parametrize(("mode", "state"), [(0o600, "ok"), (0o644, "warning")])
def test_keys_that_others_can_read_are_told(assistant: Assistant, mode: int, state: str) -> None:
    path = assistant.settings.keys
    path.write_text('[{"name": "a", "created": "2026-01-01", "digest": "00"}]', "utf-8")
    path.chmod(mode)
    assert findings(assistant)["keys"].state == state


def test_the_command_ends_in_failure_if_a_check_failed(tmp_path: Path) -> None:
    place = ["--documents", str(tmp_path / "nowhere"), "--index", str(tmp_path / "index")]
    as_json = CliRunner().invoke(app, ["doctor", "--json", *place])
    shown = CliRunner().invoke(app, ["doctor", *place])
    assert (as_json.exit_code, shown.exit_code) == (1, 1)
    assert json.loads(as_json.stdout)["ok"] is False
    assert "there is no folder" in shown.stdout


def test_users_that_others_can_read_are_told(assistant: Assistant) -> None:
    path = assistant.settings.auth
    Users(path).add("ana", "correcto caballo")
    assert findings(assistant)["users"].state == "ok"
    path.chmod(0o644)
    found = findings(assistant)["users"]
    assert found.state == "warning"
    assert f"chmod 600 {path}" in found.advice


def with_database(settings: Settings, url: str, **others: object) -> Settings:
    return Settings(**{**settings.model_dump(), "conversations": url, **others})


@pytest.mark.services
def test_servers_that_are_as_they_should_be_are_named_with_their_versions(
    seed: Settings, database_url: str, chroma_url: str
) -> None:
    places = dict.fromkeys(("store", "auth", "keys", "sessions"), database_url)
    with Assistant(with_database(seed, database_url, vectors=chroma_url, **places)) as assistant:
        assistant.sync()
        assistant.people.users.add("ana", "correcto caballo")
        found = findings(assistant)
    assert {finding.state for finding in found.values()} == {"ok"}
    assert re.search(r"127\.0\.0\.1:\d+/test_\w+, PostgreSQL \d+$", found["database"].detail)
    assert re.search(r"version 1\.", found["vectors"].detail)
    assert found["users"].detail == "1 in the database"


@pytest.mark.services
@pytest.mark.parametrize(
    ("statement", "name", "advice"),
    [
        ("CREATE ROLE {name} LOGIN", "as_user", 'GRANT CREATE ON DATABASE "{database}" TO "{name}"'),
        ("ALTER DATABASE {database} SET default_transaction_read_only = on", "", "target_session_attrs"),
        ("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'", "as_database", "createdb"),
    ],
)
def test_a_database_that_cannot_be_written_as_it_must_is_told_with_what_to_do(
    seed: Settings, database_url: str, statement: str, name: str, advice: str
) -> None:
    server, _, database = database_url.rpartition("/")
    names = {"database": database, "name": f"other_{database}"}
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(statement.format(**names).encode())
    url = {
        "": database_url,
        "as_user": database_url.replace("hemeroteca@", f"{names['name']}@"),
        "as_database": f"{server}/{names['name']}",
    }[name]
    with Assistant(with_database(seed, url)) as assistant:
        found = findings(assistant)["database"]
    assert found.state == "failed"
    assert advice.format(**names) in found.advice


@pytest.mark.services
def test_servers_of_other_versions_are_told(
    seed: Settings, database_url: str, chroma_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.doctor._OLDEST_POSTGRES", 99)
    monkeypatch.setattr("assistant.doctor.version", lambda package: "9.0.1")
    with Assistant(with_database(seed, database_url, vectors=chroma_url)) as assistant:
        found = findings(assistant)
    assert (found["database"].state, found["vectors"].state) == ("failed", "warning")
    assert "PostgreSQL 99 or later" in found["database"].advice
    assert "chroma 9.0.1" in found["vectors"].advice


def test_a_database_that_does_not_answer_is_told_without_its_password(seed: Settings) -> None:
    with Assistant(
        with_database(seed, f"postgresql://ana:s3cr3t@127.0.0.1:{free_port()}/archive")
    ) as assistant:
        found = findings(assistant)
    assert (found["database"].state, found["conversations"].state) == ("failed", "failed")
    assert "see that it runs" in found["database"].detail
    assert "s3cr3t" not in str(found)
