"""One generation in a PostgreSQL database: a schema of its own, a pool of connections, transactions on them."""

import contextlib
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.stores.postgres.full_text import Postings
from index.stores.postgres.schema import migrate
from index.stores.postgres.server import PATIENCE, connect, failures, lock_key, shown

if TYPE_CHECKING:
    import psycopg
    from psycopg_pool import ConnectionPool

# Connections of one process: each question takes one at a time.
_MOST_CONNECTIONS = 8


class PostgresDatabase:
    """The tables of one schema, made if they are not there. The schema is held: it stays while it is read."""

    def __init__(self, url: str, schema: str) -> None:
        """Raises HemerotecaError if the server cannot be reached or used."""
        self._url, self._schema = url, schema
        self._local = threading.local()
        hold = connect(url)
        self._pool = _pool(url, schema)
        # Answers that outlive a switch of generations drop the database without closing it.
        self.close = weakref.finalize(self, _let_go, self._pool, hold)
        with failures(url):
            hold.execute("SELECT pg_advisory_lock_shared(%s)", (hold_key(schema),))
            migrate(hold, schema, shown(url))
            self._pool.open()

    @property
    def place(self) -> str:
        return shown(self._url)

    # Made anew each time: kept, they would tie a circle, and a dropped database would stay open.
    @property
    def full_text(self) -> Postings:
        return Postings(self)

    @property
    def connection(self) -> "_Statements":
        return _Statements(self)

    @contextmanager
    def lent(self) -> Iterator["psycopg.Connection[Any]"]:
        """The connection of this thread's transaction, or else one for a statement by itself."""
        current: psycopg.Connection[Any] | None = getattr(self._local, "transaction", None)
        with failures(self._url):
            if current is not None:
                yield current
            else:
                with self._pool.connection() as connection:
                    yield connection

    @contextmanager
    def transaction(self) -> Iterator["_Statements"]:
        with self.lent() as connection, connection.transaction():
            self._local.transaction = connection
            try:
                yield self.connection
            finally:
                self._local.transaction = None

    def batches(self, sql: str, parameters: Sequence[Any], size: int) -> Iterator[list[Any]]:
        with (
            self.lent() as connection,
            connection.transaction(),
            connection.cursor(name="batches", binary=True) as rows,
        ):
            rows.execute(_translated(sql), parameters)
            while batch := rows.fetchmany(size):
                yield batch

    def bytes_of(self, column: str) -> str:
        return f"octet_length({column})"

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        with failures(self._url), connect(self._url) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (lock_key(name, self._schema),))
            yield

    def size(self) -> int:
        row = self.connection.execute(
            "SELECT coalesce(sum(pg_total_relation_size(pg_class.oid)), 0)::bigint FROM pg_class "
            "JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = ? AND relkind = 'r'",
            (self._schema,),
        ).fetchone()
        return int(row[0])


def hold_key(schema: str) -> int:
    """The lock that everybody shares who reads a schema."""
    return lock_key("hold", schema)


def _pool(url: str, schema: str) -> "ConnectionPool[psycopg.Connection[Any]]":
    from psycopg.sql import SQL, Identifier
    from psycopg_pool import ConnectionPool

    def look_into_schema(connection: "psycopg.Connection[Any]") -> None:
        connection.execute(SQL("SET search_path TO {}").format(Identifier(schema)))

    return ConnectionPool(
        url,
        min_size=1,
        max_size=_MOST_CONNECTIONS,
        timeout=PATIENCE,
        kwargs={"autocommit": True},
        configure=look_into_schema,
        # A connection that broke meanwhile, as when the server was restarted, is replaced.
        check=ConnectionPool.check_connection,
        open=False,
    )


def _let_go(pool: "ConnectionPool[psycopg.Connection[Any]]", hold: "psycopg.Connection[Any]") -> None:
    import psycopg

    pool.close()
    # Said before it is closed, since the server takes its time to notice that.
    with contextlib.suppress(psycopg.Error):
        hold.execute("SELECT pg_advisory_unlock_all()")
    hold.close()


class _Statements:
    """Runs statements in the transaction of this thread, or each by itself."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> "_Fetched":
        with self._database.lent() as connection:
            cursor = connection.execute(_translated(sql), parameters, binary=True)
            return _Fetched([] if cursor.description is None else cursor.fetchall())

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> None:
        with self._database.lent() as connection, connection.cursor() as cursor:
            cursor.executemany(_translated(sql), parameters)


class _Fetched:
    """The rows of a statement, none of them left with the server."""

    def __init__(self, rows: list[Any]) -> None:
        self._rows = iter(rows)

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows


@lru_cache(maxsize=500)
def _translated(sql: str) -> bytes:
    """A statement with the parameters that psycopg wants instead of question marks."""
    return sql.replace("%", "%%").replace("?", "%s").encode()
