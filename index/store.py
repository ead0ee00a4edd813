"""The truth, in SQLite: documents, chunks, sentences, vectors, full text, and the outbox for Chroma."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.chunking import Chunk
from index.documents import DateSource, Document, Page, Span
from index.embedding import PassageVectors
from index.errors import IndexDamaged
from index.schema import migrate
from index.terms import terms

# Half precision halves the store and changes no cosine by more than 0.001.
_STORED = np.float16
_DOCUMENT_COLUMNS = "id, path, title, text, language, date, date_source, url, body, pages"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A line of the ledger: a file as it was when it was last read. `reason` is why it was skipped."""

    path: str
    size: int
    mtime_ns: int
    sha256: str
    fingerprint: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A chunk that Chroma does not have yet, with its vector; or one that it must forget (None)."""

    chunk_id: str
    vector: NDArray[np.float32] | None


class Store:
    """One SQLite file. Safe to share between threads: each has a connection of its own."""

    def __init__(self, path: Path) -> None:
        """Open or create the store. Raises IndexDamaged if the file is not a store or is a newer one."""
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        try:
            migrate(self.connection, str(path))
        except sqlite3.DatabaseError as error:
            self.close()
            raise IndexDamaged(
                f"The index file {path} cannot be opened ({error}): delete the folder and run "
                "“hemeroteca index” to build it again from the documents."
            ) from error
        except IndexDamaged:
            self.close()
            raise

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
            self._connections.append(connection)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._local.connection = connection
        return connection

    def close(self) -> None:
        """Close every thread's connection; the store must not be used any more."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: commits at the end of the block, rolls back if it raises."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    # The ledger of files

    def files(self) -> dict[str, FileRecord]:
        """Every file that was ever read and is still there, by path."""
        rows = self.connection.execute("SELECT path, size, mtime_ns, sha256, fingerprint, reason FROM files")
        return {row[0]: FileRecord(*row) for row in rows}

    def record_file(self, record: FileRecord) -> None:
        self.connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", astuple(record))

    def forget_file(self, path: str) -> None:
        """Take a file off the ledger and its documents out of the index."""
        with self.transaction() as connection:
            for document_id in self.versions(path):
                self.remove_document(document_id)
            connection.execute("DELETE FROM files WHERE path = ?", (path,))

    # Documents

    def versions(self, path: str) -> dict[str, str]:
        """The ids and versions of the documents that came from a file."""
        rows = self.connection.execute("SELECT id, version FROM documents WHERE path = ?", (path,))
        return dict(rows.fetchall())

    def dated_by_file_time(self, path: str) -> bool:
        """Whether a document of a file has the file's own time as its date."""
        row = self.connection.execute(
            "SELECT 1 FROM documents WHERE path = ? AND date_source = ?", (path, DateSource.FILE_TIME)
        ).fetchone()
        return row is not None

    def documents_per_file(self) -> dict[str, int]:
        """How many documents came from each file."""
        return dict(self.connection.execute("SELECT path, count(*) FROM documents GROUP BY path").fetchall())

    def owner(self, document_id: str) -> str | None:
        """The path of the file that a document came from, or None if there is no such document."""
        row = self.connection.execute("SELECT path FROM documents WHERE id = ?", (document_id,)).fetchone()
        return None if row is None else str(row[0])

    def put_document(
        self, document: Document, version: str, chunks: Sequence[tuple[Chunk, PassageVectors]]
    ) -> None:
        """Replace a document and all that hangs on it. Call it inside a transaction."""
        self.remove_document(document.id)
        cursor = self.connection.execute(
            f"INSERT INTO documents ({_DOCUMENT_COLUMNS}, version) VALUES ({', '.join('?' * 11)})",
            (*_document_row(document), version),
        )
        title = " ".join(terms(document.title, document.language))
        for ordinal, (chunk, vectors) in enumerate(chunks):
            self._put_chunk(cursor.lastrowid, f"{version[:24]}-{ordinal}", document, chunk, vectors, title)

    def _put_chunk(
        self,
        document_key: int | None,
        chunk_id: str,
        document: Document,
        chunk: Chunk,
        vectors: PassageVectors,
        title: str,
    ) -> None:
        connection = self.connection
        key = connection.execute(
            'INSERT INTO chunks (id, document, "start", "end", vector) VALUES (?, ?, ?, ?, ?)',
            (chunk_id, document_key, chunk.span.start, chunk.span.end, _pack(vectors.chunk)),
        ).lastrowid
        connection.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?)",
            [
                (key, sentence.start, sentence.end, _pack(vector))
                for sentence, vector in zip(chunk.sentences, vectors.sentences, strict=True)
            ],
        )
        body = " ".join(terms(chunk.span.of(document.text), document.language))
        connection.execute("INSERT INTO full_text (rowid, title, body) VALUES (?, ?, ?)", (key, title, body))
        connection.execute("INSERT OR REPLACE INTO outbox VALUES (?, 'upsert')", (chunk_id,))

    def remove_document(self, document_id: str) -> None:
        """Remove a document if it is there. Call it inside a transaction."""
        connection = self.connection
        chunks = connection.execute(
            "SELECT chunks.key, chunks.id FROM chunks JOIN documents ON documents.key = chunks.document "
            "WHERE documents.id = ?",
            (document_id,),
        ).fetchall()
        connection.executemany("DELETE FROM full_text WHERE rowid = ?", [(key,) for key, _ in chunks])
        connection.executemany(
            "INSERT OR REPLACE INTO outbox VALUES (?, 'delete')", [(chunk_id,) for _, chunk_id in chunks]
        )
        connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def document(self, document_id: str) -> Document | None:
        """A document by its id, or None."""
        row = self.connection.execute(
            f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return None if row is None else _document(row)

    def documents(self) -> Iterator[Document]:
        """Every document, newest first, undated last."""
        rows = self.connection.execute(
            f"SELECT {_DOCUMENT_COLUMNS} FROM documents ORDER BY date IS NULL, date DESC, id"
        )
        return map(_document, rows)

    def languages(self) -> list[str]:
        """The languages of the documents, the most frequent first."""
        rows = self.connection.execute(
            "SELECT language FROM documents GROUP BY language ORDER BY count(*) DESC, language"
        )
        return [row[0] for row in rows]

    def counts(self) -> tuple[int, int]:
        """How many documents and how many chunks are live."""
        row = self.connection.execute(
            "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM chunks)"
        ).fetchone()
        return int(row[0]), int(row[1])

    # What Chroma has yet to learn

    def pending(self) -> int:
        """How many chunks the outbox holds."""
        return int(self.connection.execute("SELECT count(*) FROM outbox").fetchone()[0])

    def outbox(self, limit: int) -> list[OutboxEntry]:
        """The next `limit` entries."""
        rows = self.connection.execute(
            "SELECT outbox.chunk_id, chunks.vector FROM outbox "
            "LEFT JOIN chunks ON chunks.id = outbox.chunk_id LIMIT ?",
            (limit,),
        )
        return [OutboxEntry(row[0], None if row[1] is None else unpack(row[1])) for row in rows]

    def settle(self, entries: Iterable[OutboxEntry]) -> None:
        """Take what Chroma has learned out of the outbox, unless it has changed since it was read."""
        with self.transaction() as connection:
            connection.executemany(
                "DELETE FROM outbox WHERE chunk_id = ? AND action = ?",
                [(entry.chunk_id, "delete" if entry.vector is None else "upsert") for entry in entries],
            )

    def refill_outbox(self) -> None:
        """Ask Chroma to learn every chunk again, as after its folder was lost."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM outbox")
            connection.execute("INSERT INTO outbox SELECT id, 'upsert' FROM chunks")

    # Facts about the index as a whole

    def fact(self, key: str) -> str | None:
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_fact(self, key: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def unpack(blob: bytes) -> NDArray[np.float32]:
    """A stored vector in single precision."""
    return np.frombuffer(blob, _STORED).astype(np.float32)


def _pack(vector: NDArray[np.float32]) -> bytes:
    return vector.astype(_STORED).tobytes()


def _document_row(document: Document) -> tuple[object, ...]:
    return (
        document.id,
        document.path,
        document.title,
        document.text,
        document.language,
        None if document.date is None else document.date.isoformat(),
        document.date_source,
        document.url,
        document.body,
        json.dumps([[page.number, page.span.start, page.span.end] for page in document.pages]),
    )


def _document(row: Sequence[object]) -> Document:
    id_, path, title, text, language, day, source, url, body, pages = row
    return Document(
        id=str(id_),
        path=str(path),
        title=str(title),
        text=str(text),
        language=str(language),
        date=None if day is None else date.fromisoformat(str(day)),
        date_source=None if source is None else DateSource(str(source)),
        url=None if url is None else str(url),
        body=int(str(body)),
        pages=tuple(Page(number, Span(start, end)) for number, start, end in json.loads(str(pages))),
    )
