"""The ledger of files and the outbox: what was read and what is left out; what Chroma has yet to learn."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embed.states import unpack
from index.reasons import Skipped, SkipReason
from index.store.database import Database

# In the table of what was skipped: found by the walk, not by a reader.
_WALK = ""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A line of the ledger. `reason` is why the file was skipped.

    An empty `sha256` means that the file must be read again whatever its size and time: it could not be
    opened, or a document of it waits for an id that another file uses. `depends` tells the circumstances
    it was read in, as far as it depends on them: in others it must be read again too.
    """

    path: str
    size: int
    mtime_ns: int
    sha256: str
    fingerprint: str
    reason: SkipReason | None = None
    depends: str = ""


class Ledger:
    """The part of the store that knows files. Its writes belong into a transaction of the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def files(self) -> dict[str, FileRecord]:
        """Every file that was ever read and is still there, by path."""
        rows = self._database.connection.execute(
            "SELECT path, size, mtime_ns, sha256, fingerprint, reason, depends FROM files"
        )
        return {
            path: FileRecord(path, size, mtime_ns, sha256, fingerprint, reason and _read(reason), depends)
            for path, size, mtime_ns, sha256, fingerprint, reason, depends in rows
        }

    def record(self, record: FileRecord, parts: Iterable[Skipped] | None = None) -> None:
        """Write a file's line; `parts` are the documents in it that were skipped, None if as before."""
        connection = self._database.connection
        connection.execute("DELETE FROM files WHERE path = ?", (record.path,))
        facts = (record.path, record.size, record.mtime_ns, record.sha256, record.fingerprint)
        reason = record.reason and _written(record.reason)
        connection.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", (*facts, reason, record.depends))
        if parts is not None:
            self._replace_skipped(record.path, parts)

    def forget(self, path: str) -> None:
        """Take a file off the ledger."""
        self._database.connection.execute("DELETE FROM files WHERE path = ?", (path,))
        self._replace_skipped(path, ())

    def read_again(self, path: str, skipped: Skipped) -> None:
        """Have a file read by the next run, since it lost a document to another file."""
        self._database.connection.execute("UPDATE files SET sha256 = '' WHERE path = ?", (path,))
        self._add_skipped(path, (skipped,))

    def record_walk(self, skipped: Iterable[Skipped]) -> None:
        """Replace what the walk left out; writes only if that has changed."""
        now = set(skipped)
        if now != set(self._skipped("SELECT path, reason FROM skipped WHERE file = ?", _WALK)):
            with self._database.transaction():
                self._replace_skipped(_WALK, now)

    def skipped(self) -> list[Skipped]:
        """All that is left out of the index, by path: by the walk, by readers, and parts of files."""
        return self._skipped(
            "SELECT path, reason FROM skipped UNION "
            "SELECT path, reason FROM files WHERE reason IS NOT NULL "
            "AND path NOT IN (SELECT path FROM skipped WHERE file = ?) ORDER BY 1, 2",
            _WALK,
        )

    def _skipped(self, sql: str, file: str) -> list[Skipped]:
        rows = self._database.connection.execute(sql, (file,))
        return [Skipped(path, _read(reason)) for path, reason in rows]

    def _replace_skipped(self, file: str, parts: Iterable[Skipped]) -> None:
        self._database.connection.execute("DELETE FROM skipped WHERE file = ?", (file,))
        self._add_skipped(file, parts)

    def _add_skipped(self, file: str, parts: Iterable[Skipped]) -> None:
        self._database.connection.executemany(
            "INSERT INTO skipped VALUES (?, ?, ?)",
            [(file, part.path, _written(part.reason)) for part in parts],
        )


def _written(reason: SkipReason) -> str:
    return json.dumps(reason.to_dict())


def _read(written: str) -> SkipReason:
    return SkipReason.of_dict(json.loads(written))


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
