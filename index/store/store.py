"""The truth: documents, chunks, sentences, vectors, full text, the ledger and the outbox."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from index.document import (
    Block,
    DateSource,
    Document,
    LeftOut,
    LeftOutKind,
    Listed,
    Page,
    PartlyRead,
    Span,
    TextSize,
)
from index.embed import Embedded
from index.embed.states import pack, pack_states
from index.filters import DocumentFilter
from index.language.terms import search_terms
from index.store.blocks import block_of, row_of
from index.store.database import Connection, Database
from index.store.ledger import Ledger, Outbox
from index.text.passages import Passage, searched_body, searched_text

if TYPE_CHECKING:
    from index.event_dates import DateRow

_DOCUMENT_COLUMNS = "id, path, title, text, language, date, date_source, url, body, pages, left_out"
_PUT_FACT = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key)"
# Documents read at a time.
_BATCH = 100


@dataclass(frozen=True, slots=True)
class NewChunk:
    """A passage to be stored, with what was embedded of its searched text and the dates of its sentences."""

    passage: Passage
    embedded: Embedded
    dates: "tuple[DateRow, ...]" = ()


class Store:
    """The store of one generation. Safe to share between threads.

    `ledger` is what is known of files, `outbox` what Chroma has yet to learn. Methods that write documents
    belong into a `transaction`.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.ledger = Ledger(database)
        self.outbox = Outbox(database)

    @property
    def connection(self) -> Connection:
        return self.database.connection

    def transaction(self) -> AbstractContextManager[Connection]:
        """All or nothing: commits at the end of the block, rolls back if it or the commit fails."""
        return self.database.transaction()

    def reading(self) -> AbstractContextManager[object]:
        """All that this thread reads in the block is of one moment, whatever others write. It must write nothing."""
        return self.database.reading()

    def close(self) -> None:
        """Let go of the database; the store must not be used any more."""
        self.database.close()

    def versions(self, path: str) -> dict[str, str]:
        """The ids and versions of the documents that came from a file."""
        rows = self.connection.execute("SELECT id, version FROM documents WHERE path = ?", (path,))
        return dict(rows.fetchall())

    def dated_by_file_time(self, path: str) -> bool:
        """Whether a document of a file has the file's own time as its date."""
        rows = self.connection.execute(
            "SELECT 1 FROM documents WHERE path = ? AND date_source = ?", (path, DateSource.FILE_TIME)
        )
        return rows.fetchone() is not None

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
        document_key = self.connection.execute(
            f"INSERT INTO documents ({_DOCUMENT_COLUMNS}, version) VALUES ({', '.join('?' * 12)}) RETURNING key",
            (*_document_row(document), version),
        ).fetchone()[0]
        self._put_blocks(document_key, document.blocks)
        ids = [f"{version[:24]}-{ordinal}" for ordinal in range(len(chunks))]
        keys = [self._put_chunk(document_key, *pair) for pair in zip(ids, chunks, strict=True)]
        self._put_sentences(keys, chunks)
        self._put_states(keys, document, chunks)
        self._put_event_dates(keys, chunks)
        title = " ".join(search_terms(document.title, document.language))
        searched = (searched_body(document, new.passage) for new in chunks)
        bodies = [" ".join(search_terms(body, document.language)) for body in searched]
        self.database.full_text.put(title, dict(zip(keys, bodies, strict=True)))
        self.outbox.upsert(ids)

    def _put_blocks(self, document_key: int, blocks: Iterable[Block]) -> None:
        self.connection.executemany(
            "INSERT INTO blocks VALUES (?, ?, ?, ?, ?)", ((document_key, *row_of(block)) for block in blocks)
        )

    def _put_chunk(self, document_key: int, chunk_id: str, new: NewChunk) -> int:
        span = new.passage.span
        row = self.connection.execute(
            'INSERT INTO chunks (id, document, "start", "end", vector) VALUES (?, ?, ?, ?, ?) RETURNING key',
            (chunk_id, document_key, span.start, span.end, pack(new.embedded.vector)),
        ).fetchone()
        return int(row[0])

    def _put_sentences(self, keys: Sequence[int], chunks: Sequence[NewChunk]) -> None:
        self.connection.executemany(
            'INSERT INTO sentences (chunk, "start", "end") VALUES (?, ?, ?)',
            [
                (key, sentence.start, sentence.end)
                for key, new in zip(keys, chunks, strict=True)
                for sentence in new.passage.sentences
            ],
        )

    def _put_states(self, keys: Sequence[int], document: Document, chunks: Sequence[NewChunk]) -> None:
        """Keep token states, their places counted in the document: what stands before a passage ends before it."""
        self.connection.executemany(
            "INSERT INTO token_states VALUES (?, ?)",
            [
                (
                    key,
                    pack_states(
                        states.moved(new.passage.span.end - len(searched_text(document, new.passage)))
                    ),
                )
                for key, new in zip(keys, chunks, strict=True)
                if (states := new.embedded.states) is not None
            ],
        )

    def _put_event_dates(self, keys: Sequence[int], chunks: Sequence[NewChunk]) -> None:
        self.connection.executemany(
            "INSERT INTO event_dates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(key, *row) for key, new in zip(keys, chunks, strict=True) for row in new.dates],
        )

    def remove_document(self, document_id: str) -> None:
        """Remove a document if it is there."""
        chunks = self.connection.execute(
            "SELECT chunks.key, chunks.id FROM chunks JOIN documents ON documents.key = chunks.document "
            "WHERE documents.id = ?",
            (document_id,),
        ).fetchall()
        self.database.full_text.remove([key for key, _ in chunks])
        self.connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        self.outbox.delete(chunk_id for _, chunk_id in chunks)

    def document(self, document_id: str) -> Document | None:
        """A document by its id, with its dates, its turns and no other blocks, or None."""
        row = self.connection.execute(
            f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        if row is None:
            return None
        turns = self._blocks(document_id, "AND kind = 'turn'")
        return replace(_document(row), blocks=turns, dates=self._dates(document_id))

    def _dates(self, document_id: str) -> "tuple[DateRow, ...]":
        # Two passages may share a sentence, whose dates are then kept twice.
        rows = self.connection.execute(
            'SELECT DISTINCT sentence, event_dates."start", event_dates."end", "from", "to", days, grain, sure, '
            "readings FROM event_dates JOIN chunks ON chunks.key = event_dates.chunk "
            "JOIN documents ON documents.key = chunks.document WHERE documents.id = ? "
            'ORDER BY event_dates."start", event_dates."end"',
            (document_id,),
        )
        return tuple(rows)

    def documents_of(self, path: str) -> Iterator[Document]:
        """The documents that came from a file, with their blocks, in the order in which they were put."""
        rows = self.connection.execute(
            f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE path = ? ORDER BY key", (path,)
        )
        return (replace(document, blocks=self.blocks(document.id)) for document in map(_document, rows))

    def blocks(self, document_id: str, within: Span | None = None) -> tuple[Block, ...]:
        """The blocks of a document in reading order: all, or those that share a character with `within`.

        None of a document that was indexed before there were blocks.
        """
        if within is None:
            return self._blocks(document_id)
        # Blocks never overlap: what begins before the last one that begins here ends before it too.
        return self._blocks(
            document_id,
            'AND blocks."start" < ? AND blocks."start" >= coalesce((SELECT max("start") FROM blocks AS earlier '
            'WHERE earlier.document = documents.key AND earlier."start" <= ?), 0) AND blocks."end" > ?',
            (within.end, within.start, within.start),
        )

    def _blocks(self, document_id: str, condition: str = "", places: Sequence[int] = ()) -> tuple[Block, ...]:
        rows = self.connection.execute(
            'SELECT blocks."start", blocks."end", kind, rest FROM blocks '
            f"JOIN documents ON documents.key = blocks.document WHERE documents.id = ? {condition} "
            'ORDER BY blocks."start"',
            (document_id, *places),
        )
        return tuple(map(block_of, rows))

    def documents_with_rows(self) -> set[str]:
        """The ids of the documents that have a table."""
        rows = self.connection.execute(
            "SELECT id FROM documents WHERE EXISTS "
            "(SELECT 1 FROM blocks WHERE blocks.document = documents.key AND kind = 'row')"
        )
        return {row[0] for row in rows}

    def partly_read(self) -> list[PartlyRead]:
        """The documents that hold something that is not in their text, by id."""
        rows = self.connection.execute(
            "SELECT id, left_out FROM documents WHERE left_out <> '[]' ORDER BY id"
        )
        return [PartlyRead(id_, _left_out(stored)) for id_, stored in rows]

    def documents(self) -> Iterator[Document]:
        """Every document without its blocks, newest first, undated last."""
        query = f"SELECT {_DOCUMENT_COLUMNS} FROM documents ORDER BY date IS NULL, date DESC, id"
        return map(_document, chain.from_iterable(self.database.batches(query, (), _BATCH)))

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
            f"SELECT id, length(text), {self.database.bytes_of('text')} FROM documents WHERE {condition}",
            parameters,
        )
        return {row[0]: TextSize(row[1], row[2]) for row in rows}

    def languages(self) -> list[str]:
        """The languages of the documents, the most frequent first."""
        query = "SELECT language FROM documents GROUP BY language ORDER BY count(*) DESC, language"
        return [language for (language,) in self.connection.execute(query)]

    def counts(self) -> tuple[int, int]:
        """How many documents and how many chunks are live."""
        row = self.connection.execute(
            "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM chunks)"
        ).fetchone()
        return int(row[0]), int(row[1])

    def newest_day(self) -> date | None:
        """The day of the newest document; None if no document has one but that of its file."""
        return self._day("max")

    def oldest_day(self) -> date | None:
        """The day of the oldest document; None if no document has one but that of its file."""
        return self._day("min")

    def _day(self, which: str) -> date | None:
        day = self.connection.execute(
            f"SELECT {which}(date) FROM documents WHERE coalesce(date_source, '') <> ?",
            (DateSource.FILE_TIME,),
        ).fetchone()[0]
        return date.fromisoformat(day) if day else None

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
            self.connection.execute(f"{_PUT_FACT} DO UPDATE SET value = excluded.value", (key, value))

    def settle_fact(self, key: str, value: str) -> str:
        """Keep a fact unless there is one; returns the one that is kept."""
        self.connection.execute(f"{_PUT_FACT} DO NOTHING", (key, value))
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
        json.dumps([[part.kind, part.count] for part in document.left_out]),
    )


def _document(row: Sequence[object]) -> Document:
    id_, path, title, text, language, day, source, url, body, pages, left_out = row
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
        left_out=_left_out(str(left_out)),
    )


def _left_out(stored: str) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(LeftOutKind(kind), count) for kind, count in json.loads(stored))
