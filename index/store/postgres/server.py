"""A PostgreSQL server: connections, pooled or not, transactions, locks, and failures in Hemeroteca's words."""

import hashlib
import os
import socket
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.errors import HemerotecaError, IndexDamaged
from index.store.database import Rows

if TYPE_CHECKING:
    import psycopg
    from psycopg_pool import ConnectionPool

# Seconds until a server that does not answer has failed.
PATIENCE = 10

# Connections of one process: each question takes one at a time.
_MOST_CONNECTIONS = 8


def connect(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection in autocommit mode. Raises HemerotecaError if there is no driver or no server."""
    checked = conninfo(url)
    import psycopg

    with failures(url):
        return psycopg.connect(
            checked,
            autocommit=True,
            connect_timeout=PATIENCE,
            application_name=f"hemeroteca {os.getpid()}@{socket.gethostname()}",
        )


def conninfo(url: str) -> str:
    """The URL, which can be connected with. Raises HemerotecaError if there is no driver, or it is no URL."""
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise HemerotecaError(
            "PostgreSQL needs more packages: pip install hemeroteca[postgres], or keep the index in a folder "
            "by leaving HEMEROTECA_STORE away."
        ) from error
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        parts = {}
    ports = str(parts.get("port", "5432")).split(",")
    # A password with these signs in it would be taken for the rest of the URL, and be shown as that.
    misread = "@" in f"{parts.get('dbname', '')}{parts.get('host', '')}"
    if not parts or misread or not all(port.isdecimal() for port in ports):
        # Neither the URL nor what the driver says of it is told: a password may be in both.
        raise HemerotecaError(
            "The URL of the PostgreSQL database cannot be read: its form is postgresql://USER:PASSWORD@HOST/"
            "DATABASE, with signs such as @ : / # % in the password written as %40 %3A %2F %23 %25."
        ) from None
    return url


@contextmanager
def failures(url: str) -> Iterator[None]:
    """Raise HemerotecaError for what the server cannot do in the block."""
    import psycopg
    from psycopg_pool import PoolTimeout

    try:
        yield
    except (
        psycopg.OperationalError,
        psycopg.errors.InsufficientPrivilege,
        psycopg.errors.ReadOnlySqlTransaction,
        PoolTimeout,
    ) as error:
        reason = " ".join(str(error).split())
        raise HemerotecaError(
            f"The PostgreSQL server at {shown(url)} failed ({reason}): see that it runs, has room, and lets this "
            "user create schemas, and that its URL (HEMEROTECA_STORE) is right."
        ) from error


@contextmanager
def index_failures(url: str) -> Iterator[None]:
    """`failures`, and IndexDamaged for an index that is not as it should be."""
    import psycopg

    try:
        with failures(url):
            yield
    except (psycopg.errors.UndefinedColumn, psycopg.errors.UndefinedTable) as error:
        raise IndexDamaged(
            f"The index in the PostgreSQL server at {shown(url)} is damaged or of another version ({error}): "
            "drop its schemas “hemeroteca” and “hemeroteca_1”, “hemeroteca_2” and so on, and run “hemeroteca "
            "index” to build it again. Keep “hemeroteca_people”: conversations and users are in it."
        ) from error


def shown(url: str) -> str:
    """A URL without the password in it."""
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(url)
    return f"{parts.get('host', '')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"


def lock_key(*name: object) -> int:
    """The number of an advisory lock, which PostgreSQL wants instead of a name."""
    digest = hashlib.sha256(" ".join(map(str, ("hemeroteca", *name))).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


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
