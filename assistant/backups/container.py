"""The file that a backup is: a zip whose entries a manifest lists with their sums."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Annotated

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


_BLOCK = 1024**2
_LONGEST_MANIFEST = 512 * 1024**2  # bytes, of some two million documents
# Vectors do not get smaller; texts do, and the fastest level finds most of it.
_LEVEL = 1


class Packing:
    """Puts files into a new backup one after the other."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened
        self.entries: list[Entry] = []

    def add(self, name: str, source: IO[bytes], mtime_ns: int) -> None:
        """Copy an open file."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(name, "w", force_zip64=True) as target:
            while block := source.read(_BLOCK):
                digest.update(block)
                size += len(block)
                target.write(block)
        self.entries.append(Entry(name, size, digest.hexdigest(), mtime_ns))

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, without which nothing of it is ever used."""
        self._zip.writestr(MANIFEST, manifest.to_json())


@contextmanager
def packing(file: IO[bytes]) -> Iterator[Packing]:
    """A new backup in an open file, whole when the block has ended."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as opened:
        yield Packing(opened)


class Unpacking:
    """An opened backup. What it gives has been compared with the manifest."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened
        self.manifest = read_manifest(self._manifest_text())
        listed = {MANIFEST, *(entry.name for entry in self.manifest.entries)}
        if sorted(opened.namelist()) != sorted(listed):
            raise BackupFailed("Its entries are not those that its manifest lists: nothing of it is used.")

    def extract(self, entry: Entry, target: Path, mode: int = 0o600) -> None:
        """Write an entry into a new file. Raises BackupFailed unless it is what the manifest says."""
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file, self._zip.open(entry.name) as source:
            if _copy(source, file, entry.bytes) != entry.sha256:
                raise BackupFailed(f"Its entry “{entry.name}” is damaged: restore from another backup.")
            file.flush()
            os.fsync(file.fileno())

    def _manifest_text(self) -> bytes:
        with self._zip.open(MANIFEST) as file:
            text = file.read(_LONGEST_MANIFEST + 1)
        if len(text) > _LONGEST_MANIFEST:
            raise BackupFailed("Its manifest is too long to be one.")
        return text


@contextmanager
def unpacking(file: Path) -> Iterator[Unpacking]:
    """A backup, opened. Raises BackupFailed, which names the file, also from within the block."""
    try:
        with zipfile.ZipFile(file) as opened:
            yield Unpacking(opened)
    except BackupFailed as error:
        raise BackupFailed(f"The backup {file} cannot be restored. {error}") from error
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError) as error:
        raise BackupFailed(f"The file {file} is no whole backup ({error}).") from error
    except FileNotFoundError as error:
        if error.filename != os.fspath(file):
            raise
        raise BackupFailed(f"There is no file {file}.") from error


def _copy(source: IO[bytes], target: IO[bytes], expected: int) -> str:
    """Copy no more than was promised, and one byte that tells if there is more. Returns the sum."""
    digest, left = hashlib.sha256(), expected + 1
    while left and (block := source.read(min(_BLOCK, left))):
        digest.update(block)
        target.write(block)
        left -= len(block)
    return digest.hexdigest()
