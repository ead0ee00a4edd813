"""Where the settings say that things of people are kept."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.people.people import People
from assistant.people.server import ServerDatabase
from assistant.settings import Settings, load_settings

URL = "postgresql://ana:s3cr3t@127.0.0.1:9/archive"


def test_a_database_of_the_index_keeps_people_too_unless_a_setting_names_a_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HEMEROTECA_STORE", URL)
    monkeypatch.setenv("HEMEROTECA_VECTORS", "http://127.0.0.1:8000")
    monkeypatch.setenv("HEMEROTECA_SESSIONS", "sessions.sqlite3")
    settings = load_settings()
    assert [place.get_secret_value() for place in settings.databases()] == [URL]
    people = People(settings)
    place = people.place(settings.conversations)
    assert isinstance(place, ServerDatabase)
    assert people.place(settings.auth) is place, "one pool of connections for all"
    assert people.place(settings.sessions) == Path("sessions.sqlite3")
    people.close()


def test_without_one_they_are_in_files_and_each_may_be_in_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().conversations == Path(".hemeroteca-conversations.sqlite3")
    assert Settings().databases() == ()
    monkeypatch.setenv("HEMEROTECA_CONVERSATIONS", URL)
    settings = load_settings()
    assert [place.get_secret_value() for place in settings.databases()] == [URL]
    assert settings.auth == Path(".hemeroteca-users.json")
    assert "s3cr3t" not in f"{settings!r} {settings.model_dump_json()}"


def test_a_url_of_something_else_is_refused_without_being_repeated() -> None:
    with pytest.raises(ValidationError, match="conversations") as told:
        Settings(conversations="mysql://ana:s3cr3t@127.0.0.1/archive")
    assert "postgresql://" in str(told.value.errors(include_input=False))
