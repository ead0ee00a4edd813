"""A schema of a PostgreSQL database shared between threads: a pool of connections, and transactions on them."""

import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.store.database import Rows
from index.store.postgres.server import PATIENCE, conninfo, failures, shown

if TYPE_CHECKING:
    import psycopg
    from psycopg_pool import ConnectionPool

# Connections of one process: each question takes one at a time.
_MOST_CONNECTIONS = 8


class PostgresSchema:
    """The schema `schema`, which must be there when it is first used. Safe to share between threads.

    A connection that the server has dropped is replaced by the next call.
    """

    def __init__(self, url: str, schema: str) -> None:
        """Raises HemerotecaError for a URL that is none. The server is not asked before `open`."""
        self._url, self._schema = url, schema
        self._local = threading.local()
        self._pool = _pool(url, schema)
        self._closing = ExitStack()
        self._closing.callback(self._pool.close)
        # Answers that outlive a switch of generations drop the database without closing it.
        self.close = weakref.finalize(self, self._closing.close)

    @property
    def place(self) -> str:
        return shown(self._url)

    # Made anew each time: kept, it would tie a circle, and a dropped database would stay open.
    @property
    def connection(self) -> "Statements":
        return Statements(self)

    def open(self) -> None:
        """Begin to connect."""
        self._pool.open()

    def failing(self) -> AbstractContextManager[None]:
        """Raises HemerotecaError for what the server cannot do in the block."""
        return failures(self._url)

    @contextmanager
    def lent(self) -> Iterator["psycopg.Connection[Any]"]:
        """The connection of this thread's transaction, or else one for a statement by itself."""
        current: psycopg.Connection[Any] | None = getattr(self._local, "transaction", None)
        with self.failing():
            if current is not None:
                yield current
            else:
                with self._pool.connection() as connection:
                    yield connection

    @contextmanager
    def transaction(self) -> Iterator["Statements"]:
        """All or nothing: commits at the end of the block, rolls back if it or the commit fails."""
        with self.lent() as connection, connection.transaction():
            self._local.transaction = connection
            try:
                yield self.connection
            finally:
                self._local.transaction = None


def _pool(url: str, schema: str) -> "ConnectionPool[psycopg.Connection[Any]]":
    checked = conninfo(url)
    from psycopg.sql import SQL, Identifier
    from psycopg_pool import ConnectionPool

    def look_into_schema(connection: "psycopg.Connection[Any]") -> None:
        connection.execute(SQL("SET search_path TO {}").format(Identifier(schema)))

    return ConnectionPool(
        checked,
        min_size=1,
        max_size=_MOST_CONNECTIONS,
        timeout=PATIENCE,
        # Of a server that was down long it would else wait for its next try when that is back.
        reconnect_timeout=PATIENCE,
        kwargs={"autocommit": True},
        configure=look_into_schema,
        # A connection that broke meanwhile, as when the server was restarted, is replaced.
        check=ConnectionPool.check_connection,
        open=False,
    )


class Statements:
    """Runs statements in the transaction of this thread, or each by itself."""

    def __init__(self, schema: PostgresSchema) -> None:
        self._schema = schema

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Rows:
        with self._schema.lent() as connection:
            cursor = connection.execute(translated(sql), parameters, binary=True)
            return _Fetched([] if cursor.description is None else cursor.fetchall())

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> None:
        with self._schema.lent() as connection, connection.cursor() as cursor:
            cursor.executemany(translated(sql), parameters)


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
def translated(sql: str) -> bytes:
    """A statement with the parameters that psycopg wants instead of question marks."""
    return sql.replace("%", "%%").replace("?", "%s").encode()
