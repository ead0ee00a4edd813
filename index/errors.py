"""What can go wrong while indexing, and failures of the disk and of SQLite in words that a person can act on.

HemerotecaError            anything a person can mend; its message is one sentence that says how
├── UnreadableDocument     one file cannot be read: it is skipped with this reason, the rest goes on
├── DocumentsMissing       the documents folder does not exist or cannot be listed
├── MassRemoval            more than half of the index would go
├── IndexBusy              another process is writing the index
├── IndexDamaged           the store cannot be opened or is of a newer version
├── DiskFull               the disk has no room for the index
├── VectorsFailed          Chroma cannot be written or asked
├── ClusterFailed          the Ray cluster cannot be used
└── EmbeddingFailed        the embedding engine gave no usable vectors
"""

import errno
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from index.reasons import SkipReason

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BROKEN = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_SCHEMA")


class Outside(StrEnum):
    """`OCR`: in which languages scanned pages can be read. `MOMENT`: how busy the machine was."""

    OCR = "ocr"
    MOMENT = "moment"


class HemerotecaError(Exception):
    """A failure that a person can mend. The message says what happened, to what, and what to do."""


class UnreadableDocument(HemerotecaError):
    """A file that cannot be read; its message is the reason for skipping it, in English.

    `depends` is what else may have caused it: when that changes, the file may be readable as it is.
    """

    def __init__(self, reason: SkipReason, depends: Iterable[Outside] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.depends = frozenset(depends)


class DocumentsMissing(HemerotecaError):
    """The documents folder is not there, or cannot be listed."""


class MassRemoval(HemerotecaError):
    """A run would remove more than half of a non-trivial index."""


class IndexBusy(HemerotecaError):
    """Another process holds the index."""


class IndexDamaged(HemerotecaError):
    """The store is broken, or was written by a newer Hemeroteca."""


class DiskFull(HemerotecaError):
    """The disk has no room for what is to be written; nothing was lost."""


class VectorsFailed(HemerotecaError):
    """The vector index cannot be written or asked; the store has all that it needs to build it again."""


class ClusterFailed(HemerotecaError):
    """The Ray cluster cannot be reached, or a node of it cannot do its work; what was stored stays."""


class EmbeddingFailed(HemerotecaError):
    """The embedding engine failed or returned vectors that cannot be used."""


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
