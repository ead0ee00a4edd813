"""What a file holds, made ready to be embedded: identified, versioned, split into passages."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.document import Document, Reading
from index.event_dates import DateRow, date_rows
from index.store.blocks import row_of
from index.sync.reading import ReadFile
from index.text.passages import Passage, TokenCounter, passages_of, searched_text


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
