"""The embedded Chroma, in the folder of its generation.

Only one process may hold it, so a second one scans the store instead, which is exact and never stale, only
slower on a large archive.
"""

import json
import logging
import os
import shutil
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, cast

from filelock import FileLock, Timeout

from index.errors import HemerotecaError, VectorsFailed, disk_full, explained
from index.store.store import Store
from index.vectors import DenseIndex
from index.vectors.chroma import ChromaIndex, empty_collection, open_collection
from index.vectors.exact import ExactIndex

if TYPE_CHECKING:
    from chromadb.api.client import Client

FOLDER = "chroma"
COLLECTION = "chunks"
# What Chroma's errors say of a disk without room, if they say it; they have no type of their own.
_FULL = ("database or disk is full", "No space left", "disk I/O error", "File too large")
# With less than this free, in bytes, any failure is put down to it.
_ROOM = 1_000_000
_log = logging.getLogger(__name__)


class FolderVectors:
    """Each generation's vectors in its own folder, with which they go.

    Up to `scanned` chunks are scanned as long as Chroma has nothing to learn: for one question that is quicker than to
    load and open it. With 0 none are.
    """

    def __init__(self, scanned: int = 0) -> None:
        self._scanned = scanned

    def open(self, folder: Path, store: Store) -> DenseIndex:
        """Chroma if no other process holds it and it can be opened, else the exact scan.

        A broken folder is built again from the store.
        """
        if self._scanned and store.counts()[1] <= self._scanned and not self.needs_care(folder, store):
            return ExactIndex(store)
        chroma = folder / FOLDER
        # Not bound to a thread: the one that closes may not be the one that opened.
        owner = FileLock(chroma.with_suffix(".lock"), thread_local=False)
        try:
            with explained(folder):
                owner.acquire(timeout=0)
        except Timeout:
            return ExactIndex(store)
        try:
            with explained(folder):
                _remove_broken(chroma, store)
                return ChromaIndex(_FolderChroma(chroma, owner), store)
        except HemerotecaError as error:
            # On a full disk, for one, Chroma does not even open; questions need not wait until there is room.
            owner.release()
            return ExactIndex(store, error)
        except BaseException:
            owner.release()
            raise

    def needs_care(self, folder: Path, store: Store) -> bool:
        """Whether Chroma has something to learn, or its folder is not as it was left."""
        return store.outbox.pending() > 0 or not Manifest(folder / FOLDER).fits()

    def forget_others(self, store: Store) -> None:
        """Nothing: the vectors of a generation go with its folder."""


class Manifest:
    """The list of a Chroma folder's files as they were when nothing was being written, with sizes and times.

    It lies beside the folder. A process that is killed while it writes leaves none; one that is killed at any other
    time leaves one that still fits.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder.with_suffix(".manifest")

    def sign(self) -> None:
        """Say that the folder is whole as it is now."""
        fresh = self._path.with_suffix(".manifest.new")
        fresh.write_text(json.dumps(self._listing()), "utf-8")
        fresh.replace(self._path)

    def revoke(self) -> None:
        """Say that the folder is about to be written."""
        self._path.unlink(missing_ok=True)

    def fits(self) -> bool:
        """Whether the folder is as it was when it was signed."""
        try:
            signed = json.loads(self._path.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return False
        return bool(signed == self._listing())

    def _listing(self) -> list[list[object]]:
        return sorted(
            [os.fspath(path.relative_to(self._folder)), path.stat().st_size, path.stat().st_mtime_ns]
            for path in self._folder.rglob("*")
            if path.is_file()
        )


def _remove_broken(folder: Path, store: Store) -> None:
    """Leave a folder that is as it was when it was whole, or none, and then an outbox that fills a new one.

    Chroma opens many a folder whose writer was killed, and then does not find all that is in it.
    """
    if folder.exists() and not Manifest(folder).fits():
        _log.warning(
            "The vector index in %s was not left whole: it is built again from the stored vectors.", folder
        )
        shutil.rmtree(folder)
    if not folder.exists():
        store.outbox.refill()


class _FolderChroma:
    """The Chroma of one folder, held by this process until `close`."""

    def __init__(self, folder: Path, owner: FileLock) -> None:
        self._folder = folder
        self.place = os.fspath(folder)
        manifest = Manifest(folder)
        self.doubt, self.trust = manifest.revoke, manifest.sign
        with self.failures():
            self._client = open_client(folder)
            # Answers that outlive a switch of generations drop the index without closing it.
            self.close = weakref.finalize(self, _let_go, self._client, owner)
            self.collection = open_collection(self._client, COLLECTION)

    @contextmanager
    def failures(self) -> Iterator[None]:
        from chromadb.errors import ChromaError

        try:
            yield
        except ChromaError as error:
            raise _explained(error, self._folder) from error

    def learner(self) -> nullcontext[None]:
        """Nothing to wait for: no other process holds the folder."""
        return nullcontext()

    def empty(self) -> None:
        self.collection = empty_collection(self._client, COLLECTION)


def _let_go(client: "Client", owner: FileLock) -> None:
    client.close()
    owner.release()


def open_client(folder: Path) -> "Client":
    """A client of the Chroma in a folder, which is made if it is not there. Raises HemerotecaError."""
    # Takes half a second, which commands that need no vectors should not pay.
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

    # Resolved, since chromadb keeps its clients by path for as long as the process lives.
    path = os.fspath(folder.resolve())
    try:
        client = chromadb.PersistentClient(path=path, settings=Settings(anonymized_telemetry=False))
    except (ChromaError, AttributeError, ValueError) as error:
        # chromadb 1.5 keeps what a failed start left, and would hand it out again or stumble over it.
        SharedSystemClient.clear_system_cache()
        raise _explained(error, folder) from error
    # Declared as the abstract class, which has no `close`.
    return cast("Client", client)


def _explained(error: BaseException, folder: Path) -> HemerotecaError:
    if any(sign in str(error) for sign in _FULL) or shutil.disk_usage(folder.parent).free < _ROOM:
        return disk_full(folder.parent)
    return VectorsFailed(
        f"The vector index in {folder} failed ({error}): run “hemeroteca index”, which builds it again from "
        "the stored vectors."
    )
