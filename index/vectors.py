"""Nearest chunks by vector: Chroma, fed from the store's outbox, or an exact scan of the store.

Chroma is derived: its folder can be deleted at any time and is filled again from the vectors in SQLite.
Only one process may hold the embedded Chroma, so a second one scans the store instead, which is exact
and never stale, only slower on a large archive.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from index.filters import DocumentFilter
from index.store import Store, unpack

if TYPE_CHECKING:
    import chromadb

_COLLECTION = "chunks"
_BATCH = 1000
# Chroma fails past about 32,000 ids; an exact scan of so many takes less than a second.
_MOST_IDS = 30_000
_PROBE_SECONDS = 60
_log = logging.getLogger(__name__)

Vector = NDArray[np.float32]


class DenseIndex(Protocol):
    """Finds the chunks whose vectors are nearest to a question's."""

    state: str

    def search(self, vector: Vector, limit: int, wanted: DocumentFilter) -> list[tuple[str, float]]:
        """Chunk ids with cosines, nearest first; ids may be stale and must be looked up in the store."""
        ...

    def catch_up(self, progress: Callable[[int], None] | None = None) -> int:
        """Learn what the outbox holds; returns how many entries that were."""
        ...

    def count(self) -> int:
        """How many live chunks can be found."""
        ...

    def close(self) -> None: ...


def open_vectors(folder: Path, store: Store) -> DenseIndex:
    """Chroma if no other process holds it, else the exact scan. A broken folder is rebuilt."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    owner = FileLock(folder.with_suffix(".lock"))
    try:
        owner.acquire(timeout=0)
    except Timeout:
        return ExactIndex(store)
    return ChromaIndex(folder, store, owner)


class ExactIndex:
    """Compares the question with every vector in the store."""

    state = "exact"

    def __init__(self, store: Store) -> None:
        self._store = store

    def search(self, vector: Vector, limit: int, wanted: DocumentFilter) -> list[tuple[str, float]]:
        condition, parameters = wanted.where()
        rows = self._store.connection.execute(
            "SELECT chunks.id, chunks.vector FROM chunks "
            f"JOIN documents ON documents.key = chunks.document WHERE {condition}",
            parameters,
        ).fetchall()
        if not rows:
            return []
        cosines = np.stack([unpack(row[1]) for row in rows]) @ vector
        nearest = np.argsort(-cosines)[:limit]
        return [(rows[place][0], float(cosines[place])) for place in nearest]

    def catch_up(self, progress: Callable[[int], None] | None = None) -> int:
        """Nothing: the process that holds Chroma does it."""
        return 0

    def count(self) -> int:
        return self._store.counts()[1]

    def close(self) -> None:
        """Nothing is held."""


class ChromaIndex:
    """The embedded Chroma of one index folder, held by this process until `close`."""

    state = "chroma"

    def __init__(self, folder: Path, store: Store, owner: FileLock) -> None:
        self._folder, self._store, self._owner = folder, store, owner
        self._manifest = folder.with_suffix(".manifest")
        if not self._is_sound():
            _log.warning("The vector index in %s is damaged; it is being rebuilt from the store.", folder)
            shutil.rmtree(folder, ignore_errors=True)
        self._collection = open_collection(folder)
        # Also true after somebody deleted the folder, or an older store was put back.
        if store.pending() == 0 and self._collection.count() != store.counts()[1]:
            self._start_again()

    def _start_again(self) -> None:
        ids = self._collection.get(include=[])["ids"]
        for start in range(0, len(ids), _BATCH):
            self._collection.delete(ids=ids[start : start + _BATCH])
        self._store.refill_outbox()

    def _is_sound(self) -> bool:
        """Whether Chroma can open its folder. Untouched since it was last closed cleanly, it can."""
        if not self._folder.exists():
            return True
        if self._manifest.exists() and json.loads(self._manifest.read_text("utf-8")) == _listing(
            self._folder
        ):
            return True
        return probe(self._folder)

    def search(self, vector: Vector, limit: int, wanted: DocumentFilter) -> list[tuple[str, float]]:
        ids = None
        if wanted:
            ids = chunk_ids(self._store, wanted)
            if len(ids) > _MOST_IDS:
                return ExactIndex(self._store).search(vector, limit, wanted)
            if not ids:
                return []
        found = self._collection.query(
            query_embeddings=vector[None, :], n_results=limit, ids=ids, include=["distances"]
        )
        distances = (found["distances"] or [[]])[0]
        return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances, strict=True)]

    def catch_up(self, progress: Callable[[int], None] | None = None) -> int:
        learned = 0
        while entries := self._store.outbox(_BATCH):
            # Without a manifest the next opening probes the folder: a kill from here on can break it.
            self._manifest.unlink(missing_ok=True)
            self._learn(
                [(entry.chunk_id, entry.vector) for entry in entries if entry.vector is not None],
                [entry.chunk_id for entry in entries if entry.vector is None],
            )
            self._store.settle(entries)
            learned += len(entries)
            if progress is not None:
                progress(learned)
        return learned

    def _learn(self, upserts: Sequence[tuple[str, Vector]], deletes: Sequence[str]) -> None:
        if upserts:
            self._collection.upsert(
                ids=[chunk_id for chunk_id, _ in upserts],
                embeddings=np.stack([vector for _, vector in upserts]),
            )
        if deletes:
            self._collection.delete(ids=list(deletes))

    def count(self) -> int:
        return int(self._collection.count())

    def close(self) -> None:
        self._manifest.write_text(json.dumps(_listing(self._folder)), "utf-8")
        self._owner.release()


def chunk_ids(store: Store, wanted: DocumentFilter) -> list[str]:
    """The ids of every chunk of the documents that pass the filter."""
    condition, parameters = wanted.where()
    rows = store.connection.execute(
        f"SELECT chunks.id FROM chunks JOIN documents ON documents.key = chunks.document WHERE {condition}",
        parameters,
    )
    return [row[0] for row in rows]


def probe(folder: Path) -> bool:
    """Open and query the folder in a child process, since a broken one may end the process that tries."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", "index.probe", os.fspath(folder)],
            capture_output=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return child.returncode == 0


def open_collection(folder: Path) -> "chromadb.Collection":
    """The collection of chunk vectors in a Chroma folder, made if it is not there."""
    # Takes half a second, which commands that need no vectors should not pay.
    import chromadb
    from chromadb.config import Settings

    # Resolved, since chromadb keeps its clients by path for as long as the process lives.
    client = chromadb.PersistentClient(
        path=os.fspath(folder.resolve()), settings=Settings(anonymized_telemetry=False)
    )
    return client.get_or_create_collection(
        _COLLECTION, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
    )


def _listing(folder: Path) -> list[list[object]]:
    return sorted(
        [os.fspath(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns]
        for path in folder.rglob("*")
        if path.is_file()
    )
