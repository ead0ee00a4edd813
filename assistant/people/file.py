"""Tables of people in a SQLite file of their own: deleting the index loses none."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import HemerotecaError
from assistant.people.tables import Tables
from index.store.sqlite.file import SqliteFile


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
