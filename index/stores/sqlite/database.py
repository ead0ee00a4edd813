"""One SQLite file, shared between threads, and the transactions on it."""

import sqlite3
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

from index.failures import explained
from index.holds import Hold
from index.stores.sqlite.full_text import Fts5
from index.stores.sqlite.schema import migrate

_BUSY_SECONDS = 30


class _Connection:
    """A thread's own connection; it ends with its thread, or with the database."""

    def __init__(self, path: Path) -> None:
        self.sqlite = sqlite3.connect(
            path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        self.sqlite.execute("PRAGMA journal_mode = WAL")
        self.sqlite.execute("PRAGMA synchronous = NORMAL")
        self.sqlite.execute("PRAGMA foreign_keys = ON")

    def __del__(self) -> None:
        self.sqlite.close()


class SqliteDatabase:
    """One SQLite file of the current schema. Its folder is held: it stays while anybody reads it."""

    def __init__(self, path: Path) -> None:
        """Open or create the file. Raises IndexDamaged if it is no database or of a newer schema."""
        self.path = path
        self._local = threading.local()
        self._connections: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._registering = threading.Lock()
        with explained(path.parent):
            self._hold = Hold(path.parent)
            try:
                migrate(self.connection, str(path))
            except BaseException:
                self.close()
                raise

    @property
    def place(self) -> str:
        return str(self.path.resolve().parents[1])

    # Made anew each time: kept, it would tie a circle, and a dropped database would stay open.
    @property
    def full_text(self) -> Fts5:
        return Fts5(self)

    def batches(self, sql: str, parameters: Sequence[Any], size: int) -> Iterator[list[Any]]:
        rows = self.connection.execute(sql, parameters)
        while batch := rows.fetchmany(size):
            yield batch

    def bytes_of(self, column: str) -> str:
        # SQLite before 3.43 has no octet_length.
        return f"length(CAST({column} AS BLOB))"

    def lock(self, name: str) -> FileLock:
        return FileLock(self.path.with_name(f"{name}.lock"), thread_local=False)

    def size(self) -> int:
        files = self.path.parent.glob(f"{self.path.name}*")
        return sum(file.stat().st_size for file in files)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode."""
        held: _Connection | None = getattr(self._local, "held", None)
        if held is None:
            held = _Connection(self.path)
            with self._registering:
                self._connections.add(held)
            self._local.held = held
        return held.sqlite

    def close(self) -> None:
        """Close every thread's connection; the database must not be used any more."""
        with self._registering:
            for held in self._connections:
                held.sqlite.close()
            self._connections.clear()
        self._hold.close()

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
