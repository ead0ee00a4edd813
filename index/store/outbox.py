"""The outbox: which chunks Chroma has yet to learn, and which it has yet to forget."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.halves import unpack
from index.store.database import Database


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A chunk that Chroma does not have yet, with its vector; or one that it must forget (None)."""

    chunk_id: str
    vector: NDArray[np.float32] | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Live chunks, and entries of the outbox, at one moment."""

    chunks: int
    pending: int


class Outbox:
    """The part of the store that Chroma is fed from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def upsert(self, chunk_ids: Iterable[str]) -> None:
        """Chunks to learn. Call it in the transaction that stores them."""
        self._put(chunk_ids, "upsert")

    def delete(self, chunk_ids: Iterable[str]) -> None:
        """Chunks to forget. Call it in the transaction that removes them."""
        self._put(chunk_ids, "delete")

    def _put(self, chunk_ids: Iterable[str], action: str) -> None:
        self._database.connection.executemany(
            "INSERT INTO outbox VALUES (?, ?) ON CONFLICT (chunk_id) DO UPDATE SET action = excluded.action",
            [(chunk_id, action) for chunk_id in chunk_ids],
        )

    def pending(self) -> int:
        """How many chunks the outbox holds."""
        return self.counts().pending

    def counts(self) -> Counts:
        """Both counts in one look, so that they belong together."""
        row = self._database.connection.execute(
            "SELECT (SELECT count(*) FROM chunks), (SELECT count(*) FROM outbox)"
        ).fetchone()
        return Counts(*row)

    def learned(self) -> int:
        """How many live chunks Chroma has learned."""
        row = self._database.connection.execute(
            "SELECT (SELECT count(*) FROM chunks) - (SELECT count(*) FROM outbox WHERE action = 'upsert')"
        ).fetchone()
        return int(row[0])

    def first(self, limit: int) -> list[OutboxEntry]:
        """The next `limit` entries."""
        rows = self._database.connection.execute(
            "SELECT outbox.chunk_id, chunks.vector FROM outbox "
            "LEFT JOIN chunks ON chunks.id = outbox.chunk_id LIMIT ?",
            (limit,),
        )
        return [OutboxEntry(row[0], None if row[1] is None else unpack(row[1])) for row in rows]

    def settle(self, entries: Sequence[OutboxEntry]) -> None:
        """Take out what Chroma has learned, unless it has changed since it was read."""
        with self._database.transaction() as connection:
            connection.executemany(
                "DELETE FROM outbox WHERE chunk_id = ? AND action = ?",
                [(entry.chunk_id, "delete" if entry.vector is None else "upsert") for entry in entries],
            )

    def refill(self) -> None:
        """Ask Chroma to learn every chunk again, as after its folder was lost."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM outbox")
            connection.execute("INSERT INTO outbox SELECT id, 'upsert' FROM chunks")
