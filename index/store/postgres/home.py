"""An index in a PostgreSQL database: which generation of it is live, and who may write it.

    schema hemeroteca            the number of the live generation
    schema hemeroteca_<number>   the tables of one build of the index
    advisory locks               of the process that is indexing, and of those that read a generation

The locks go with the connection that took them, and so with its process.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import IndexBusy
from index.store.home import Home
from index.store.postgres.database import PostgresDatabase, hold_key
from index.store.postgres.server import connect, index_failures, lock_key, shown
from index.store.store import Store

if TYPE_CHECKING:
    import psycopg

_FIRST = 1
_WRITER = lock_key("writer")
_HOLDER = """
SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE locktype = 'advisory'
AND granted AND (classid::bigint << 32 | objid::bigint) = %s LIMIT 1
"""


class PostgresHome(Home):
    """The schemas of an index in one database. Nothing is created until it is written to."""

    def __init__(self, url: str, path: Path) -> None:
        """`path` is a folder for what this machine keeps of the index; it need not exist."""
        self.url, self.path = url, path
        self._kept: psycopg.Connection[Any] | None = None
        self._using = threading.Lock()

    def close(self) -> None:
        """Let go of the server; the next call connects again."""
        with self._using:
            if self._kept is not None:
                self._kept.close()
                self._kept = None

    def has(self, folder: Path) -> bool:
        with self._connected() as connection:
            return _exists(connection, _schema(folder))

    def open_store(self, folder: Path) -> Store:
        return Store(PostgresDatabase(self.url, _schema(folder)))

    def switch(self) -> None:
        number = self._number() + 1
        with self._connected() as connection, connection.transaction():
            connection.execute("CREATE SCHEMA IF NOT EXISTS hemeroteca")
            connection.execute("CREATE TABLE IF NOT EXISTS hemeroteca.live (number INTEGER NOT NULL)")
            connection.execute("DELETE FROM hemeroteca.live")
            connection.execute("INSERT INTO hemeroteca.live VALUES (%s)", (number,))

    def repair(self) -> None:
        """Nothing: the database itself says which generation is live."""

    def sweep(self) -> None:
        live = self._number()
        with self._connected() as connection:
            rows = connection.execute(
                r"SELECT nspname FROM pg_namespace WHERE nspname ~ '^hemeroteca_\d+$'"
            ).fetchall()
            for (schema,) in rows:
                if int(schema.removeprefix("hemeroteca_")) < live:
                    _drop_unheld(connection, schema)

    def discard_next(self) -> None:
        schema = _schema(self.next)
        with self._connected() as connection:
            _drop_unheld(connection, schema)

    @contextmanager
    def writing(self, *, wait: bool = False) -> Iterator[None]:
        with index_failures(self.url), connect(self.url) as connection:
            if wait:
                connection.execute("SELECT pg_advisory_lock(%s)", (_WRITER,))
            elif not _try_lock(connection, _WRITER):
                holder = connection.execute(_HOLDER, (_WRITER,)).fetchone()
                raise IndexBusy(
                    f"{'Another process' if holder is None else holder[0]} is indexing into {shown(self.url)}: "
                    "try again when it has finished, or wait for it with --wait."
                )
            self.sweep()
            yield

    def _number(self) -> int:
        with self._connected() as connection:
            if not _exists(connection, "hemeroteca"):
                return _FIRST
            row = connection.execute("SELECT number FROM hemeroteca.live").fetchone()
            return _FIRST if row is None else int(row[0])

    @contextmanager
    def _connected(self) -> Iterator["psycopg.Connection[Any]"]:
        """A connection that is kept, since every question asks which generation is live."""
        with self._using, index_failures(self.url):
            if self._kept is None or not _answers(self._kept):
                self._kept = connect(self.url)
            yield self._kept


def _schema(folder: Path) -> str:
    return f"hemeroteca_{folder.name}"


def _answers(connection: "psycopg.Connection[Any]") -> bool:
    """Whether the server still knows a connection; it does not after a restart."""
    import psycopg

    try:
        connection.execute("SELECT 1")
    except psycopg.OperationalError:
        connection.close()
        return False
    return True


def _exists(connection: "psycopg.Connection[Any]", schema: str) -> bool:
    return (
        connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,)).fetchone() is not None
    )


def _try_lock(connection: "psycopg.Connection[Any]", key: int) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (key,)).fetchone()
    return row is not None and bool(row[0])


def _drop_unheld(connection: "psycopg.Connection[Any]", schema: str) -> None:
    """Drop a schema unless somebody holds it."""
    from psycopg.sql import SQL, Identifier

    if _try_lock(connection, hold_key(schema)):
        connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(schema)))
        connection.execute("SELECT pg_advisory_unlock(%s)", (hold_key(schema),))
