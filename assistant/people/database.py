"""What those who keep people's things ask of a database. SQL is written once, parameters are question marks."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from assistant.people.file import FileDatabase
from assistant.people.tables import Tables
from index.store.database import Connection


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
