"""Nearest chunks by vector: Chroma, fed from the store's outbox, or an exact scan of the store.

Chroma is derived: its folder can be deleted at any time and is filled again from the vectors in SQLite.
Only one process may hold the embedded Chroma, so a second one scans the store instead, which is exact
and never stale, only slower on a large archive.
"""

import logging
import shutil
import threading
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from filelock import FileLock, Timeout

from index.chroma import chroma_failures, empty_collection, open_client, open_collection
from index.errors import HemerotecaError
from index.exact import ExactIndex, Hits, Vector, merge, scan
from index.failures import explained
from index.filters import DocumentFilter
from index.outbox import OutboxEntry
from index.soundness import Manifest, is_sound
from index.store import Store

if TYPE_CHECKING:
    from chromadb.api.client import Client

_BATCH = 500
# Chroma fails past about 32,000 ids; an exact scan of so many takes less than a second.
_MOST_IDS = 30_000
# A question scans what Chroma has yet to learn; of more than this, scanning everything is no slower.
_MOST_PENDING = 10_000
_log = logging.getLogger(__name__)


class DenseIndex(Protocol):
    """Finds the chunks whose vectors are nearest to a question's.

    `state` is "chroma" or "exact"; `broken` says that Chroma has failed and should be opened again.
    """

    state: str

    @property
    def broken(self) -> bool: ...

    def search(self, vector: Vector, limit: int, wanted: DocumentFilter) -> Hits:
        """Chunk ids with cosines, nearest first; ids may be stale and must be looked up in the store."""
        ...

    def catch_up(self, progress: Callable[[int], None] | None = None, limit: int | None = None) -> int:
        """Learn what the outbox holds, or about `limit` entries of it; returns how many that were.

        Raises HemerotecaError if they cannot be written; the outbox keeps them.
        """
        ...

    def count(self) -> int:
        """How many live chunks can be found."""
        ...

    def close(self) -> None: ...


def open_vectors(folder: Path, store: Store) -> DenseIndex:
    """Chroma if no other process holds it and it can be opened, else the exact scan.

    A broken folder is built again from the store.
    """
    # Not bound to a thread: the one that closes may not be the one that opened.
    owner = FileLock(folder.with_suffix(".lock"), thread_local=False)
    try:
        with explained(folder.parent):
            owner.acquire(timeout=0)
    except Timeout:
        return ExactIndex(store)
    try:
        with explained(folder.parent):
            _remove_broken(folder, store)
            return ChromaIndex(folder, store, owner)
    except HemerotecaError as error:
        # On a full disk, for one, Chroma does not even open; questions need not wait until there is room.
        owner.release()
        return ExactIndex(store, error)
    except BaseException:
        owner.release()
        raise


def needs_care(folder: Path, store: Store) -> bool:
    """Whether Chroma has something to learn, or its folder is not as it was left."""
    return store.outbox.pending() > 0 or not Manifest(folder).fits()


def _remove_broken(folder: Path, store: Store) -> None:
    """Leave a folder that Chroma can open, or none, and then an outbox that fills a new one."""
    if folder.exists() and not is_sound(folder):
        _log.warning("The vector index in %s is damaged: it is built again from the stored vectors.", folder)
        shutil.rmtree(folder)
    if not folder.exists():
        store.outbox.refill()


class ChromaIndex:
    """The embedded Chroma of one index folder, held by this process until `close`."""

    state = "chroma"

    def __init__(self, folder: Path, store: Store, owner: FileLock) -> None:
        self._folder, self._store = folder, store
        self._manifest = Manifest(folder)
        self._learning = threading.Lock()
        self.broken = False
        with chroma_failures(folder):
            self._client = open_client(folder)
            # Answers that outlive a switch of generations drop the index without closing it.
            self._release = weakref.finalize(self, _let_go, self._client, owner)
            self._collection = open_collection(self._client)
        if not self._is_complete():
            self._start_again()
        self._manifest.sign()

    def _is_complete(self) -> bool:
        """False after somebody emptied the folder, or put an older store or folder back."""
        counts = self._store.outbox.counts()
        with chroma_failures(self._folder):
            return counts.pending > 0 or self._collection.count() == counts.chunks

    def _start_again(self) -> None:
        _log.warning("The vector index in %s is incomplete: it is built again.", self._folder)
        self._manifest.revoke()
        self._store.outbox.refill()
        with chroma_failures(self._folder):
            self._collection = empty_collection(self._client)

    def search(self, vector: Vector, limit: int, wanted: DocumentFilter) -> Hits:
        """What Chroma has learned and what it has yet to learn, so that no chunk is ever missed."""
        if self.broken or self._store.outbox.pending() > _MOST_PENDING:
            return scan(self._store, vector, limit, wanted)
        ids = chunk_ids(self._store, wanted) if wanted else None
        if ids is not None and not 0 < len(ids) <= _MOST_IDS:
            return scan(self._store, vector, limit, wanted)
        try:
            learned = self._query(vector, limit, ids)
        except HemerotecaError as error:
            _log.warning("%s", error)
            self._manifest.revoke()
            self.broken = True
            return scan(self._store, vector, limit, wanted)
        return merge(learned, scan(self._store, vector, limit, wanted, pending=True), limit)

    def _query(self, vector: Vector, limit: int, ids: list[str] | None) -> Hits:
        with chroma_failures(self._folder):
            found = self._collection.query(
                query_embeddings=vector[None, :], n_results=limit, ids=ids, include=["distances"]
            )
        distances = (found["distances"] or [[]])[0]
        return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances, strict=True)]

    def catch_up(self, progress: Callable[[int], None] | None = None, limit: int | None = None) -> int:
        learned = 0
        with self._learning:
            while (limit is None or learned < limit) and (entries := self._store.outbox.first(_BATCH)):
                self._learn(entries)
                learned += len(entries)
                if progress is not None:
                    progress(learned)
                if len(entries) < _BATCH and not self._is_complete():
                    self._start_again()
            if learned:
                self._manifest.sign()
        return learned

    def _learn(self, entries: Sequence[OutboxEntry]) -> None:
        # Without a manifest the next opening probes the folder: a kill from here on can break it.
        self._manifest.revoke()
        upserts = [(entry.chunk_id, entry.vector) for entry in entries if entry.vector is not None]
        deletes = [entry.chunk_id for entry in entries if entry.vector is None]
        try:
            with chroma_failures(self._folder):
                if upserts:
                    self._collection.upsert(
                        ids=[chunk_id for chunk_id, _ in upserts],
                        embeddings=np.stack([vector for _, vector in upserts]),
                    )
                if deletes:
                    self._collection.delete(ids=deletes)
        except HemerotecaError:
            self.broken = True
            raise
        self._store.outbox.settle(entries)

    def count(self) -> int:
        return self._store.outbox.learned()

    def close(self) -> None:
        """Let Chroma go, so that another process may hold it."""
        self._release()


def _let_go(client: "Client", owner: FileLock) -> None:
    client.close()
    owner.release()


def chunk_ids(store: Store, wanted: DocumentFilter) -> list[str]:
    """The ids of every chunk of the documents that pass the filter."""
    condition, parameters = wanted.where()
    rows = store.connection.execute(
        f"SELECT chunks.id FROM chunks JOIN documents ON documents.key = chunks.document WHERE {condition}",
        parameters,
    )
    return [row[0] for row in rows]
