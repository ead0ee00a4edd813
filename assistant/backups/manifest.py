"""The list of what a backup holds: each entry with its size, its sum and its time, and what wrote it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import from_json

from assistant.errors import BackupFailed

MANIFEST = "manifest.json"
STORE = "index/store.sqlite3"
CONVERSATIONS = "conversations.sqlite3"
DOCUMENTS = "documents/"
# The settings that name files, and those files' names in a backup; the small ones are copied as they are.
FILES = {"keys": "keys.json", "auth": "users.json"}
PEOPLE = {"conversations": CONVERSATIONS, **FILES}
_FORMAT = 1
# What a file system may tell of a file; a backup that came from elsewhere may say anything.
_Size = Annotated[int, Field(ge=0, lt=2**63)]
_Time = Annotated[int, Field(ge=-(2**63), lt=2**63)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a backup. `mtime_ns` is its time in nanoseconds; documents get it back."""

    name: str
    bytes: _Size
    sha256: str
    mtime_ns: _Time


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


_MANIFEST = TypeAdapter(Manifest)


def read_manifest(text: bytes) -> Manifest:
    """The inverse of `Manifest.to_json`. Raises BackupFailed for what no version of this program wrote."""
    try:
        content = from_json(text)
        version = content.pop("format")
        if version != _FORMAT:
            raise BackupFailed(
                f"It is of format {version}, this version knows {_FORMAT}: upgrade Hemeroteca."
            )
        manifest = _MANIFEST.validate_python(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _unreadable(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(repr(error)) from error
    _refuse_names([entry.name for entry in manifest.entries])
    return manifest


def _unreadable(why: str) -> BackupFailed:
    return BackupFailed(f"Its manifest cannot be read ({why}): this is no whole backup.")


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
