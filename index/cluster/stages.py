"""The stages that the nodes run: read, split, embed. Each is a class whose objects live as long as a run.

What a person can mend travels on as a row, so that the process that stores tells it in one sentence."""

import pickle
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.document import Document
from index.embed import Embedded, Embedder
from index.errors import ClusterFailed, HemerotecaError
from index.event_dates import DateRow
from index.reasons import Skipped
from index.sandbox import ReaderPool
from index.store.ledger import FileRecord
from index.sync.plan import Circumstances, FileDone
from index.sync.reading import FileReading, Known, ReadFile, Refused, documents_of, identify, split
from index.text.passages import Passage
from index.walk import FoundFile

if TYPE_CHECKING:
    import pyarrow

_COLUMN = "row"

# Rows sent on at a time: a file may hold a million documents.
_ROWS = 1000
OpenEmbedder = Callable[[], Embedder]


@dataclass(frozen=True, slots=True)
class FileToRead:
    """What goes in: a file, what the index knows of it, and the versions of its documents, by id."""

    file: FoundFile
    known: Known | None
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class FileBegins:
    """A file that was read: its ledger line, and parts that are left out; `documents` documents follow."""

    record: FileRecord
    documents: int
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class DocumentBegins:
    """A document and its version; `passages` rows of passages follow, none if the index has that version.

    `passages` is None before the document has been split.
    """

    document: Document
    version: str
    passages: int | None


@dataclass(frozen=True, slots=True)
class PassageToEmbed:
    """A passage, its dates and what is embedded of it."""

    passage: Passage
    dates: tuple[DateRow, ...]
    text: str


@dataclass(frozen=True, slots=True)
class EmbeddedPassage:
    """A passage, its dates and what was embedded of it."""

    passage: Passage
    dates: tuple[DateRow, ...]
    embedded: Embedded


@dataclass(frozen=True, slots=True)
class Failure:
    """A stage could not do its work; the message is for people."""

    message: str


Row = (
    FileToRead | FileDone | Refused | FileBegins | DocumentBegins | PassageToEmbed | EmbeddedPassage | Failure
)


def packed(rows: Iterable[Row]) -> dict[str, list[bytes]]:
    """Rows as the columns of a table. Pickled, since only processes of one cluster exchange them."""
    return {_COLUMN: [pickle.dumps(row) for row in rows]}


def unpacked(table: "pyarrow.Table") -> list[Row]:
    """The rows of a table."""
    return [unpacked_row(entry) for entry in table.to_pylist()]


def unpacked_row(entry: dict[str, Any]) -> Row:
    """One row of a table."""
    row: Row = pickle.loads(entry[_COLUMN])
    return row


class Stage(ABC):
    """Takes and gives tables of rows, as Ray Data calls it."""

    def __call__(self, table: "pyarrow.Table") -> "Iterator[pyarrow.Table]":
        import pyarrow

        made = self._made(unpacked(table))
        while rows := list(islice(made, _ROWS)):
            yield pyarrow.table(packed(rows))

    def _made(self, rows: Sequence[Row]) -> Iterator[Row]:
        try:
            yield from self.make(rows)
        except HemerotecaError as error:
            yield Failure(f"{error} (on the node {socket.gethostname()})")

    @abstractmethod
    def make(self, rows: Sequence[Row]) -> Iterator[Row]:
        """What these rows become. Raises HemerotecaError."""


class Read(Stage):
    """Files into documents. Every node must find the folder under the same path."""

    def __init__(self, root: Path, recipe: str, today: date) -> None:
        # What a file depends on from the outside is the node's that reads it, but for the day.
        self._reading = FileReading(root, recipe, Circumstances(today), ReaderPool())

    def make(self, rows: Sequence[Row]) -> Iterator[Row]:
        root = self._reading.root
        if not root.is_dir():
            raise ClusterFailed(
                f"There is no folder {root}: every node must find the documents under the same path."
            )
        files = [row for row in rows if isinstance(row, FileToRead)]
        versions = {row.file.path: row.versions for row in files}
        for read in self._reading.read((row.file, row.known) for row in files):
            if not isinstance(read, ReadFile):
                yield read
                continue
            stored = versions[read.record.path]
            yield FileBegins(read.record, len(read.found.readings), read.found.skipped)
            for found in identify(documents_of(read), self._reading.recipe):
                is_stored = stored.get(found.document.id) == found.version
                yield DocumentBegins(found.document, found.version, 0 if is_stored else None)


class _Embedding(Stage):
    """A stage that needs the embedding engine, opened on the node when the first rows come."""

    def __init__(self, open_embedder: OpenEmbedder, identity: str) -> None:
        self._open, self._identity = open_embedder, identity

    @cached_property
    def embedder(self) -> Embedder:
        """The engine. Raises ClusterFailed if it is not the one that the run was begun with."""
        opened = self._open()
        if opened.identity != self._identity:
            raise ClusterFailed(
                f"This node embeds with {opened.identity}, the run was begun with {self._identity}: install the "
                "same version of Hemeroteca on every node."
            )
        return opened


class Split(_Embedding):
    """Documents into passages, which the engine's tokens measure."""

    def make(self, rows: Sequence[Row]) -> Iterator[Row]:
        for row in rows:
            if isinstance(row, DocumentBegins) and row.passages is None:
                yield from self._passages(row)
            else:
                yield row

    def _passages(self, row: DocumentBegins) -> Iterator[Row]:
        parts = split(row.document, self.embedder.count_tokens)
        yield DocumentBegins(row.document, row.version, len(parts.passages))
        for passage, dates, text in zip(parts.passages, parts.dates, parts.texts(), strict=True):
            yield PassageToEmbed(passage, dates, text)


class Embed(_Embedding):
    """Passages into vectors, as many at a time as the table holds."""

    def make(self, rows: Sequence[Row]) -> Iterator[Row]:
        texts = [row.text for row in rows if isinstance(row, PassageToEmbed)]
        vectors: Iterator[Embedded] = iter(self.embedder.embed_passages(texts) if texts else ())
        for row in rows:
            if isinstance(row, PassageToEmbed):
                yield EmbeddedPassage(row.passage, row.dates, next(vectors))
            else:
                yield row
