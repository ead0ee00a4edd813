"""Files into documents that are ready to be embedded: read, identified, versioned, chunked."""

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

from index.chunking import Chunk, TokenCounter, chunk_document
from index.circumstances import Circumstances
from index.documents import Document, Reading, Skipped, Span
from index.embedding import Passage
from index.errors import UnreadableDocument
from index.event_dates import DateRow, date_rows
from index.ledger import FileRecord
from index.plan import fingerprint
from index.readers import FileReadings
from index.sandbox import ReadJob
from index.store import Store
from index.walk import FoundFile, open_inside

# Files that are read while earlier ones are embedded.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new or changed document with its chunks and their dates. `owner` is the file that has it so far."""

    document: Document
    version: str
    chunks: tuple[Chunk, ...]
    dates: tuple[tuple[DateRow, ...], ...]
    owner: str | None

    def passages(self) -> list[Passage]:
        """What is to be embedded, in the order of the chunks."""
        return [
            Passage(
                chunk.span.of(self.document.text),
                tuple(Span(s.start - chunk.span.start, s.end - chunk.span.start) for s in chunk.sentences),
            )
            for chunk in self.chunks
        ]


@dataclass(frozen=True, slots=True)
class FileDone:
    """Comes after the last document of a file: its ledger line, and what it no longer holds.

    `skipped` are the parts of it that are left out; None if they are as they were.
    """

    record: FileRecord
    stale: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] | None = None


class Readers(Protocol):
    """What reads files, some at a time."""

    def submit(self, job: ReadJob) -> "Future[FileReadings]":
        """Begin to read a file; the result, or UnreadableDocument, comes with the future."""
        ...


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file that is being read; without `reading`, one that cannot be, or that is `unchanged`."""

    record: FileRecord
    reading: "Future[FileReadings] | None" = None
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """What a file is prepared in: the archive's folder, what is stored, and what makes chunks of a text.

    `recipe` names the versions of what makes chunks and vectors of a text. `previous` is the index that a
    new one is built beside: it has the last good version of a file that cannot be read just now.
    """

    root: Path
    store: Store
    recipe: str
    count: TokenCounter
    now: Circumstances
    previous: Store | None = None


class Preparer:
    """Prepares files one after the other, against what the store already holds.

    Of several files with a document of the same id the first by path has it; the others are read by every
    run, so that one of them takes over as soon as the id is free.
    """

    def __init__(self, basis: Basis, ledger: Mapping[str, FileRecord], readers: Readers) -> None:
        """`ledger` is the store's, as it was before the run."""
        self._basis, self._ledger, self._readers = basis, ledger, readers
        self._store = basis.store
        # Who has which id at this point of the run, as far as that is not stored yet.
        self._owners: dict[str, str | None] = {}

    def prepare(self, files: Iterable[FoundFile]) -> Iterator[Prepared | FileDone]:
        """For each file, in the order given, its new and changed documents, then the file itself."""
        begun: deque[_Begun] = deque()
        for file in files:
            begun.append(self._begin(file))
            if len(begun) > _AHEAD:
                yield from self._finish(begun.popleft())
        while begun:
            yield from self._finish(begun.popleft())

    def take_over(self, records: Iterable[FileRecord]) -> Iterator[Prepared | FileDone]:
        """The documents that the previous index has of files, then the files as it knows them."""
        for record in records:
            yield from self._take_over(record)

    def _begin(self, file: FoundFile) -> "_Begun":
        """Open a file, and have it read while those before it are embedded."""
        made_by = fingerprint(file.path, self._basis.recipe)
        record = FileRecord(file.path, file.size, file.mtime_ns, "", made_by)
        try:
            data = open_inside(self._basis.root, file.path)
        except UnreadableDocument as error:
            return _Begun(replace(record, reason=str(error)))
        record = replace(record, sha256=hashlib.sha256(data).hexdigest())
        before = self._ledger.get(file.path)
        if before is not None and self._same(before, record):
            return _Begun(replace(record, reason=before.reason, depends=before.depends), unchanged=True)
        return _Begun(record, self._readers.submit(ReadJob(data, file.path, file.modified)))

    def _finish(self, begun: "_Begun") -> Iterator[Prepared | FileDone]:
        if begun.unchanged:
            yield FileDone(begun.record)
        elif begun.reading is None:
            yield from self._refused(begun.record)
        else:
            yield from self._read(begun.record, begun.reading)

    def _read(self, record: FileRecord, reading: "Future[FileReadings]") -> Iterator[Prepared | FileDone]:
        now = self._basis.now
        try:
            found = reading.result()
        except UnreadableDocument as error:
            yield from self._refused(replace(record, reason=str(error), depends=now.written(error.depends)))
        else:
            documents = [_document(reading, record.path) for reading in found.readings]
            record = replace(record, depends=now.written(found.depends))
            yield from self._changed(record, documents, found.skipped)

    def _refused(self, record: FileRecord) -> Iterator[Prepared | FileDone]:
        """A file that cannot be read keeps its last good version, wherever that is."""
        before = self._ledger.get(record.path)
        if self._basis.previous is None or (before is not None and before.reason is None):
            yield FileDone(record, skipped=())
        else:
            yield from self._take_over(record)

    def _take_over(self, record: FileRecord) -> Iterator[Prepared | FileDone]:
        assert self._basis.previous is not None
        yield from self._changed(record, self._basis.previous.documents_of(record.path), ())

    def _same(self, before: FileRecord, now: FileRecord) -> bool:
        """Whether reading the file again would give the same documents."""
        same = (before.sha256, before.fingerprint) == (now.sha256, now.fingerprint)
        same = same and self._basis.now.still(before.depends)
        return same and not self._store.dated_by_file_time(now.path)

    def _changed(
        self, record: FileRecord, documents: Iterable[Document], skipped: Iterable[Skipped]
    ) -> Iterator[Prepared | FileDone]:
        stored = self._store.versions(record.path)
        left_out = list(skipped)
        seen: set[str] = set()
        for document in documents:
            owner = self._owner(document.id)
            if owner is not None and owner < record.path:
                record = replace(record, sha256="")
                left_out.append(taken(document.id, record.path, owner))
            elif document.id in seen:
                left_out.append(Skipped(record.path, f"the id “{document.id}” stands twice in this file"))
            else:
                seen.add(document.id)
                self._owners[document.id] = record.path
                version = _version(document, self._basis.recipe)
                if stored.get(document.id) != version:
                    yield self._prepared(document, version, owner)
        stale = tuple(sorted(stored.keys() - seen))
        self._owners.update(dict.fromkeys(set(stale) - self._owners.keys(), None))
        yield FileDone(record, stale, tuple(left_out))

    def _prepared(self, document: Document, version: str, owner: str | None) -> Prepared:
        chunks = tuple(chunk_document(document, self._basis.count))
        return Prepared(
            document, version, chunks, tuple(date_rows(document, chunk) for chunk in chunks), owner
        )

    def _owner(self, document_id: str) -> str | None:
        if document_id in self._owners:
            return self._owners[document_id]
        return self._store.owner(document_id)


def taken(document_id: str, path: str, owner: str) -> Skipped:
    """Why a file's document is left out whose id belongs to an earlier file."""
    return Skipped(path, f"the id “{document_id}” is used by {owner}")


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
