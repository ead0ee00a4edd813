"""Where users and API keys are kept: a JSON file on one machine, or a table that several servers share.

That there were any is remembered apart from them, so that losing them opens nothing.
"""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, astuple, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from filelock import FileLock

from assistant.errors import SettingsError
from assistant.people.database import CLOSED, Database, close_own, database_at
from index.errors import UnreadableDocument
from index.inside import read_regular

_MOST_BYTES = 16 * 1024**2
Entry = TypeVar("Entry", bound=Any)


class SecretFile(Generic[Entry]):
    """Entries of one dataclass in a file, which need not exist. Every call reads it anew.

    `what` names the file in messages, `again` is the command that makes an entry anew.
    """

    def __init__(self, path: Path, kind: type[Entry], what: str, again: str) -> None:
        self.path = path
        self._kind, self._what, self._again = kind, what, again

    def all(self) -> tuple[Entry, ...]:
        """The entries in order. Raises SettingsError for a file that cannot be read: nobody gets in then."""
        try:
            return tuple(self._kind(**entry) for entry in json.loads(read_regular(self.path, _MOST_BYTES)))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, RecursionError, UnreadableDocument) as error:
            raise SettingsError(
                f"The file {self.path} of {self._what} cannot be read ({error}): mend it, or remove it and make "
                f"them anew with “{self._again}”."
            ) from error

    def is_emptied(self) -> bool:
        return os.path.lexists(self.path) and not self.all()

    def discard_empty(self) -> None:
        with self._locked():
            if self.is_emptied():
                self.path.unlink()

    @property
    def place(self) -> str:
        return str(self.path)

    def change(self, change: Callable[[tuple[Entry, ...]], Sequence[Entry]]) -> None:
        """Keep what `change` makes of the entries, while nobody else changes them. Raises SettingsError."""
        with self._locked():
            self._replace(change(self.all()))

    def _locked(self) -> FileLock:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error
        return FileLock(self.path.with_name(f"{self.path.name}.lock"))

    def _replace(self, entries: Sequence[Entry]) -> None:
        new = self.path.with_name(f"{self.path.name}.new")
        try:
            new.unlink(missing_ok=True)
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump([asdict(entry) for entry in entries], file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> SettingsError:
        return SettingsError(
            f"The file {self.path} of {self._what} cannot be written ({error.strerror}): let this user write its "
            "folder, or name another file."
        )


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


def are_asked_for(what: str, kept: Secrets[Entry], closing: "Closing | None") -> bool:
    """Whether there are entries, or were until somebody opened the archive. Raises HemerotecaError."""
    if not kept.all():
        return kept.is_emptied() or (closing is not None and closing.has(what))
    if closing is not None:
        closing.note(what)
    return True


class Closing:
    """Which kinds of entries were seen, in the place of the sessions. Safe to share between threads."""

    def __init__(self, place: Path | Database) -> None:
        self._file = place if isinstance(place, Path) else None
        self._database = database_at(place, CLOSED)
        self._noted: set[str] = set()

    def note(self, what: str) -> None:
        """Entries of that kind are there. Raises HemerotecaError."""
        if what in self._noted:
            return
        since = datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.writing() as connection:
            connection.execute("INSERT INTO closed VALUES (?, ?) ON CONFLICT DO NOTHING", (what, since))
        self._noted.add(what)

    def forget(self, what: str) -> None:
        """As if there had never been any. Raises HemerotecaError."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM closed WHERE what = ?", (what,))
        self._noted.discard(what)

    def close(self) -> None:
        close_own(self._database)

    def has(self, what: str) -> bool:
        """Whether entries of that kind were there. Raises HemerotecaError."""
        # An archive that never had anybody to ask for is given no file.
        if self._file is not None and not self._file.exists():
            return False
        with self._database.reading() as connection:
            row = connection.execute("SELECT since FROM closed WHERE what = ?", (what,)).fetchone()
        return row is not None
