"""What was kept of people in files of one machine, taken into the database that several servers share."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import SecretStr

from assistant.errors import SettingsError
from assistant.people.database import CONVERSATIONS, Database, FileDatabase
from assistant.people.keys import Key, Keys
from assistant.people.people import People
from assistant.people.secrets import Entry, SecretTable
from assistant.people.users import User, Users
from assistant.settings import Settings, default_of
from index.store.database import Connection

# In the order in which they refer to each other.
_TABLES = {
    "conversations": ("id", '"user"', "title", "changed", "pinned"),
    "turns": ("conversation", "number", "question", "standalone", "answer", "asked", "wanted"),
    "feedback": ("conversation", "number", "verdict", "reason", "given"),
}


@dataclass(frozen=True, slots=True)
class Adopted:
    """How many were not in the database before."""

    conversations: int = 0
    users: int = 0
    keys: int = 0

    def to_dict(self) -> dict[str, int]:
        """The object that `hemeroteca adopt --json` prints."""
        return asdict(self)


def adopt(settings: Settings, people: People) -> Adopted:
    """Copy conversations, feedback, users and keys from the files that are the settings' defaults.

    What the database has already stays as it is, so that this can be done twice, and from several machines. The
    files stay. Raises SettingsError if the settings name no database for any of them; HemerotecaError.
    """
    places = (settings.conversations, settings.auth, settings.keys)
    if not any(isinstance(place, SecretStr) for place in places):
        raise SettingsError(
            "Conversations, users and keys are kept in files: name a PostgreSQL database with HEMEROTECA_STORE, or "
            "with HEMEROTECA_CONVERSATIONS, HEMEROTECA_AUTH and HEMEROTECA_KEYS, to take them into it."
        )
    return Adopted(
        conversations=_conversations(
            left_behind(settings, "conversations"), people.place(settings.conversations)
        ),
        users=_secrets(left_behind(settings, "auth"), people.place(settings.auth), _users, User, "users"),
        keys=_secrets(left_behind(settings, "keys"), people.place(settings.keys), _keys, Key, "api_keys"),
    )


def left_behind(settings: Settings, name: str) -> Path | None:
    """The file that the setting is by default, if it is there although the setting names a database."""
    file = default_of(name)
    return file if isinstance(getattr(settings, name), SecretStr) and file.is_file() else None


def _conversations(file: Path | None, place: Path | Database) -> int:
    if file is None or isinstance(place, Path):
        return 0
    with (
        closing(FileDatabase(file, CONVERSATIONS)) as source,
        source.reading() as kept,
        place.writing() as connection,
    ):
        before = _count(connection)
        for table, columns in _TABLES.items():
            rows = kept.execute(f"SELECT {', '.join(columns)} FROM {table}")
            marks = ", ".join("?" for _ in columns)
            connection.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING", rows
            )
        return _count(connection) - before


def _count(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM conversations").fetchone()[0])


def _users(file: Path) -> Sequence[User]:
    return Users(file).all()


def _keys(file: Path) -> Sequence[Key]:
    return Keys(file).all()


def _secrets(
    file: Path | None,
    place: Path | Database,
    read: Callable[[Path], Sequence[Entry]],
    kind: type[Entry],
    table: str,
) -> int:
    if file is None or isinstance(place, Path):
        return 0
    source = read(file)
    new: list[Entry] = []

    def with_new(kept: tuple[Entry, ...]) -> Sequence[Entry]:
        names = {entry.name for entry in kept}
        new[:] = [entry for entry in source if entry.name not in names]
        return (*kept, *new)

    SecretTable(place, kind, table).change(with_new)
    return len(new)
