"""What readers have sent and the archive has not taken in yet: each upload is its reader's, under a number of ours."""

import itertools
import logging
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock
from typing import BinaryIO

from index.concurrency import Hold, remove_unheld
from index.errors import UnreadableDocument
from ui.documents import Refused, check, folder_size, safe_name, store_file
from ui.readers import Reader
from ui.uploads import Upload, UploadStage

MOST_ARRIVING = 8  # files of a user, or of an address, at a time
MOST_WAITING = 200  # that have come and were not taken in yet
_TOLD = 100  # files that are done with and still told of
_HOUR = 3600.0
_GLANCE = 10.0  # seconds that the size of the documents folder is believed
_UNDER_WAY = (UploadStage.ARRIVING, UploadStage.WAITING)
_log = logging.getLogger(__name__)


class TooMany(Exception):
    """A reader has as many uploads under way as one may have."""


@dataclass(slots=True)
class _Entry:
    reader: Reader
    upload: Upload
    came: float
    file: BinaryIO | None = field(default=None, repr=False)


class Inbox:
    """The uploads of one server, in a folder of its own below `place`. Safe to use from several threads.

    `quota` is how many MB the `documents` folder may hold, what is on its way there counted too.
    """

    def __init__(self, place: Path, documents: Path, quota: int, suffixes: Sequence[str]) -> None:
        self._place, self._documents, self._quota, self._suffixes = place, documents, quota, suffixes
        self._numbers = itertools.count(1)
        self._entries: dict[int, _Entry] = {}
        self._lock = RLock()
        self._hold: Hold | None = None
        self._folder = place / f"{os.getpid()}-{secrets.token_hex(8)}"
        self._held = (0.0, 0)  # until when the documents folder is believed to hold so many bytes
        _sweep(place)

    def begin(self, reader: Reader, name: str) -> Upload:
        """A new upload under that name; refused already if nothing of the kind is read. Raises TooMany."""
        with self._lock:
            self._make_room(reader)
            number = next(self._numbers)
            entry = _Entry(
                reader, Upload(number, safe_name(name), stage=UploadStage.ARRIVING), time.monotonic()
            )
            self._entries[number] = entry
            self._judge(entry)
            return entry.upload

    def write(self, number: int, data: bytes) -> Upload:
        """More of a file that is arriving; refused, and gone, once there is too much of it."""
        with self._lock:
            entry = self._entries[number]
            if entry.upload.stage is not UploadStage.ARRIVING:
                return entry.upload
            entry.upload = replace(entry.upload, received=entry.upload.received + len(data))
            self._judge(entry)
            if entry.upload.stage is not UploadStage.ARRIVING:
                return entry.upload
        try:
            entry.file = entry.file or self._create(number)
            entry.file.write(data)
        except OSError:
            _log.exception("an upload could not be kept")
            self._refuse(entry, Refused("not_stored", {"name": entry.upload.name}))
        return entry.upload

    def finish(self, number: int) -> Upload:
        """All of the file has come."""
        entry = self._entries[number]
        if entry.upload.stage is UploadStage.ARRIVING:
            self.write(number, b"")  # an empty file is one too
        if entry.upload.stage is UploadStage.ARRIVING:
            self._close(entry)
            entry.upload = replace(entry.upload, stage=UploadStage.WAITING)
        return entry.upload

    def abandon(self, number: int) -> None:
        """Forget a file, whose sender has gone or thought better of it."""
        with self._lock:
            entry = self._entries.pop(number, None)
        if entry is not None:
            self._discard(entry)

    def uploads(self, reader: Reader) -> tuple[Upload, ...]:
        """The reader's uploads, oldest first."""
        with self._lock:
            return tuple(entry.upload for entry in self._entries.values() if entry.reader == reader)

    def has(self, reader: Reader, number: int) -> bool:
        """Whether that upload is the reader's."""
        entry = self._entries.get(number)
        return entry is not None and entry.reader == reader

    def take(self, reader: Reader, numbers: Iterable[int]) -> tuple[Upload, ...]:
        """Put those of the reader's files that have come into the documents folder, each once."""
        return tuple(self._taken(reader, number) for number in dict.fromkeys(numbers))

    def update(self, uploads: Iterable[Upload]) -> None:
        """What has become of files that were taken in."""
        with self._lock:
            for upload in uploads:
                if (entry := self._entries.get(upload.number)) is not None:
                    entry.upload = upload

    def close(self) -> None:
        """Remove what has not been taken in."""
        with self._lock:
            for entry in self._entries.values():
                self._close(entry)
            self._entries.clear()
            if self._hold is not None:
                self._hold.close()
                shutil.rmtree(self._folder, ignore_errors=True)

    def _taken(self, reader: Reader, number: int) -> Upload:
        with self._lock:
            if not self.has(reader, number):
                return Upload(number, "", stage=UploadStage.REFUSED, problem=Refused("upload_gone", {}))
            entry = self._entries[number]
            if entry.upload.stage is not UploadStage.WAITING or entry.upload.path:
                return entry.upload
            try:
                path = store_file(self._path(number), entry.upload.name, self._documents).as_posix()
                entry.upload = replace(entry.upload, path=path)
            except (OSError, UnreadableDocument):
                _log.exception("%r could not be stored", entry.upload.name)
                self._refuse(entry, Refused("not_stored", {"name": entry.upload.name}))
            self._held = (0.0, 0)
            self._discard(entry)
            return entry.upload

    def _judge(self, entry: _Entry) -> None:
        upload = entry.upload
        problem = check(upload.name, upload.received, self._suffixes, self._quota, self._used(entry))
        if problem is not None:
            self._refuse(entry, problem)

    def _refuse(self, entry: _Entry, problem: Refused) -> None:
        entry.upload = replace(entry.upload, stage=UploadStage.REFUSED, problem=problem)
        self._discard(entry)

    def _used(self, entry: _Entry) -> int:
        """Bytes that the documents folder holds, and that all others who are on their way will take."""
        until, held = self._held
        if time.monotonic() > until:
            held = folder_size(self._documents)
            self._held = (time.monotonic() + _GLANCE, held)
        others = (other.upload for other in self._entries.values() if other is not entry)
        return held + sum(u.received for u in others if u.stage in _UNDER_WAY and not u.path)

    def _make_room(self, reader: Reader) -> None:
        for number, entry in list(self._entries.items()):
            if entry.upload.stage is UploadStage.WAITING and time.monotonic() - entry.came > _HOUR:
                self.abandon(number)
        own = [(n, entry) for n, entry in self._entries.items() if entry.reader.payer == reader.payer]
        done = [number for number, entry in own if entry.upload.stage not in _UNDER_WAY or entry.upload.path]
        for number in done[:-_TOLD]:
            del self._entries[number]
        arriving = sum(entry.upload.stage is UploadStage.ARRIVING for _, entry in own)
        if arriving >= MOST_ARRIVING or len(own) - len(done) >= MOST_WAITING:
            raise TooMany

    def _create(self, number: int) -> BinaryIO:
        with self._lock:
            self._hold = self._hold or Hold(self._folder)
        descriptor = os.open(self._path(number), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        return os.fdopen(descriptor, "wb")

    def _path(self, number: int) -> Path:
        return self._folder / str(number)

    def _discard(self, entry: _Entry) -> None:
        self._close(entry)
        self._path(entry.upload.number).unlink(missing_ok=True)

    def _close(self, entry: _Entry) -> None:
        if entry.file is not None:
            with suppress(OSError):  # what it still held did not fit on the disk: the file goes as well
                entry.file.close()
            entry.file = None


def _sweep(place: Path) -> None:
    """Remove what servers have left that ended without a word."""
    with suppress(OSError):
        for folder in place.iterdir():
            remove_unheld(folder)
