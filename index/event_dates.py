"""The dates of sentences: found once at indexing, kept so that the store can ask for a day, and read back."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from index.dates import DateExpression, Grain, Interval, find_dates
from index.document import Document, Span
from index.text.passages import Passage

VERSION = "8"
# Characters. Dense in dates, a text costs 30 µs a character in the server's own process: 30 s a document at most.
MOST_READ = 1_000_000
_LONGEST_SENTENCE = 10_000

DateRow = tuple[int, int, int, str, str, int, str, bool, str]
"""Where a sentence starts, where its date stands, the first and last day, how many, the grain, whether sure, and the
days of its other readings, "2026-01-16/2026-01-18 2025-12-16/2025-12-18"."""


def dates_within(document: Document, span: Span) -> list[DateExpression]:
    """The dates that stand within `span` of a stored document, as they were read at indexing, in their order.

    Of a document that comes from no store they are found.
    """
    if document.dates is None:
        return dates_of_sentence(document, span)
    first = bisect_left(document.dates, span.start, key=lambda row: row[1])
    last = bisect_left(document.dates, span.end, key=lambda row: row[1])
    return [_expression(document, row) for row in document.dates[first:last] if row[2] <= span.end]


def dates_of_sentence(document: Document, sentence: Span) -> list[DateExpression]:
    """The dates that a sentence speaks of, with offsets in the document, resolved by its publication date.

    Of one that is longer than any sentence only the beginning is read.
    """
    dates = find_dates(sentence.of(document.text)[:_LONGEST_SENTENCE], document.published, document.language)
    return [
        replace(
            expression,
            span=Span(expression.span.start + sentence.start, expression.span.end + sentence.start),
        )
        for expression in dates
    ]


def date_rows(document: Document, passage: Passage) -> tuple[DateRow, ...]:
    """The dates of a passage's sentences, as they are kept. An open end is the first or last day there is.

    None are kept of what stands behind the first million characters of a document.
    """
    near = (sentence for sentence in passage.sentences if sentence.start < MOST_READ)
    return tuple(_rows(document, near))


def _rows(document: Document, sentences: Iterable[Span]) -> Iterator[DateRow]:
    for sentence in sentences:
        for expression in dates_of_sentence(document, sentence):
            first, last = _days(expression.interval)
            yield (
                sentence.start,
                expression.span.start,
                expression.span.end,
                first.isoformat(),
                last.isoformat(),
                (last - first).days + 1,
                expression.grain,
                expression.sure,
                " ".join("/".join(map(str, _days(reading))) for reading in expression.readings[1:]),
            )


def _days(interval: Interval) -> tuple[date, date]:
    return interval.start or date.min, interval.end or date.max


def _expression(document: Document, row: DateRow) -> DateExpression:
    _, start, end, first, last, _, grain, sure, others = row
    span = Span(start, end)
    readings = (_interval(first, last), *(_interval(*other.split("/")) for other in others.split()))
    return DateExpression(span.of(document.text), span, readings[0], Grain(grain), bool(sure), readings)


def _interval(first: str, last: str) -> Interval:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return Interval(None if start == date.min else start, None if end == date.max else end)
