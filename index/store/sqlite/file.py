"""SQLite files: a connection for each thread, transactions, and copies made whole while others read and write."""

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
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


def snapshot(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment into a new file.

    Writers go on meanwhile; what they commit after that moment is not in the copy. Raises sqlite3.Error.
    """
    with closing(_opened(source)) as live, closing(sqlite3.connect(target)) as copy:
        # In one step: between steps another process may write, and the copy would begin again.
        live.backup(copy)
        # One file, without a log beside it, even if nobody opens it before it is moved.
        copy.execute("PRAGMA journal_mode = DELETE")


def overwrite(target: Path, source: Path) -> None:
    """Give a database the content of another one, in one transaction; others may have it open.

    A target that does not exist is made. Raises sqlite3.Error; the target is then as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(_opened(source)) as wanted, closing(sqlite3.connect(target, timeout=30)) as live:
        wanted.backup(live)


def damage(database: Path) -> str:
    """What is broken in a database, or an empty string. Raises sqlite3.Error for what is none."""
    with closing(_opened(database)) as opened:
        found = str(opened.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if found == "ok" else found


def _opened(path: Path) -> sqlite3.Connection:
    """A connection to a file that must be there."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=30)
