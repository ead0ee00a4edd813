"""Nearest chunks by vector: Chroma, fed from the store's outbox, or an exact scan of the store.

Chroma is derived: it can be emptied at any time and is filled again from the vectors in the store.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from index.filters import DocumentFilter
from index.store.store import Store
from index.vectors.exact import Hits, Vector


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


class Vectors(Protocol):
    """Where the vectors of every generation of an index are kept. `folder` is the generation's."""

    def open(self, folder: Path, store: Store) -> DenseIndex:
        """Chroma if it can be opened, else the exact scan, which knows why."""
        ...

    def needs_care(self, folder: Path, store: Store) -> bool:
        """Whether Chroma has something to learn, or may be damaged."""
        ...

    def forget_others(self, store: Store) -> None:
        """Remove what other generations than the store's have left. Raises VectorsFailed."""
        ...
