"""Nearest chunks by comparing the question with every vector in the store: exact, never stale, no index."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from index.errors import HemerotecaError
from index.filters import DocumentFilter
from index.store.lookup import vectors
from index.store.store import Store

Vector = NDArray[np.float32]
Hits = list[tuple[str, float]]

# Vectors compared at a time: some 12 MB of them.
_BATCH = 8000


class ExactIndex:
    """Scans the store. For a process that does not hold Chroma, or could not open it because of `failure`."""

    state = "exact"
    broken = False

    def __init__(self, store: Store, failure: HemerotecaError | None = None) -> None:
        self._store, self._failure = store, failure

    def search(self, vector: Vector, limit: int, wanted: DocumentFilter) -> Hits:
        """Chunk ids with cosines, nearest first."""
        return scan(self._store, vector, limit, wanted)

    def catch_up(self, progress: Callable[[int], None] | None = None, limit: int | None = None) -> int:
        """Nothing: the process that holds Chroma does it. Raises the failure if no process can."""
        if self._failure is not None:
            raise self._failure
        return 0

    def count(self) -> int:
        """How many chunks can be found: all."""
        return self._store.counts()[1]

    def close(self) -> None:
        """Nothing is held."""


def scan(store: Store, vector: Vector, limit: int, wanted: DocumentFilter, *, pending: bool = False) -> Hits:
    """The chunks nearest to a vector: of all that pass the filter, or of those that are in the outbox."""
    best: Hits = []
    for ids, found in vectors(store, wanted, pending=pending, size=_BATCH):
        cosines = found @ vector
        nearest = np.argsort(-cosines)[:limit]
        best = merge(best, [(ids[place], float(cosines[place])) for place in nearest], limit)
    return best


def merge(one: Hits, other: Hits, limit: int) -> Hits:
    """The best of two rankings; of a chunk in both, the better place."""
    hits = dict(sorted(one + other, key=lambda hit: hit[1]))
    return sorted(hits.items(), key=lambda hit: -hit[1])[:limit]
