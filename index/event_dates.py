"""The dates of a document's sentences, found once at indexing and kept so that SQL can ask for a day."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from index.chunking import Chunk
from index.database import Database
from index.dates import DateExpression, find_dates
from index.documents import Document, Span

VERSION = "2"


def dates_of_sentence(document: Document, sentence: Span) -> list[DateExpression]:
    """The dates that a sentence speaks of, with offsets in the document, resolved by its publication date."""
    found = find_dates(sentence.of(document.text), document.published, document.language)
    return [
        replace(
            expression,
            span=Span(expression.span.start + sentence.start, expression.span.end + sentence.start),
        )
        for expression in found
    ]


def put_event_dates(database: Database, chunk_key: int | None, document: Document, chunk: Chunk) -> None:
    """Keep the dates of a chunk's sentences. An open end is kept as the first or last day there is."""
    rows = ((chunk_key, *row) for row in _rows(document, chunk.sentences))
    database.connection.executemany("INSERT INTO event_dates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _rows(document: Document, sentences: Iterable[Span]) -> Iterator[tuple[object, ...]]:
    for sentence in sentences:
        for expression in dates_of_sentence(document, sentence):
            first = expression.interval.start or date.min
            last = expression.interval.end or date.max
            yield (
                sentence.start,
                expression.span.start,
                expression.span.end,
                first.isoformat(),
                last.isoformat(),
                (last - first).days + 1,
                expression.grain,
                expression.sure,
            )
