"""Restoring a backup: all of it is unpacked and compared first, then each part takes its place at once."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from assistant.backups.backup import require_files
from assistant.backups.container import CONVERSATIONS, DOCUMENTS, FILES, PEOPLE, STORE, Unpacking, unpacking
from assistant.errors import BackupFailed
from assistant.settings import ENV_PREFIX, Settings
from index.store.home import STORE as STORE_FILE
from index.store.home import FolderHome
from index.store.sqlite.file import damage, overwrite
from index.sync.build import carry_on
from index.vectors.server import ARCHIVE, GENERATION


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was restored, and where documents that were there before were put."""

    created: datetime
    parts: tuple[str, ...]
    documents_before: Path | None

    def to_dict(self) -> dict[str, Any]:
        """The object that `hemeroteca restore --json` prints."""
        before = self.documents_before
        return {
            "created": self.created.isoformat(),
            "parts": list(self.parts),
            "documents_before": None if before is None else str(before),
        }


def restore_backup(settings: Settings, file: Path, *, replace: bool = False) -> RestoreReport:
    """Put what `file` holds where the settings say, also while the archive is in use.

    The index becomes a new generation, conversations change in one transaction, a folder or a small file by one
    rename; so whoever is killed between two of them runs the command again. Raises BackupFailed, before
    anything is changed, if the file is not whole, or if something is there already and `replace` is not set;
    IndexBusy while another process is indexing.
    """
    require_files(settings)
    with ExitStack() as stack:
        stack.enter_context(_explained(file))
        backup = stack.enter_context(unpacking(file))
        _refuse_elsewhere(settings, backup)
        if not replace:
            _refuse_kept(settings, backup)
        stack.enter_context(FolderHome(settings.index).writing())
        parts = [part for part in _parts(settings) if backup.manifest.holds(part.name)]
        for part in parts:
            stack.callback(part.discard)
            part.stage(backup)
        before = [part.swap() for part in parts]
    return RestoreReport(
        created=backup.manifest.created,
        parts=tuple(part.name for part in parts),
        documents_before=next((path for path in before if path is not None), None),
    )


def _refuse_elsewhere(settings: Settings, backup: Unpacking) -> None:
    for setting, name in PEOPLE.items():
        if backup.manifest.holds(name) and not isinstance(getattr(settings, setting), Path):
            variable = f"{ENV_PREFIX}{setting.upper()}"
            raise BackupFailed(
                f"It holds {name}, which this archive keeps in PostgreSQL ({variable}): name a file for it with "
                f"{variable}, and restore again."
            )


def _refuse_kept(settings: Settings, backup: Unpacking) -> None:
    for part in _parts(settings):
        if backup.manifest.holds(part.name) and part.is_there():
            raise BackupFailed(
                f"There is something at {part.place} already: --replace puts the backup in its place, or name "
                "another place by the settings."
            )


def _parts(settings: Settings) -> "Iterator[_Index | _Conversations | _File | _Documents]":
    # Where a link leads, now: what takes the place of the link itself would be on another disk.
    # The folder of documents comes before the index, which a running --watch compares with it.
    yield _Documents(settings.documents.resolve())
    yield _Index(FolderHome(settings.index))
    if isinstance(settings.conversations, Path):
        yield _Conversations(settings.conversations.resolve())
    for field, name in FILES.items():
        if isinstance(path := getattr(settings, field), Path):
            yield _File(path.resolve(), name)


@dataclass(frozen=True, slots=True)
class _Index:
    """The store becomes the next generation; its vectors fill a new Chroma, without embedding."""

    home: FolderHome
    name = STORE

    @property
    def place(self) -> Path:
        return self.home.path

    def is_there(self) -> bool:
        return self.home.exists()

    def stage(self, backup: Unpacking) -> None:
        self.home.discard_next()
        staged = self.home.next / STORE_FILE
        _extract(backup, self.name, staged)
        _refuse_damaged(staged)
        # Of an older version, it is brought to this one; of a newer one, it is refused.
        with closing(self.home.open_store(self.home.next)) as store:
            store.outbox.refill()
            # In a Chroma server it must not share the collections of the index that was backed up.
            store.forget_fact(GENERATION)
            store.forget_fact(ARCHIVE)
            if self.is_there():
                with closing(self.home.open_store(self.home.live)) as live:
                    carry_on(live, store)

    def swap(self) -> None:
        self.home.switch()
        self.home.sweep()

    def discard(self) -> None:
        self.home.discard_next()


@dataclass(frozen=True, slots=True)
class _Conversations:
    """The database is overwritten in one transaction: the chat may have it open."""

    place: Path
    name = CONVERSATIONS

    def is_there(self) -> bool:
        return self.place.exists()

    def stage(self, backup: Unpacking) -> None:
        self.discard()
        _extract(backup, self.name, _beside(self.place))
        _refuse_damaged(_beside(self.place))

    def swap(self) -> None:
        overwrite(self.place, _beside(self.place))

    def discard(self) -> None:
        _beside(self.place).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _File:
    """A small file."""

    place: Path
    name: str

    def is_there(self) -> bool:
        return self.place.exists()

    def stage(self, backup: Unpacking) -> None:
        self.discard()
        _extract(backup, self.name, _beside(self.place))

    def swap(self) -> None:
        _beside(self.place).replace(self.place)

    def discard(self) -> None:
        _beside(self.place).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Documents:
    """The folder; the one that was there is kept under another name."""

    place: Path
    name = DOCUMENTS

    def is_there(self) -> bool:
        return self.place.is_dir() and any(self.place.iterdir())

    def stage(self, backup: Unpacking) -> None:
        self.discard()
        for entry in backup.manifest.entries:
            if entry.name.startswith(DOCUMENTS):
                target = _beside(self.place) / entry.name.removeprefix(DOCUMENTS)
                backup.extract(entry, target, mode=0o666)
                os.utime(target, ns=(entry.mtime_ns, entry.mtime_ns))

    def swap(self) -> Path | None:
        before = None
        if self.is_there():
            before = _unused(self.place)
            self.place.rename(before)
        _beside(self.place).replace(self.place)
        return before

    def discard(self) -> None:
        shutil.rmtree(_beside(self.place), ignore_errors=True)


def _beside(place: Path) -> Path:
    """Where something is unpacked, on the same disk as its place, which is no link."""
    return place.with_name(f".{place.name}.restoring")


def _unused(place: Path) -> Path:
    """A name for what is put aside, that nothing has yet."""
    names = (place.with_name(f"{place.name}.before-{number}") for number in count(1))
    return next(path for path in names if not path.exists())


def _extract(backup: Unpacking, name: str, target: Path) -> None:
    backup.extract(next(entry for entry in backup.manifest.entries if entry.name == name), target)


def _refuse_damaged(database: Path) -> None:
    broken = damage(database)
    if broken:
        raise BackupFailed(
            f"Its database {database.name} is damaged ({broken}): restore from another backup."
        )


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(
            f"The backup {file} cannot be restored ({error}): check that there is room and that the places "
            "are writable, and run the command again."
        ) from error
