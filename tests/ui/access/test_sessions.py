import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import HemerotecaError
from assistant.people.server import ServerDatabase
from assistant.people.users import Users
from tests.ui.access.test_rates import Clock
from ui.access.access import Sessions

HOUR = 3600
PASSWORD = "correcto caballo"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def users(people_place: Callable[[str], Path | ServerDatabase]) -> Users:
    users = Users(people_place("users.json"))
    users.add("ana", PASSWORD)
    return users


@pytest.fixture
def reopen(
    people_place: Callable[[str], Path | ServerDatabase], users: Users, clock: Clock
) -> Iterator[Callable[[], Sessions]]:
    """Opens the same sessions, every time as another server does."""
    opened: list[Sessions] = []

    def open_again() -> Sessions:
        opened.append(Sessions(people_place("sessions.sqlite3"), users, 2 * HOUR, 10 * HOUR, clock))
        return opened[-1]

    yield open_again
    for kept in opened:
        kept.close()


@pytest.fixture
def kept(reopen: Callable[[], Sessions]) -> Sessions:
    return reopen()


def begun(kept: Sessions, users: Users) -> str:
    ana = users.find("ana")
    assert ana is not None
    return kept.begin(ana)


def test_a_session_outlasts_its_server_and_counts_on_others(
    reopen: Callable[[], Sessions], users: Users
) -> None:
    before = reopen()
    token = begun(before, users)
    before.close()
    after, other = reopen(), reopen()
    assert after.user(token) == other.user(token) == "ana"
    assert after.user(token + "x") is None
    assert after.user("") is None
    other.end(token)
    assert after.user(token) is None


def test_a_token_is_kept_nowhere_and_the_file_is_its_owners_alone(tmp_path: Path, clock: Clock) -> None:
    users, path = Users(tmp_path / "users.json"), tmp_path / "sessions.sqlite3"
    users.add("ana", PASSWORD)
    kept = Sessions(path, users, HOUR, HOUR, clock)
    token = begun(kept, users)
    kept.close()
    assert token.encode() not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_session_ends_when_unused_and_at_the_latest_after_its_longest_time(
    kept: Sessions, users: Users, clock: Clock
) -> None:
    unused, used = begun(kept, users), begun(kept, users)
    for _ in range(9):
        clock.seconds += HOUR
        assert kept.user(used) == "ana"
    assert kept.user(unused) is None
    clock.seconds += HOUR
    assert kept.user(used) is None


def test_a_clock_that_jumps_makes_no_session_live_longer(kept: Sessions, users: Users, clock: Clock) -> None:
    clock.seconds += 1000 * HOUR
    of_the_future = begun(kept, users)
    clock.seconds -= 1 * HOUR
    assert kept.user(of_the_future) == "ana", "a small step back ends nobody's session"
    clock.seconds -= 999 * HOUR
    assert kept.user(of_the_future) is None


def test_logging_out_a_new_password_and_a_removed_user_end_sessions(
    kept: Sessions, users: Users, clock: Clock
) -> None:
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


def test_a_file_that_is_no_database_is_told_with_its_name(tmp_path: Path, users: Users, clock: Clock) -> None:
    (tmp_path / "sessions.sqlite3").write_text("no database " * 100)
    with pytest.raises(HemerotecaError, match=r"sessions\.sqlite3"):
        begun(Sessions(tmp_path / "sessions.sqlite3", users, HOUR, HOUR, clock), users)


def test_a_reader_stays_in_where_the_use_of_a_session_cannot_be_noted(tmp_path: Path, clock: Clock) -> None:
    """A full disk keeps nobody from reading; the session ends as if it had not been used."""
    users, place = Users(tmp_path / "users.json"), tmp_path / "sessions.sqlite3"
    users.add("ana", PASSWORD)
    with closing(Sessions(place, users, 2 * HOUR, 10 * HOUR, clock)) as kept:
        token = begun(kept, users)
        with closing(sqlite3.connect(place)) as disk:
            disk.execute(
                "CREATE TRIGGER full BEFORE UPDATE ON sessions BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        clock.seconds += HOUR
        assert kept.user(token) == "ana"
        clock.seconds += HOUR
        assert kept.user(token) is None
