"""Writing a backup while the archive is in use: databases as they are at one moment, then the rest."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeGuard

from pydantic import SecretStr

from assistant.backups.container import (
    CONVERSATIONS,
    DOCUMENTS,
    FILES,
    PEOPLE,
    STORE,
    Manifest,
    Packing,
    packing,
)
from assistant.errors import BackupFailed
from assistant.settings import Settings
from index.concurrency import Hold
from index.store.home import STORE as STORE_FILE
from index.store.home import FolderHome
from index.store.sqlite.database import VERSION
from index.store.sqlite.file import damage, snapshot


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was written: the file, its bytes, and what it holds.

    `left_out` are links in the documents folder, and names that are no text: they are not in the backup, and
    neither is what the settings `elsewhere` keep in PostgreSQL.
    """

    file: Path
    bytes: int
    index: bool
    conversations: bool
    documents: int
    left_out: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The object that `hemeroteca backup --json` prints."""
        return {
            "file": str(self.file),
            "bytes": self.bytes,
            "index": self.index,
            "conversations": self.conversations,
            "documents": self.documents,
            "left_out": list(self.left_out),
            "elsewhere": list(self.elsewhere),
        }


def write_backup(settings: Settings, file: Path, *, with_documents: bool = False) -> BackupReport:
    """Write the index's truth, conversations and small files into a new `file`, and the documents if asked.

    Vectors of Chroma are left out: they are filled from the index without embedding. The file appears when it
    is whole. Raises BackupFailed if it is there already, if there is nothing to keep or what there is is broken.
    """
    if file.exists():
        raise BackupFailed(f"There is a file {file} already: name another, or remove it.")
    require_files(settings)
    left_out: list[str] = []
    with _explained(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        # Beside its place, so that it can be renamed into it; the databases are copied there, too.
        with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as scratch:
            partial = Path(scratch) / "backup"
            with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as target:
                with packing(target) as pack:
                    manifest = _fill(settings, pack, Path(scratch), with_documents, left_out)
                target.flush()
                os.fsync(target.fileno())
            partial.replace(file)
    return BackupReport(
        file=file,
        bytes=file.stat().st_size,
        index=manifest.holds(STORE),
        conversations=manifest.holds(CONVERSATIONS),
        documents=sum(entry.name.startswith(DOCUMENTS) for entry in manifest.entries),
        left_out=tuple(left_out),
        elsewhere=tuple(name for name in PEOPLE if not isinstance(getattr(settings, name), Path)),
    )


def require_files(settings: Settings) -> None:
    """Raise BackupFailed if the index is not in files but in PostgreSQL."""
    if settings.store is not None:
        raise BackupFailed(
            "The index is in PostgreSQL (HEMEROTECA_STORE), with all that other settings keep there: keep and "
            "restore that database with pg_dump and pg_restore."
        )


def _fill(
    settings: Settings, pack: Packing, scratch: Path, with_documents: bool, left_out: list[str]
) -> Manifest:
    for name, database in _databases(settings):
        _add_database(pack, name, database, scratch)
    for field, name in FILES.items():
        if _is_file(path := getattr(settings, field)):
            _add_file(pack, name, path)
    if with_documents:
        _add_documents(pack, settings, scratch, left_out)
    if not pack.entries:
        raise BackupFailed(
            f"There is nothing to keep: no index at {settings.index}, and no file of conversations, keys or users."
        )
    manifest = Manifest(datetime.now(UTC), _program_version(), VERSION, tuple(pack.entries))
    pack.finish(manifest)
    return manifest


def _program_version() -> str:
    try:
        return version("hemeroteca")
    except PackageNotFoundError:
        return "of a checkout that is not installed"


def _databases(settings: Settings) -> Iterator[tuple[str, Path]]:
    home = FolderHome(settings.index)
    if home.exists():
        yield STORE, home.live / STORE_FILE
    if _is_file(settings.conversations):
        yield CONVERSATIONS, settings.conversations


def _is_file(place: Path | SecretStr) -> TypeGuard[Path]:
    return isinstance(place, Path) and place.is_file()


def _add_database(pack: Packing, name: str, database: Path, scratch: Path) -> None:
    copy = scratch / "copy.sqlite3"
    # A rebuild that ends meanwhile must not remove the generation that is being copied.
    with closing(Hold(database.parent)):
        snapshot(database, copy)
    broken = damage(copy)
    if broken:
        raise BackupFailed(
            f"The database {database} is damaged ({broken}), so no backup of it is written: the last good one "
            "can be restored."
        )
    _add_file(pack, name, copy)
    copy.unlink()


def _add_file(pack: Packing, name: str, path: Path) -> None:
    with path.open("rb") as file:
        pack.add(name, file, os.fstat(file.fileno()).st_mtime_ns)


def _add_documents(pack: Packing, settings: Settings, scratch: Path, left_out: list[str]) -> None:
    root = settings.documents
    own = {settings.index.resolve(), scratch.resolve()}
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if (Path(folder) / name).resolve() not in own)
        for path in (Path(folder) / name for name in sorted(files)):
            name = path.relative_to(root).as_posix()
            if path.is_file() and not path.is_symlink() and name.isprintable():
                _add_file(pack, DOCUMENTS + name, path)
            else:
                left_out.append(name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(
            f"The backup {file} cannot be written ({error}): there must be room for the databases twice, and the "
            "folder must be writable. Nothing was changed."
        ) from error
