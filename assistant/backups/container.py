"""The file that a backup is: a zip whose entries a manifest lists with their sums."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assistant.backups.manifest import MANIFEST, Entry, Manifest, read_manifest
from assistant.errors import BackupFailed

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
