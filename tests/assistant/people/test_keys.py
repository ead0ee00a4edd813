import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import SettingsError
from assistant.people.keys import Keys
from assistant.people.server import ServerDatabase

PlaceOf = Callable[[str], Path | ServerDatabase]


def test_a_key_opens_the_archive_and_is_kept_nowhere(people_place: PlaceOf) -> None:
    keys = Keys(people_place("keys.json"))
    secret = keys.add("one")
    assert keys.holder(secret) == "one"
    assert keys.holder("") is None
    assert keys.holder(secret.upper()) is None
    assert secret not in repr(keys.all())
    assert len(secret) > 43


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys.json")
    keys.add("one")
    keys.add("two")
    assert stat.S_IMODE(Path(keys.place).stat().st_mode) == 0o600


def test_a_key_made_on_one_server_is_known_on_the_other_and_removed_at_once(people_place: PlaceOf) -> None:
    one, other = (Keys(people_place("keys.json")) for _ in range(2))
    secret, _ = one.add("one"), one.add("two")
    assert other.holder(secret) == "one"
    other.remove("one")
    assert one.holder(secret) is None
    assert [key.name for key in one.all()] == ["two"]


def test_a_name_is_taken_once(people_place: PlaceOf) -> None:
    keys = Keys(people_place("keys.json"))
    keys.add("one")
    with pytest.raises(SettingsError, match=r"already"):
        keys.add("one")
    with pytest.raises(SettingsError, match=r"no key"):
        keys.remove("two")
    with pytest.raises(SettingsError, match=r"needs a name"):
        keys.add(" ")


@pytest.mark.parametrize("content", ["{", '{"a": 1}', '[{"name": "x"}]', "[1]", "\ufeff"])
def test_a_broken_file_is_an_error_and_never_open_house(tmp_path: Path, content: str) -> None:
    keys = Keys(tmp_path / "keys.json")
    Path(keys.place).write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=r"keys\.json"):
        keys.holder("anything")


def test_the_command_makes_lists_and_removes_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner()
    made = json.loads(run.invoke(app, ["key", "add", "radio", "--json"]).stdout)
    assert Keys(Path(".hemeroteca-keys.json")).holder(made["key"]) == "radio"
    assert "radio" in run.invoke(app, ["key", "list"]).stdout
    removed = json.loads(run.invoke(app, ["key", "remove", "radio", "--json"]).stdout)
    assert removed == {"keys": []}
