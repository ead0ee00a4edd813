"""From the files of one machine to the database that several share."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import Assistant
from assistant.cli import app
from assistant.errors import HemerotecaError
from assistant.people.conversations import Conversations
from assistant.people.keys import Keys
from assistant.people.people import People
from assistant.people.users import Users
from assistant.settings import Settings
from ui.server import serve

PASSWORD = "correcto caballo"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A machine with a conversation, a user and a key in its default files; the key."""
    monkeypatch.chdir(tmp_path)
    with closing(Conversations(Path(".hemeroteca-conversations.sqlite3"))) as kept:
        id_, number = kept.add_turn(None, "¿Qué\0?", "¿Qué?", {"text": "Eso."}, "ana", {"language": "es"})
        kept.give_feedback(id_, number, "good", "sí", "ana")
    Users(Path(".hemeroteca-users.json")).add("ana", PASSWORD)
    return Keys(Path(".hemeroteca-keys.json")).add("radio")


@pytest.fixture
def people(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[People]:
    """What other machines find in the database that the settings name now."""
    monkeypatch.setenv("HEMEROTECA_STORE", database_url)
    monkeypatch.setenv("HEMEROTECA_VECTORS", "http://127.0.0.1:9")
    opened = People(Settings())
    yield opened
    opened.close()


@pytest.mark.services
def test_the_files_of_a_machine_are_taken_into_the_database_once(machine: str, people: People) -> None:
    taken = [json.loads(CliRunner().invoke(app, ["adopt", "--json"]).stdout) for _ in range(2)]
    assert taken == [
        {"conversations": 1, "users": 1, "keys": 1},
        {"conversations": 0, "users": 0, "keys": 0},
    ]
    assert people.users.verified("ana", PASSWORD) is not None
    assert people.keys.holder(machine) == "radio"
    (summary,) = people.conversations.summaries("ana")
    (turn,) = people.conversations.turns(summary.id, "ana")
    assert (turn.question, turn.answer, turn.wanted) == ("¿Qué?", {"text": "Eso."}, {"language": "es"})
    assert [given.reason for given in people.conversations.feedback()] == ["sí"]
    assert Path(".hemeroteca-users.json").is_file()


@pytest.mark.services
def test_what_the_database_has_already_stays(machine: str, people: People) -> None:
    people.users.add("ana", "otra contraseña")
    assert CliRunner().invoke(app, ["adopt"]).exit_code == 0
    assert people.users.verified("ana", PASSWORD) is None
    assert people.users.verified("ana", "otra contraseña") is not None


@pytest.mark.services
@pytest.mark.parametrize(
    ("file", "told"),
    [
        (".hemeroteca-users.json", r"file \S+ of users .*“hemeroteca user add NAME”"),
        (".hemeroteca-keys.json", r"file \S+ of API keys .*“hemeroteca key add NAME”"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_what_it_keeps_and_how_that_is_made(
    machine: str, people: People, file: str, told: str
) -> None:
    Path(file).write_text("[")
    refused = CliRunner().invoke(app, ["adopt"])
    assert re.search(told, str(refused.exception))


@pytest.mark.services
@pytest.mark.parametrize("file", [".hemeroteca-users.json", ".hemeroteca-keys.json"])
def test_an_archive_does_not_open_to_all_because_its_users_were_left_behind(
    machine: str, people: People, file: str
) -> None:
    for other in {".hemeroteca-users.json", ".hemeroteca-keys.json"} - {file}:
        Path(other).unlink()
    Path("documents").mkdir()
    told = CliRunner().invoke(app, ["doctor", "--json"]).stdout
    failed = [each for each in json.loads(told)["findings"] if file in each["detail"]]
    assert [(each["state"], "hemeroteca adopt" in each["advice"]) for each in failed] == [("failed", True)]
    with Assistant() as assistant, pytest.raises(HemerotecaError, match="hemeroteca adopt"):
        serve(assistant, port=0)


def test_without_a_database_there_is_nowhere_to_take_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = CliRunner().invoke(app, ["adopt", "--json"])
    assert refused.exit_code == 1
    assert "HEMEROTECA_STORE" in str(refused.exception)
