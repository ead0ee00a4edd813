"""What travels between the stages: a file, its documents, their passages, one after the other, in a table's rows."""

import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.claims import FileDone
from index.document import Document, Skipped
from index.embed import Embedded
from index.event_dates import DateRow
from index.store.ledger import FileRecord
from index.sync.reading import Known, Refused
from index.text.passages import Passage
from index.walk import FoundFile

if TYPE_CHECKING:
    import pyarrow

_COLUMN = "row"


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
