"""What is kept of people in a PostgreSQL server: lost connections, servers that are down, URLs that are none."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

import psycopg
import pytest

from assistant.errors import HemerotecaError
from assistant.people.conversations import Conversations
from assistant.people.server import ServerDatabase
from tests.servers import free_port, relay_to

SECRET = "s3cr3t-word"


def cut_connections(url: str) -> None:
    """What a restart of the server does to those who are connected."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.services
def test_connections_that_were_cut_between_two_calls_are_not_noticed(database_url: str) -> None:
    with closing(ServerDatabase(database_url)) as database:
        kept = Conversations(database)
        id_, _ = kept.add_turn(None, "¿Cuándo?", "¿Cuándo?", {"text": "Hoy."})
        cut_connections(database_url)
        assert kept.add_turn(id_, "¿Y dónde?", "¿Dónde?", {"text": "Aquí."}) == (id_, 2)


@pytest.mark.services
def test_a_call_whose_connection_is_cut_fails_in_words_and_writes_nothing_and_the_next_succeeds(
    database_url: str,
) -> None:
    cut: list[Callable[[], None]] = []

    def now() -> datetime:
        if cut:
            cut.pop()()
        return datetime(2026, 1, 16, tzinfo=UTC)

    with closing(ServerDatabase(database_url)) as database:
        kept = Conversations(database, now=now)
        id_, number = kept.add_turn(None, "¿Cuándo?", "¿Cuándo?", {"text": "Hoy."})
        # The time is looked at within the transaction.
        cut.append(lambda: cut_connections(database_url))
        with pytest.raises(HemerotecaError, match=r"PostgreSQL server at 127\.0\.0\.1"):
            kept.give_feedback(id_, number, "good")
        assert kept.verdicts(id_) == {}
        kept.give_feedback(id_, number, "bad")
        assert kept.verdicts(id_) == {1: "bad"}


@pytest.mark.services
def test_a_server_that_was_down_for_a_while_is_used_again_when_it_is_back(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.postgres.server.PATIENCE", 1)
    relay = relay_to(database_url)
    with closing(ServerDatabase(relay.url)) as database:
        with relay.open():
            kept = Conversations(database)
            id_, _ = kept.add_turn(None, "¿Cuándo?", "¿Cuándo?", {"text": "Hoy."})
        for _ in range(3):
            with pytest.raises(HemerotecaError, match="see that it runs"):
                kept.turns(id_)
        with relay.open():
            assert len(kept.turns(id_)) == 1


@pytest.mark.services
def test_a_schema_of_a_newer_version_or_without_its_tables_is_told(database_url: str) -> None:
    with closing(ServerDatabase(database_url)) as database:
        kept = Conversations(database)
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("DROP TABLE hemeroteca_people.conversations CASCADE")
            with pytest.raises(HemerotecaError, match="pg_restore"):
                kept.summaries()
            connection.execute("UPDATE hemeroteca_people.schema_version SET number = 99")
    with closing(ServerDatabase(database_url)) as database, pytest.raises(HemerotecaError, match="newer"):
        Conversations(database)


def test_a_server_that_is_down_is_told_without_the_password() -> None:
    url = f"postgresql://ana:{SECRET}@127.0.0.1:{free_port()}/archive"
    with closing(ServerDatabase(url)) as database:
        for _ in range(2):
            with pytest.raises(HemerotecaError, match=r"127\.0\.0\.1.*see that it runs") as told:
                Conversations(database)
            assert SECRET not in str(told.value)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ana:{SECRET}%zz@127.0.0.1/archive",
        f"postgresql://ana:{SECRET}/x@127.0.0.1/archive",
        f"postgresql://ana:12/{SECRET}@127.0.0.1/archive",
        f"postgresql://ana:{SECRET}@127.0.0.1:port/archive",
        f"postgresql://ana:x@{SECRET}@127.0.0.1/archive",
        f"postgresql://[{SECRET}/archive",
    ],
)
def test_a_url_that_cannot_be_read_is_told_without_any_of_it(url: str) -> None:
    with pytest.raises(HemerotecaError, match="%40") as told:
        ServerDatabase(url)
    assert SECRET not in str(told.value)
    assert told.value.__suppress_context__
