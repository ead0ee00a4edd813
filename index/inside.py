"""Opening a file of the archive without ever leaving its root, whoever changes what while we look."""

import errno
import os
import stat
from pathlib import Path, PurePosixPath

from index.errors import UnreadableDocument
from index.reasons import SkipReason

MOST_BYTES = 256 * 1024 * 1024
# What opening a link says where links are not followed, as a file and as a folder.
_LINK = (errno.ELOOP, errno.ENOTDIR)


def open_inside(root: Path, path: str, max_bytes: int = MOST_BYTES) -> bytes:
    """The content of the file at `path` under `root`, never following a link out of `root`.

    Raises UnreadableDocument when the file vanished, cannot be read, is too large or is being written.
    """
    try:
        with open(_open_resolved(root, path), "rb") as file:
            return _read_whole(file.fileno(), max_bytes)
    except FileNotFoundError as error:
        raise UnreadableDocument(SkipReason("vanished")) from error
    except OSError as error:
        raise UnreadableDocument(SkipReason("unreadable", detail=str(error.strerror))) from error


def read_regular(path: Path, max_bytes: int = MOST_BYTES) -> bytes:
    """The content of a file that may have become anything: a pipe or a device is neither waited for nor read.

    Raises OSError if it cannot be opened, UnreadableDocument when it is no regular file, too large or being written.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        return _read_whole(descriptor, max_bytes)
    finally:
        os.close(descriptor)


def _open_resolved(root: Path, path: str) -> int:
    parts = PurePosixPath(path).parts
    if ".." not in parts and not path.startswith("/"):
        try:
            return _open_beneath(root, parts)
        except OSError as error:
            if error.errno not in _LINK:
                raise
    # A link within the root is fine; what it leads to is then opened link-free, part by part.
    top = Path(os.path.realpath(root))
    target = Path(os.path.realpath(top / path))
    if not target.is_relative_to(top):
        raise UnreadableDocument(SkipReason("outside"))
    return _open_beneath(top, target.relative_to(top).parts)


def _open_beneath(top: Path, parts: tuple[str, ...]) -> int:
    """A descriptor of the file, opened part by part; a link put in the way meanwhile is an OSError."""
    folder = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            deeper = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = deeper
        # Without O_NONBLOCK, opening a FIFO that took the file's place would wait for ever.
        return os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    finally:
        os.close(folder)


def _read_whole(descriptor: int, max_bytes: int) -> bytes:
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        raise UnreadableDocument(SkipReason("not_regular"))
    if before.st_size > max_bytes:
        raise UnreadableDocument(SkipReason("too_large", size=before.st_size, limit=max_bytes))
    with open(descriptor, "rb", closefd=False) as file:
        data = file.read(max_bytes + 1)
    after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (len(data), after.st_mtime_ns):
        raise UnreadableDocument(SkipReason("being_written"))
    return data
