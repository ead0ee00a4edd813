"""A SQLite file shared between threads and processes: a connection for each thread, and transactions."""

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BUSY_SECONDS = 30


class _Connection:
    """A thread's own connection; it ends with its thread, or with the file."""

    def __init__(self, sqlite: sqlite3.Connection) -> None:
        self.sqlite = sqlite

    def __del__(self) -> None:
        self.sqlite.close()


class SqliteFile:
    """The file at `path`, made when it is first used. Safe to share between threads."""

    # The last transactions may be lost with the machine's power, never the file.
    synchronous = "NORMAL"

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._connections: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._registering = threading.Lock()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode."""
        held: _Connection | None = getattr(self._local, "held", None)
        if held is None:
            held = self._opened()
            with self._registering:
                self._connections.add(held)
            self._local.held = held
        return held.sqlite

    def _opened(self) -> _Connection:
        held = _Connection(
            sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        )
        held.sqlite.execute("PRAGMA journal_mode = WAL")
        held.sqlite.execute(f"PRAGMA synchronous = {self.synchronous}")
        held.sqlite.execute("PRAGMA foreign_keys = ON")
        self.prepare(held.sqlite)
        return held

    def prepare(self, connection: sqlite3.Connection) -> None:
        """What a new connection is given before it is used."""

    def close(self) -> None:
        """Close every thread's connection; the file must not be used any more."""
        with self._registering:
            for held in self._connections:
                held.sqlite.close()
            self._connections.clear()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: commits at the end of the block, rolls back if it or the commit fails."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # SQLite has already rolled back by itself after some failures, such as a full disk.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
