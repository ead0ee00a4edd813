"""The truth, in SQLite: documents, chunks, sentences, vectors, full text, the ledger and the outbox."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.chunking import Chunk
from index.database import Database
from index.documents import DateSource, Document, Listed, Page, Span, TextSize
from index.embedding import PassageVectors
from index.event_dates import DateRow, put_event_dates
from index.filters import DocumentFilter
from index.halves import pack, unpack
from index.ledger import Ledger
from index.outbox import Outbox
from index.terms import terms

__all__ = ["NewChunk", "Store", "unpack"]

_DOCUMENT_COLUMNS = "id, path, title, text, language, date, date_source, url, body, pages"


@dataclass(frozen=True, slots=True)
class NewChunk:
    """A chunk to be stored, with its vectors and the dates of its sentences."""

    chunk: Chunk
    vectors: PassageVectors
    dates: tuple[DateRow, ...] = ()


class Store(Database):
    """The store of one generation. Safe to share between threads: each has a connection of its own.

    Methods that write documents belong into a `transaction`.
    """

    # Made anew each time: kept, they would tie a circle, and a dropped store would stay open.
    @property
    def ledger(self) -> Ledger:
        """What is known of files."""
        return Ledger(self)

    @property
    def outbox(self) -> Outbox:
        """What Chroma has yet to learn."""
        return Outbox(self)

    @property
    def place(self) -> str:
        """Names where the index is kept that this is a generation of."""
        return str(self.path.resolve().parents[1])

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

    def put_document(self, document: Document, version: str, chunks: Sequence[NewChunk]) -> None:
        """Replace a document and all that hangs on it."""
        self.remove_document(document.id)
        cursor = self.connection.execute(
            f"INSERT INTO documents ({_DOCUMENT_COLUMNS}, version) VALUES ({', '.join('?' * 11)})",
            (*_document_row(document), version),
        )
        ids = [f"{version[:24]}-{ordinal}" for ordinal in range(len(chunks))]
        title = " ".join(terms(document.title, document.language))
        for chunk_id, new in zip(ids, chunks, strict=True):
            key = self._put_chunk(cursor.lastrowid, chunk_id, new.chunk, new.vectors)
            put_event_dates(self, key, new.dates)
            body = " ".join(terms(new.chunk.span.of(document.text), document.language))
            self.connection.execute(
                "INSERT INTO full_text (rowid, title, body) VALUES (?, ?, ?)", (key, title, body)
            )
        self.outbox.upsert(ids)

    def _put_chunk(
        self, document_key: int | None, chunk_id: str, chunk: Chunk, vectors: PassageVectors
    ) -> int | None:
        key = self.connection.execute(
            'INSERT INTO chunks (id, document, "start", "end", vector) VALUES (?, ?, ?, ?, ?)',
            (chunk_id, document_key, chunk.span.start, chunk.span.end, pack(vectors.chunk)),
        ).lastrowid
        self.connection.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?)",
            [
                (key, sentence.start, sentence.end, pack(vector))
                for sentence, vector in zip(chunk.sentences, vectors.sentences, strict=True)
            ],
        )
        return key

    def remove_document(self, document_id: str) -> None:
        """Remove a document if it is there."""
        chunks = self.connection.execute(
            "SELECT chunks.key, chunks.id FROM chunks JOIN documents ON documents.key = chunks.document "
            "WHERE documents.id = ?",
            (document_id,),
        ).fetchall()
        self.connection.executemany("DELETE FROM full_text WHERE rowid = ?", [(key,) for key, _ in chunks])
        self.connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        self.outbox.delete(chunk_id for _, chunk_id in chunks)

    def document(self, document_id: str) -> Document | None:
        """A document by its id, or None."""
        row = self.connection.execute(
            f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return None if row is None else _document(row)

    def documents_of(self, path: str) -> Iterator[Document]:
        """The documents that came from a file, in the order in which they were put."""
        rows = self.connection.execute(
            f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE path = ? ORDER BY key", (path,)
        )
        return map(_document, rows)

    def documents(self) -> Iterator[Document]:
        """Every document, newest first, undated last."""
        rows = self.connection.execute(
            f"SELECT {_DOCUMENT_COLUMNS} FROM documents ORDER BY date IS NULL, date DESC, id"
        )
        return map(_document, rows)

    def catalogue(self) -> Iterator[Listed]:
        """Every document without its text, newest first, undated last."""
        rows = self.connection.execute(
            "SELECT id, path, title, language, date, date_source, url FROM documents "
            "ORDER BY date IS NULL, date DESC, id"
        )
        for id_, path, title, language, day, source, url in rows:
            published = None if day is None else date.fromisoformat(day)
            yield Listed(
                id_, path, title, language, published, None if source is None else DateSource(source), url
            )

    def sizes(self, ids: Sequence[str]) -> dict[str, TextSize]:
        """How long the texts of these documents are; those that are not there are left out."""
        if not ids:
            return {}
        condition, parameters = DocumentFilter(documents=tuple(ids)).where()
        rows = self.connection.execute(
            f"SELECT id, length(text), length(CAST(text AS BLOB)) FROM documents WHERE {condition}",
            parameters,
        )
        return {row[0]: TextSize(row[1], row[2]) for row in rows}

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

    def fact(self, key: str) -> str | None:
        """A fact about the index as a whole, or None."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def forget_fact(self, key: str) -> None:
        """Keep nothing of a fact."""
        self.connection.execute("DELETE FROM meta WHERE key = ?", (key,))

    def set_fact(self, key: str, value: str) -> None:
        """Keep a fact about the index as a whole; writes only if it has changed."""
        if self.fact(key) != value:
            self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def settle_fact(self, key: str, value: str) -> str:
        """Keep a fact unless there is one; returns the one that is kept."""
        self.connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (key, value))
        return str(self.fact(key))


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
