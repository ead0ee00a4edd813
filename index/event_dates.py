"""The dates of a document's sentences, found once at indexing and kept so that the store can ask for a day."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from index.dates import DateExpression, find_dates
from index.document import Document, Span
from index.text.passages import Passage

VERSION = "6"
# Characters. Dense in dates, a text costs 30 µs a character in the server's own process: 30 s a document at most.
MOST_READ = 1_000_000
_LONGEST_SENTENCE = 10_000


def dates_of_sentence(document: Document, sentence: Span) -> list[DateExpression]:
    """The dates that a sentence speaks of, with offsets in the document, resolved by its publication date.

    Of one that is longer than any sentence only the beginning is read.
    """
    found = find_dates(sentence.of(document.text)[:_LONGEST_SENTENCE], document.published, document.language)
    return [
        replace(
            expression,
            span=Span(expression.span.start + sentence.start, expression.span.end + sentence.start),
        )
        for expression in found
    ]


DateRow = tuple[int, int, int, str, str, int, str, bool]
"""Where a sentence starts, where its date stands, the first and last day, how many, the grain, whether sure."""


def date_rows(document: Document, passage: Passage) -> tuple[DateRow, ...]:
    """The dates of a passage's sentences, as they are kept. An open end is the first or last day there is.

    None are kept of what stands behind the first million characters of a document.
    """
    near = (sentence for sentence in passage.sentences if sentence.start < MOST_READ)
    return tuple(_rows(document, near))


def _rows(document: Document, sentences: Iterable[Span]) -> Iterator[DateRow]:
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
