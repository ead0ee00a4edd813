"""Files compared with what the index knows of them and read, a few ahead; what they hold, made ready to be embedded."""

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

from index.document import Document, FileReadings, Reading
from index.errors import UnreadableDocument
from index.event_dates import DateRow, date_rows
from index.inside import open_inside
from index.readers.chats import companion_of, with_companion
from index.sandbox import ReadJob
from index.store.blocks import row_of
from index.store.ledger import FileRecord
from index.sync.plan import Circumstances, FileDone, fingerprint
from index.text.passages import Passage, TokenCounter, passages_of, searched_text
from index.walk import FoundFile

# Files that are read while earlier ones are embedded.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows of a file: its ledger line, and whether only the file's time dates it."""

    record: FileRecord
    dated_by_file_time: bool


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: its new ledger line, and what is in it."""

    record: FileRecord
    found: FileReadings


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that cannot be read: its new ledger line tells why. Its last good version is to stay."""

    record: FileRecord


Read = ReadFile | Refused | FileDone


class Readers(Protocol):
    """What reads files, some at a time."""

    def submit(self, job: ReadJob) -> "Future[FileReadings]":
        """Begin to read a file; the result, or UnreadableDocument, comes with the future."""
        ...


@dataclass(frozen=True, slots=True)
class FileReading:
    """Reads files under `root`. `recipe` names the versions of what makes chunks and vectors of a text."""

    root: Path
    recipe: str
    now: Circumstances
    readers: Readers

    def read(self, files: Iterable[tuple[FoundFile, Known | None]]) -> Iterator[Read]:
        """Each file as it was read; that it cannot be; or its end, if it is as it was."""
        begun: deque[_Begun | Refused | FileDone] = deque()
        for file, known in files:
            begun.append(self._begin(file, known))
            if len(begun) > _AHEAD:
                yield self._finished(begun.popleft())
        yield from map(self._finished, begun)

    def _begin(self, file: FoundFile, known: Known | None) -> "_Begun | Refused | FileDone":
        record = FileRecord(file.path, file.size, file.mtime_ns, "", fingerprint(file.path, self.recipe))
        try:
            data = self._content(file.path)
        except UnreadableDocument as error:
            return Refused(replace(record, reason=error.reason))
        record = replace(record, sha256=hashlib.sha256(data).hexdigest())
        if known is not None and self._is_same(known, record):
            return FileDone(replace(record, reason=known.record.reason, depends=known.record.depends))
        return _Begun(record, self.readers.submit(ReadJob(data, file.path, file.modified)))

    def _content(self, path: str) -> bytes:
        """What a file holds, and with it the file that tells who the people in it are, if it has one."""
        data = open_inside(self.root, path)
        companion = companion_of(path)
        if not companion or not (self.root / companion).is_file():
            return data
        return with_companion(data, open_inside(self.root, companion))

    def _finished(self, begun: "_Begun | Refused | FileDone") -> Read:
        if not isinstance(begun, _Begun):
            return begun
        try:
            found = begun.reading.result()
        except UnreadableDocument as error:
            return Refused(
                replace(begun.record, reason=error.reason, depends=self.now.written(error.depends))
            )
        return ReadFile(replace(begun.record, depends=self.now.written(found.depends)), found)

    def _is_same(self, known: Known, record: FileRecord) -> bool:
        """Whether reading the file again would give the same documents."""
        before = known.record
        same = (before.sha256, before.fingerprint) == (record.sha256, record.fingerprint)
        return same and self.now.still(before.depends) and not known.dated_by_file_time


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file that is being read."""

    record: FileRecord
    reading: "Future[FileReadings]"


@dataclass(frozen=True, slots=True)
class Identified:
    """A document as it was read, and the version of it."""

    document: Document
    version: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The passages of a document, and the dates of each one's sentences."""

    document: Document
    passages: tuple[Passage, ...]
    dates: tuple[tuple[DateRow, ...], ...]

    def texts(self) -> list[str]:
        """What is to be embedded, in the order of the passages."""
        return [searched_text(self.document, passage) for passage in self.passages]


def documents_of(file: ReadFile) -> Iterator[Document]:
    """The documents that a file holds."""
    return (_document(reading, file.record.path) for reading in file.found.readings)


def identify(documents: Iterable[Document], recipe: str) -> Iterator[Identified]:
    """Documents with their versions. `recipe` names the versions of what makes chunks and vectors."""
    return (Identified(document, _version(document, recipe)) for document in documents)


def split(document: Document, count_tokens: TokenCounter) -> Parts:
    """A document's passages with their dates."""
    passages = tuple(passages_of(document, count_tokens))
    return Parts(document, passages, tuple(date_rows(document, passage) for passage in passages))


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
        blocks=reading.blocks,
        left_out=reading.left_out,
    )


def _version(document: Document, recipe: str) -> str:
    plain = asdict(replace(document, blocks=()))
    content = json.dumps([recipe, plain, *map(row_of, document.blocks)], default=str, sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
