"""A file on its way to being embedded, step by step: opened, read, identified, versioned, chunked."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.chunking import Chunk, TokenCounter, chunk_document
from index.claims import FileDone
from index.documents import Document, Reading, Span
from index.embedding import Passage
from index.errors import UnreadableDocument
from index.event_dates import DateRow, date_rows
from index.inside import open_inside
from index.ledger import FileRecord
from index.plan import fingerprint
from index.sandbox import ReadJob
from index.walk import FoundFile


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's new ledger line, and what a reader needs; None if it cannot be opened or is as it was."""

    record: FileRecord
    job: ReadJob | None = None
    unchanged: bool = False

    def done(self) -> FileDone:
        """The end of a file that is not read."""
        return FileDone(self.record, skipped=None if self.unchanged else ())

    def failed(self, error: UnreadableDocument) -> FileDone:
        """The end of a file that cannot be read."""
        return FileDone(replace(self.record, reason=str(error)), skipped=())


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows of a file: its ledger line, and whether only the file's time dates it."""

    record: FileRecord
    dated_by_file_time: bool


@dataclass(frozen=True, slots=True)
class Identified:
    """A document as it was read, and the version of it."""

    document: Document
    version: str


@dataclass(frozen=True, slots=True)
class Passages:
    """The chunks of a document, and the dates of each one's sentences."""

    document: Document
    chunks: tuple[Chunk, ...]
    dates: tuple[tuple[DateRow, ...], ...]

    def texts(self) -> list[Passage]:
        """What is to be embedded, in the order of the chunks."""
        return [
            Passage(
                chunk.span.of(self.document.text),
                tuple(Span(s.start - chunk.span.start, s.end - chunk.span.start) for s in chunk.sentences),
            )
            for chunk in self.chunks
        ]


def open_file(root: Path, file: FoundFile, known: Known | None, recipe: str) -> Opened:
    """Open a file, and tell whether reading it again would give the same documents as before."""
    record = FileRecord(file.path, file.size, file.mtime_ns, "", fingerprint(file.path, recipe))
    try:
        data = open_inside(root, file.path)
    except UnreadableDocument as error:
        return Opened(replace(record, reason=str(error)))
    record = replace(record, sha256=hashlib.sha256(data).hexdigest())
    if known is not None and _is_same(known, record):
        return Opened(replace(record, reason=known.record.reason), unchanged=True)
    return Opened(record, ReadJob(data, file.path, file.modified))


def identify(readings: Iterable[Reading], path: str, recipe: str) -> Iterator[Identified]:
    """The documents that a file holds. `recipe` names the versions of what makes chunks and vectors."""
    for reading in readings:
        document = _document(reading, path)
        yield Identified(document, _version(document, recipe))


def split(document: Document, count_tokens: TokenCounter) -> Passages:
    """A document's chunks with their dates."""
    chunks = tuple(chunk_document(document, count_tokens))
    return Passages(document, chunks, tuple(date_rows(document, chunk) for chunk in chunks))


def _is_same(known: Known, now: FileRecord) -> bool:
    before = known.record
    same = (before.sha256, before.fingerprint) == (now.sha256, now.fingerprint)
    return same and not known.dated_by_file_time


def _document(reading: Reading, path: str) -> Document:
    return Document(
        id=reading.entry or path,
        path=path,
        title=reading.title or Path(path).stem,
        text=reading.text,
        language=reading.language,
        date=reading.date,
        date_source=reading.date_source,
        url=reading.url,
        body=reading.body,
        pages=reading.pages,
    )


def _version(document: Document, recipe: str) -> str:
    content = json.dumps([recipe, asdict(document)], default=str, sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
