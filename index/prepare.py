"""What a file holds, made ready to be embedded: identified, versioned, chunked."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from index.chunking import Chunk, TokenCounter, chunk_document
from index.document import Document, Reading, Span
from index.embed import Passage
from index.event_dates import DateRow, date_rows
from index.reading import ReadFile


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


def documents_of(file: ReadFile) -> Iterator[Document]:
    """The documents that a file holds."""
    return (_document(reading, file.record.path) for reading in file.found.readings)


def identify(documents: Iterable[Document], recipe: str) -> Iterator[Identified]:
    """Documents with their versions. `recipe` names the versions of what makes chunks and vectors."""
    return (Identified(document, _version(document, recipe)) for document in documents)


def split(document: Document, count_tokens: TokenCounter) -> Passages:
    """A document's chunks with their dates."""
    chunks = tuple(chunk_document(document, count_tokens))
    return Passages(document, chunks, tuple(date_rows(document, chunk) for chunk in chunks))


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
