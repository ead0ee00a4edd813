"""Where users and API keys are kept: a JSON file on one machine, or a table that several servers share."""

from collections.abc import Callable, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from assistant.people.database import Database
from assistant.secret_file import SecretFile

Entry = TypeVar("Entry", bound=Any)


class Secrets(Protocol[Entry]):
    """Entries of one dataclass, the first field of which is their name. Every call reads them anew."""

    @property
    def place(self) -> str: ...

    def all(self) -> tuple[Entry, ...]:
        """The entries, oldest first. Raises HemerotecaError if they cannot be read: nobody gets in then."""
        ...

    def is_emptied(self) -> bool:
        """Whether there is a place that was made for entries, and holds none. Raises HemerotecaError."""
        ...

    def discard_empty(self) -> None:
        """Do away with such a place. Raises HemerotecaError."""
        ...

    def change(self, change: Callable[[tuple[Entry, ...]], Sequence[Entry]]) -> None:
        """Keep what `change` makes of the entries, while nobody else changes them. Raises HemerotecaError."""
        ...


class SecretTable(Generic[Entry]):
    """Entries in a table of a PostgreSQL database, whose columns are their fields."""

    def __init__(self, database: Database, kind: type[Entry], table: str) -> None:
        self._database, self._kind, self._table = database, kind, table
        self._columns = ", ".join(field.name for field in fields(kind))

    @property
    def place(self) -> str:
        return self._database.place

    def all(self) -> tuple[Entry, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(f"SELECT {self._columns} FROM {self._table} ORDER BY created, name")
            return tuple(self._kind(*row) for row in rows)

    def is_emptied(self) -> bool:
        return False  # the table is made for everybody

    def discard_empty(self) -> None:
        pass

    def change(self, change: Callable[[tuple[Entry, ...]], Sequence[Entry]]) -> None:
        places = ", ".join("?" for _ in fields(self._kind))
        with self._database.writing() as connection:
            connection.execute(f"LOCK TABLE {self._table} IN SHARE ROW EXCLUSIVE MODE")
            before = self.all()
            after = change(before)
            gone = [(entry.name,) for entry in before if entry not in after]
            new = [astuple(entry) for entry in after if entry not in before]
            connection.executemany(f"DELETE FROM {self._table} WHERE name = ?", gone)
            connection.executemany(f"INSERT INTO {self._table} ({self._columns}) VALUES ({places})", new)


def secrets_at(
    place: Path | Database, kind: type[Entry], table: str, what: str, again: str
) -> Secrets[Entry]:
    """The entries in the file at a path, or in a table of a database.

    `what` names them in messages, `again` is the command that makes one anew.
    """
    return (
        SecretFile(place, kind, what, again) if isinstance(place, Path) else SecretTable(place, kind, table)
    )
