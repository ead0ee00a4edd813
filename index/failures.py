"""Failures of the disk and of SQLite, told to people: what happened, where, and what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import DiskFull, HemerotecaError, IndexDamaged

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BROKEN = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_SCHEMA")


@contextmanager
def explained(index: Path) -> Iterator[None]:
    """Raise HemerotecaError for what the disk or SQLite cannot do with the index at `index`.

    IndexDamaged when the store's file itself is broken. What was stored before stays.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _of_sqlite(error, index) from error
    except (BrokenPipeError, TimeoutError):
        # A reader of our output that went away, and a lock that was not free: not the index's failures.
        raise
    except OSError as error:
        raise _of_disk(error, index) from error


def disk_full(index: Path) -> DiskFull:
    """The failure of a disk without room for the index."""
    return DiskFull(
        f"The disk that holds the index {index} is full: make room and run “hemeroteca index” again."
    )


def _of_sqlite(error: sqlite3.DatabaseError, index: Path) -> HemerotecaError:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR"):
        return disk_full(index) if name != "SQLITE_IOERR_READ" else _broken(error, index)
    # “No such table” and the like: the statements are our own.
    if name.startswith(_BROKEN) or name == "SQLITE_ERROR":
        return _broken(error, index)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return HemerotecaError(
            f"Another process keeps the index {index} locked: try again when it has ended."
        )
    return HemerotecaError(
        f"The index {index} cannot be used ({error}): check the folder and its permissions, or name another "
        "with --index."
    )


def _broken(error: Exception, index: Path) -> IndexDamaged:
    return IndexDamaged(
        f"The index {index} is damaged ({error}): run “hemeroteca index --full” to build it again from the "
        "documents."
    )


def _of_disk(error: OSError, index: Path) -> HemerotecaError:
    if error.errno in _FULL:
        return disk_full(index)
    return HemerotecaError(
        f"The index folder {index} cannot be used ({error.strerror}): check its permissions, or name another "
        "with --index."
    )
