"""What those who keep people's things ask of a database, the tables, and those in a SQLite file of their own.

SQL is written once, in what SQLite and PostgreSQL share; parameters are question marks. `{key}` is the type of a text
that is compared and sorted byte by byte, as SQLite compares any. In PostgreSQL the tables are the first migration: what
changes them is another one there, and in files a column of `added`. Deleting the index loses none of them.
"""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from assistant.errors import HemerotecaError
from index.store.database import Connection
from index.store.sqlite.file import SqliteFile

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables that one file holds. `setting` names it; `added` are columns that older files of it lack, by table."""

    what: str
    setting: str
    sql: str
    added: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    def statements(self, key: str = "TEXT") -> list[str]:
        """The statements that make them where they are not there yet."""
        return [
            statement for each in self.sql.split(";") if (statement := each.replace("{key}", key).strip())
        ]


CONVERSATIONS = Tables(
    "conversations",
    "HEMEROTECA_CONVERSATIONS",
    """
    CREATE TABLE IF NOT EXISTS conversations (
        id {key} PRIMARY KEY, "user" {key} NOT NULL, title TEXT NOT NULL, changed {key} NOT NULL,
        pinned INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX IF NOT EXISTS conversations_by_user ON conversations ("user", changed);
    CREATE TABLE IF NOT EXISTS turns (
        conversation {key} NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        question TEXT NOT NULL,
        standalone TEXT NOT NULL,
        answer TEXT NOT NULL,
        asked TEXT NOT NULL,
        wanted TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (conversation, number)
    );
    CREATE TABLE IF NOT EXISTS feedback (
        conversation {key} NOT NULL,
        number INTEGER NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('good', 'bad')),
        reason TEXT NOT NULL,
        given {key} NOT NULL,
        PRIMARY KEY (conversation, number),
        FOREIGN KEY (conversation, number) REFERENCES turns (conversation, number) ON DELETE CASCADE
    );
    """,
    {"turns": "wanted TEXT NOT NULL DEFAULT '{}'", "conversations": "pinned INTEGER NOT NULL DEFAULT 0"},
)
SESSIONS = Tables(
    "sessions",
    "HEMEROTECA_SESSIONS",
    """
    CREATE TABLE IF NOT EXISTS sessions (
        digest {key} PRIMARY KEY,
        "user" {key} NOT NULL,
        stamp TEXT NOT NULL,
        begun DOUBLE PRECISION NOT NULL,
        used DOUBLE PRECISION NOT NULL
    );
    """,
)
# Beside the sessions, so that it does not go with the users whose being there it remembers.
CLOSED = Tables(
    "memory of users and keys",
    "HEMEROTECA_SESSIONS",
    "CREATE TABLE IF NOT EXISTS closed (what {key} PRIMARY KEY, since TEXT NOT NULL)",
)
# In files these are no tables but JSON, which an administrator can read and mend.
SECRETS = Tables(
    "users and API keys",
    "HEMEROTECA_AUTH and HEMEROTECA_KEYS",
    """
    CREATE TABLE IF NOT EXISTS users (name {key} PRIMARY KEY, created {key} NOT NULL, password TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS api_keys (name {key} PRIMARY KEY, created {key} NOT NULL, digest TEXT NOT NULL);
    """,
)


class FileDatabase(SqliteFile):
    """`tables` in the file at `path`, which is made, readable by its owner alone, when it is first used."""

    synchronous = "FULL"

    def __init__(self, path: Path, tables: Tables) -> None:
        super().__init__(path)
        self._tables = tables
        self._making = threading.Lock()
        self._made = False

    @property
    def place(self) -> str:
        return str(self.path)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._explained():
            self._make()
            yield self.connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        with self.reading(), self.transaction() as connection:
            yield connection

    def json_text(self, column: str, key: str) -> str:
        return f"json_extract({column}, '$.{key}')"

    def prepare(self, connection: sqlite3.Connection) -> None:
        # SQLite's own knows the letters of ASCII alone.
        connection.create_function("lower", 1, _lower, deterministic=True)

    def _make(self) -> None:
        with self._making:
            if self._made:
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(0o600)
            with self.transaction() as connection:
                for statement in self._tables.statements():
                    connection.execute(statement)
                for table, column in self._tables.added.items():
                    _add(connection, table, column)
            self._made = True

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise HemerotecaError(
                f"The {self._tables.what} in {self.path} cannot be opened or written ({error}): check the file and "
                f"the room on its disk, or name another with {self._tables.setting}."
            ) from error


def _add(connection: sqlite3.Connection, table: str, column: str) -> None:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info ({table})")]
    if column.split()[0] not in names:
        connection.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


class Database(Protocol):
    """The tables of people in one place. Safe to share between threads; nothing is opened before it is used."""

    @property
    def place(self) -> str:
        """Where that is, without a password."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """Where statements run each by itself. Raises HemerotecaError for what the place cannot do."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """All or nothing. Raises HemerotecaError, after which nothing was written."""
        ...

    def json_text(self, column: str, key: str) -> str:
        """The SQL for a text in a JSON object."""
        ...

    def close(self) -> object:
        """Let go of everything; it must not be used any more."""
        ...


def database_at(place: Path | Database, tables: Tables) -> Database:
    """The file of these tables at a path, or a database that holds them among others."""
    return FileDatabase(place, tables) if isinstance(place, Path) else place


def close_own(database: Database) -> None:
    """Close a file that nobody else has; a database that was given is shared, and its owner's to close."""
    if isinstance(database, FileDatabase):
        database.close()
