"""Files into documents that are ready to be embedded: read, identified, versioned, chunked."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.chunking import Chunk, TokenCounter, chunk_document
from index.documents import Document, Reading, Skipped, Span
from index.embedding import Passage
from index.errors import UnreadableDocument
from index.readers import FileReadings, read_bytes
from index.store import FileRecord, Store
from index.walk import FoundFile, open_inside


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new or changed document with its chunks. `known` tells a changed one from a new one."""

    document: Document
    version: str
    chunks: tuple[Chunk, ...]
    known: bool

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
    """Comes after the last document of a file: its ledger line, and what it no longer holds."""

    record: FileRecord
    unchanged: int
    stale: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Preparer:
    """Prepares files one after the other, against what the store already holds."""

    root: Path
    store: Store
    fingerprint: Callable[[str], str]
    count_tokens: TokenCounter

    def prepare(self, files: Iterable[FoundFile]) -> Iterator[Prepared | FileDone]:
        """For each file its new and changed documents, then the file itself."""
        ledger = self.store.files()
        claimed: dict[str, str] = {}
        for file in files:
            before = ledger.get(file.path)
            record = FileRecord(file.path, file.size, file.mtime_ns, "", self.fingerprint(file.path))
            try:
                data = open_inside(self.root, file.path)
                record = replace(record, sha256=hashlib.sha256(data).hexdigest())
                if before is not None and self._same(before, record):
                    yield self._touched(replace(record, reason=before.reason))
                else:
                    yield from self._changed(record, read_bytes(data, file.path, file.modified), claimed)
            except UnreadableDocument as error:
                yield self._touched(replace(record, reason=str(error)))

    def _same(self, before: FileRecord, now: FileRecord) -> bool:
        """Whether reading the file again would give the same documents."""
        same = (before.sha256, before.fingerprint) == (now.sha256, now.fingerprint)
        return same and not self.store.dated_by_file_time(now.path)

    def _touched(self, record: FileRecord) -> FileDone:
        """A file whose documents stay as they are."""
        skipped = () if record.reason is None else (Skipped(record.path, record.reason),)
        return FileDone(record, len(self.store.versions(record.path)), skipped=skipped)

    def _changed(
        self, record: FileRecord, found: FileReadings, claimed: dict[str, str]
    ) -> Iterator[Prepared | FileDone]:
        """`claimed` holds the ids of the run so far, some of which may not be stored yet."""
        stored = self.store.versions(record.path)
        seen: set[str] = set()
        skipped = list(found.skipped)
        unchanged = 0
        for reading in found.readings:
            document = _document(reading, record.path)
            owner = claimed.get(document.id) or self.store.owner(document.id)
            if document.id in seen or owner not in (None, record.path):
                skipped.append(Skipped(record.path, f"the id “{document.id}” is used by another document"))
                continue
            seen.add(document.id)
            claimed[document.id] = record.path
            version = _version(document, record.fingerprint)
            if stored.get(document.id) == version:
                unchanged += 1
            else:
                chunks = tuple(chunk_document(document, self.count_tokens))
                yield Prepared(document, version, chunks, document.id in stored)
        yield FileDone(record, unchanged, tuple(sorted(stored.keys() - seen)), tuple(skipped))


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


def _version(document: Document, fingerprint: str) -> str:
    content = json.dumps([fingerprint, asdict(document)], default=str, sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
