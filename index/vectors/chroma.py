"""Nearest chunks by Chroma, embedded or a server; what it has yet to learn is scanned in the store."""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.errors import HemerotecaError
from index.filters import DocumentFilter
from index.store.ledger import OutboxEntry
from index.store.lookup import chunk_ids
from index.store.store import Store
from index.vectors.exact import Hits, Vector, merge, scan

if TYPE_CHECKING:
    import chromadb
    from chromadb.api import ClientAPI

_BATCH = 500
# Chroma fails past about 32,000 ids; an exact scan of so many takes less than a second.
_MOST_IDS = 30_000
# A question scans what Chroma has yet to learn; of more than this, scanning everything is no slower.
_MOST_PENDING = 10_000
_log = logging.getLogger(__name__)


class Chroma(Protocol):
    """The vectors of one generation, in a Chroma that was opened. `place` names it for people."""

    place: str
    collection: "chromadb.Collection"

    def failures(self) -> AbstractContextManager[None]:
        """Raise HemerotecaError for what Chroma cannot do in the block."""
        ...

    def learner(self) -> AbstractContextManager[object]:
        """Wait until no other process writes the collection, and keep them from it."""
        ...

    def doubt(self) -> None:
        """Have it tried before it is trusted again: it is about to be written, or has failed."""
        ...

    def trust(self) -> None:
        """Say that it is whole as it is now."""
        ...

    def empty(self) -> None:
        """Put an empty collection in the place of this one."""
        ...

    def close(self) -> None:
        """Let it go, so that another process may hold it."""
        ...


class ChromaIndex:
    """Searches one generation's Chroma, and feeds it."""

    state = "chroma"

    def __init__(self, chroma: Chroma, store: Store) -> None:
        self._chroma, self._store = chroma, store
        self._learning = threading.Lock()
        self.broken = False
        with chroma.learner():
            if not self._is_complete():
                self._start_again()
        chroma.trust()

    def _is_complete(self) -> bool:
        """False after somebody emptied Chroma, or put an older store or folder back."""
        counts = self._store.outbox.counts()
        with self._chroma.failures():
            return counts.pending > 0 or self._chroma.collection.count() == counts.chunks

    def _start_again(self) -> None:
        _log.warning("The vector index in %s is incomplete: it is built again.", self._chroma.place)
        self._chroma.doubt()
        self._store.outbox.refill()
        with self._chroma.failures():
            self._chroma.empty()

    def search(self, vector: Vector, limit: int, wanted: DocumentFilter) -> Hits:
        """What Chroma has learned and what it has yet to learn, so that no chunk is ever missed."""
        if self.broken or self._store.outbox.pending() > _MOST_PENDING:
            return scan(self._store, vector, limit, wanted)
        ids = chunk_ids(self._store, wanted) if wanted else None
        if ids is not None and not 0 < len(ids) <= _MOST_IDS:
            return scan(self._store, vector, limit, wanted)
        # Scanned first: what another process lets Chroma learn meanwhile is then found twice, not missed.
        pending = scan(self._store, vector, limit, wanted, pending=True)
        try:
            learned = self._query(vector, limit, ids)
        except HemerotecaError as error:
            _log.warning("%s", error)
            self._chroma.doubt()
            self.broken = True
            return scan(self._store, vector, limit, wanted)
        return merge(learned, pending, limit)

    def _query(self, vector: Vector, limit: int, ids: list[str] | None) -> Hits:
        with self._chroma.failures():
            found = self._chroma.collection.query(
                query_embeddings=vector[None, :], n_results=limit, ids=ids, include=["distances"]
            )
        distances = (found["distances"] or [[]])[0]
        return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances, strict=True)]

    def catch_up(self, progress: Callable[[int], None] | None = None, limit: int | None = None) -> int:
        learned = 0
        with self._learning:
            while (limit is None or learned < limit) and (now := self._learn_some()):
                learned += now
                if progress is not None:
                    progress(learned)
            if learned:
                self._chroma.trust()
        return learned

    def _learn_some(self) -> int:
        """Learn a batch; after the last, begin again if something is missing all the same."""
        if not self._store.outbox.pending():
            return 0
        with self._chroma.learner():
            entries = self._store.outbox.first(_BATCH)
            if entries:
                self._learn(entries)
                if len(entries) < _BATCH and not self._is_complete():
                    self._start_again()
        return len(entries)

    def _learn(self, entries: Sequence[OutboxEntry]) -> None:
        # A kill from here on can break an embedded Chroma.
        self._chroma.doubt()
        upserts = [(entry.chunk_id, entry.vector) for entry in entries if entry.vector is not None]
        deletes = [entry.chunk_id for entry in entries if entry.vector is None]
        try:
            with self._chroma.failures():
                if upserts:
                    self._chroma.collection.upsert(
                        ids=[chunk_id for chunk_id, _ in upserts],
                        embeddings=np.stack([vector for _, vector in upserts]),
                    )
                if deletes:
                    self._chroma.collection.delete(ids=deletes)
        except HemerotecaError:
            self.broken = True
            raise
        self._store.outbox.settle(entries)

    def count(self) -> int:
        return self._store.outbox.learned()

    def close(self) -> None:
        self._chroma.close()


def open_collection(client: "ClientAPI", name: str) -> "chromadb.Collection":
    """A collection of chunk vectors, made if it is not there."""
    return client.get_or_create_collection(
        name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
    )


def empty_collection(client: "ClientAPI", name: str) -> "chromadb.Collection":
    """The collection, after all that was in it is gone."""
    client.delete_collection(name)
    return open_collection(client, name)
