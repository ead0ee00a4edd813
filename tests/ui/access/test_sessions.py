import stat
from pathlib import Path

import pytest

from assistant.errors import HemerotecaError
from assistant.users import Users
from tests.ui.access.test_rates import Clock
from ui.access.sessions import Sessions

HOUR = 3600
PASSWORD = "correcto caballo"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def users(tmp_path: Path) -> Users:
    users = Users(tmp_path / "users.json")
    users.add("ana", PASSWORD)
    return users


def sessions(tmp_path: Path, users: Users, clock: Clock) -> Sessions:
    return Sessions(tmp_path / "sessions.sqlite3", users, 2 * HOUR, 10 * HOUR, clock)


def begun(kept: Sessions, users: Users) -> str:
    ana = users.find("ana")
    assert ana is not None
    return kept.begin(ana)


def test_a_session_outlasts_the_server_and_its_token_is_kept_nowhere(
    tmp_path: Path, users: Users, clock: Clock
) -> None:
    before = sessions(tmp_path, users, clock)
    token = begun(before, users)
    before.close()
    after = sessions(tmp_path, users, clock)
    assert after.user(token) == "ana"
    assert after.user(token + "x") is None
    assert after.user("") is None
    after.close()
    path = tmp_path / "sessions.sqlite3"
    assert token.encode() not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_session_ends_when_unused_and_at_the_latest_after_its_longest_time(
    tmp_path: Path, users: Users, clock: Clock
) -> None:
    kept = sessions(tmp_path, users, clock)
    unused, used = begun(kept, users), begun(kept, users)
    for _ in range(9):
        clock.seconds += HOUR
        assert kept.user(used) == "ana"
    assert kept.user(unused) is None
    clock.seconds += HOUR
    assert kept.user(used) is None
    kept.close()


def test_logging_out_a_new_password_and_a_removed_user_end_sessions(
    tmp_path: Path, users: Users, clock: Clock
) -> None:
    kept = sessions(tmp_path, users, clock)
    left, other = begun(kept, users), begun(kept, users)
    kept.end(left)
    assert kept.user(left) is None
    assert kept.user(other) == "ana"
    users.set_password("ana", PASSWORD + "2")
    assert kept.user(other) is None
    third = begun(kept, users)
    users.remove("ana")
    assert kept.user(third) is None
    users.add("ana", PASSWORD)
    assert kept.user(third) is None, "a new user of the same name is another"
    kept.close()


def test_a_file_that_is_no_database_is_told_with_its_name(tmp_path: Path, users: Users, clock: Clock) -> None:
    (tmp_path / "sessions.sqlite3").write_text("no database " * 100)
    with pytest.raises(HemerotecaError, match=r"sessions\.sqlite3"):
        begun(sessions(tmp_path, users, clock), users)
