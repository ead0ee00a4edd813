import json
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import Assistant, Settings
from assistant.cli import app
from assistant.errors import SettingsError
from assistant.people.server import ServerDatabase
from assistant.people.users import Users

PASSWORD = "correcto caballo"


@pytest.fixture
def users(people_place: Callable[[str], Path | ServerDatabase]) -> Users:
    return Users(people_place("users.json"))


@pytest.fixture
def in_file(tmp_path: Path) -> Users:
    return Users(tmp_path / "users.json")


def test_a_password_lets_its_user_in_and_is_kept_nowhere(users: Users) -> None:
    users.add("ana", PASSWORD)
    found = users.verified("ana", PASSWORD)
    assert found is not None and found.name == "ana"
    assert users.verified("ana", PASSWORD + "x") is None
    assert users.verified("ana", "") is None
    assert users.verified("luis", PASSWORD) is None
    assert users.all()[0].password.startswith("$argon2id$")


def test_a_user_added_on_one_server_is_known_on_the_other_and_removed_at_once(
    people_place: Callable[[str], Path | ServerDatabase],
) -> None:
    one, other = (Users(people_place("users.json")) for _ in range(2))
    one.add("ana", PASSWORD)
    assert other.verified("ana", PASSWORD) is not None
    other.remove("ana")
    assert one.find("ana") is None


def test_of_those_who_take_a_name_at_once_one_gets_it(
    people_place: Callable[[str], Path | ServerDatabase],
) -> None:
    servers = [Users(people_place("users.json")) for _ in range(4)]

    def added(users: Users) -> bool:
        try:
            users.add("ana", PASSWORD)
        except SettingsError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(added, servers)) == 1
    assert len(servers[0].all()) == 1


def test_two_with_one_password_have_different_hashes(users: Users) -> None:
    assert users.add("ana", PASSWORD).password != users.add("luis", PASSWORD).password


def test_a_name_is_one_however_it_is_typed(users: Users) -> None:
    users.add("María@Diario.mx", PASSWORD)
    assert users.verified(" mari\u0301a@DIARIO.mx ", PASSWORD) is not None
    with pytest.raises(SettingsError, match=r"already"):
        users.add("MARÍA@diario.mx", PASSWORD)


@pytest.mark.parametrize("name", ["", "  ", "ana luis", "ana/../luis", "key:ana", "x" * 65, "<b>"])
def test_a_name_that_could_mislead_is_refused(users: Users, name: str) -> None:
    with pytest.raises(SettingsError, match=r"cannot be a user's name"):
        users.add(name, PASSWORD)


@pytest.mark.parametrize("password", ["", "corto", "x" * 9, "x" * 1001])
def test_a_password_too_short_or_endless_is_refused_without_being_repeated(
    users: Users, password: str
) -> None:
    with pytest.raises(SettingsError, match=r"10 to 1000 characters") as told:
        users.add("ana", password)
    assert not password or password not in str(told.value)
    assert users.all() == ()


def test_only_the_owner_may_read_the_file_and_no_half_of_it_is_left(in_file: Users) -> None:
    in_file.add("ana", PASSWORD)
    in_file.set_password("ana", PASSWORD + "2")
    assert stat.S_IMODE(Path(in_file.place).stat().st_mode) == 0o600
    assert not Path(in_file.place).with_name("users.json.new").exists()


def test_a_changed_password_and_a_removed_user_count_at_once(users: Users) -> None:
    before = users.add("ana", PASSWORD).stamp
    users.set_password("ana", PASSWORD + "2")
    assert users.verified("ana", PASSWORD) is None
    changed = users.verified("ana", PASSWORD + "2")
    assert changed is not None and changed.stamp != before
    users.remove("ana")
    assert users.verified("ana", PASSWORD + "2") is None
    with pytest.raises(SettingsError, match=r"no user"):
        users.remove("ana")


@pytest.mark.parametrize("content", ["{", "[1]", "[" * 100_000, '[{"name": "ana"}]'])
def test_a_broken_file_is_an_error_and_never_open_house(in_file: Users, content: str) -> None:
    Path(in_file.place).write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=r"users\.json"):
        in_file.verified("ana", PASSWORD)


def test_a_hash_that_is_none_is_told_with_what_to_do(in_file: Users) -> None:
    Path(in_file.place).write_text('[{"name": "ana", "created": "", "password": "plain"}]', "utf-8")
    with pytest.raises(SettingsError, match=r"hemeroteca user password ana"):
        in_file.verified("ana", "plain")


def test_the_command_adds_lists_changes_and_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: Settings
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEMEROTECA_CONVERSATIONS", str(seed.conversations))
    run, users = CliRunner(), Users(Path(".hemeroteca-users.json"))
    assert run.invoke(app, ["user", "add", "ana"], input=f"{PASSWORD}\n").exit_code == 0
    assert users.verified("ana", PASSWORD) is not None
    listed = json.loads(run.invoke(app, ["user", "list", "--json"]).stdout)
    assert [user["name"] for user in listed["users"]] == ["ana"]
    run.invoke(app, ["user", "password", "ana"], input="otra contraseña\n")
    assert users.verified("ana", "otra contraseña") is not None
    with Assistant(seed) as assistant:
        assistant.conversation(user="ana").ask("¿Quién es el canciller de México?")
    shown = run.invoke(app, ["conversations", "list", "--user", "Ana"]).stdout
    assert "canciller" in shown
    removed = run.invoke(app, ["user", "remove", "ana", "--conversations"])
    assert "1 conversations deleted" in removed.stderr
    assert users.all() == ()
    assert "canciller" not in run.invoke(app, ["conversations", "list", "--user", "ana"]).stdout
