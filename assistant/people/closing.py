"""That users or keys were there once: remembered apart from them, so that losing them opens nothing."""

from datetime import UTC, datetime
from pathlib import Path

from assistant.people.database import Database, close_own, database_at
from assistant.people.secrets import Entry, Secrets
from assistant.people.tables import CLOSED


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
