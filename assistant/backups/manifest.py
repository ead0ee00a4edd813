"""The list of what a backup holds: each entry with its size, its sum and its time, and what wrote it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from assistant.errors import BackupFailed

MANIFEST = "manifest.json"
STORE = "index/store.sqlite3"
CONVERSATIONS = "conversations.sqlite3"
DOCUMENTS = "documents/"
# The settings that name files, and those files' names in a backup; the small ones are copied as they are.
PEOPLE = {"conversations": CONVERSATIONS, "keys": "keys.json", "auth": "users.json"}
FILES = {"keys": "keys.json", "auth": "users.json"}
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a backup. `mtime_ns` is its time in nanoseconds; documents get it back."""

    name: str
    bytes: int
    sha256: str
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `hemeroteca` and `schema` are the versions that wrote it."""

    created: datetime
    hemeroteca: str
    schema: int
    entries: tuple[Entry, ...]

    def to_json(self) -> str:
        """The text of the manifest's own entry."""
        return json.dumps(
            {**asdict(self), "created": self.created.isoformat(), "format": _FORMAT},
            ensure_ascii=False,
            indent=1,
        )

    def holds(self, name: str) -> bool:
        """Whether an entry is so called, or, for a name that ends in a slash, lies there."""
        return any(
            entry.name == name or (name.endswith("/") and entry.name.startswith(name))
            for entry in self.entries
        )


def read_manifest(text: bytes) -> Manifest:
    """The inverse of `Manifest.to_json`. Raises BackupFailed for what no version of this program wrote."""
    try:
        content: dict[str, Any] = json.loads(text)
        version = content.pop("format")
        entries = tuple(Entry(**entry) for entry in content.pop("entries"))
        manifest = Manifest(
            created=datetime.fromisoformat(content.pop("created")), entries=entries, **content
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BackupFailed(f"Its manifest cannot be read ({error!r}): this is no whole backup.") from error
    if version != _FORMAT:
        raise BackupFailed(f"It is of format {version}, this version knows {_FORMAT}: upgrade Hemeroteca.")
    _refuse_names([entry.name for entry in entries])
    return manifest


def _refuse_names(names: list[str]) -> None:
    for name in names:
        if not _is_expected(name):
            raise BackupFailed(f"It holds “{name}”, which no backup does: nothing of it is used.")
    if len(set(names)) != len(names):
        raise BackupFailed("It holds the same name twice: nothing of it is used.")


def _is_expected(name: str) -> bool:
    """Whether an entry is one of those known, or a document that stays in its folder."""
    if name in (STORE, CONVERSATIONS, *FILES.values()):
        return True
    path = PurePosixPath(name)
    inside = path.is_relative_to(DOCUMENTS) and path != PurePosixPath(DOCUMENTS)
    return (
        inside
        and path.as_posix() == name
        and ".." not in path.parts
        and "\\" not in name
        and "\0" not in name
    )
