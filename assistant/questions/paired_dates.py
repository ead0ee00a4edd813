"""Two dates named together, of which one may say what it shares with the other: “el 5 y el 12 de enero”."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from assistant.questions.question_dates import published_days
from index.dates import DateExpression, Grain, Interval, find_dates, month_names
from index.dates.choose import Partial, complete
from index.document import Span

_NUMBER = r"(?<![\w.,:/-])(?:0?[1-9]|[12]\d|3[01])(?:º|er|st|nd|rd|th)?(?![\w%/:-]|[.,]\d)"
_OF = r"(?:de\s+|d[’']|of\s+)?"
# A number by itself is a day only where no noun follows that it counts.
_ALONE = (
    r"(?=\W*$|\s*,|\s+(?:y|e|and|et|a|al|con|frente|contra|versus|vs|with|to|against|com|avec|de|sobre|en|respecto|"
    r"acerca|ante|on|about|in|over|regarding|em|sur|dans)\b)"
)
# Two dates after “between” are the ends of a range, and here they are two days: “in” leaves them apart.
_BETWEEN = re.compile(r"\b(?:entre|between)\b", re.IGNORECASE)
_IN = {"entre": "en   ", "between": "in     "}


@dataclass(frozen=True, slots=True)
class NamedDays:
    """Words of a question that name days, by where they stand, and the days."""

    span: Span
    interval: Interval
    grain: Grain


@dataclass(frozen=True, slots=True)
class _Written:
    """A date written as a number and a month, as far as its words say it."""

    span: Span
    partial: Partial


def paired_dates(
    text: str, language: str, as_of: date, newest: date | None = None
) -> tuple[NamedDays, NamedDays] | None:
    """The two dates of a text in order, as seen from `as_of`; None if it has fewer or more, or one to come.

    Each lends the other its month and year. Dates without year are next to each other, one of them the last that
    is not after `newest`, the day of the newest document, if that is known, nor in the future.
    """
    named = _named_days(text, language, as_of, min(as_of, newest or as_of))
    if len(named) != 2 or any(each.interval.start is None or each.interval.start > as_of for each in named):
        return None
    one, other = sorted(named, key=lambda each: each.span.start)
    return one, other


def _named_days(text: str, language: str, as_of: date, newest: date) -> list[NamedDays]:
    """All dates of a text: those of numbers and months, and what else the grammar of dates finds."""
    unbound = _BETWEEN.sub(lambda between: _IN[between[0].lower()], text)
    found = find_dates(unbound, as_of, language)
    read = _written(unbound, language)
    # What is found over two dates is a range, and says nothing of either.
    apart = [e for e in found if sum(e.span.overlaps(date_.span) for date_ in read) == 1]
    kept = [date_ for date_ in read if not any(_says_more(other, date_) for other in apart)]
    rest = [e for e in found if not any(e.span.overlaps(date_.span) for date_ in kept)]
    written = _completed([_with_its_words(date_, apart) for date_ in kept], as_of, newest)
    return [*written, *(_named(expression, as_of) for expression in rest)]


def _written(text: str, language: str) -> list[_Written]:
    """The dates of numbers and months; none if no month is named."""
    months = month_names(language)
    if not months:
        return []
    # Python's patterns take “ſ” for an s and “ı” for an i where case is ignored, and those spell no month.
    matches = (m for m in _pattern(months).finditer(text) if (m["month"] or months[0]).lower() in months)
    written = [_read(match, months) for match in matches]
    return written if any(date_.partial.month for date_ in written) else []


@cache
def _pattern(months: tuple[str, ...]) -> re.Pattern[str]:
    month = rf"\b(?P<month>{'|'.join(months)})\b"
    year = r"(?:,?\s+(?:de\s+|del\s+|of\s+)?(?P<year>(?:19|20)\d\d)\b)?"
    dated = rf"(?:(?P<before>{_NUMBER})\s+{_OF})?{month}(?:\s+(?P<after>{_NUMBER}))?{year}"
    return re.compile(rf"{dated}|(?P<alone>{_NUMBER}){_ALONE}", re.IGNORECASE)


def _read(match: re.Match[str], months: tuple[str, ...]) -> _Written:
    day = match["before"] or match["after"] or match["alone"]
    partial = Partial(
        year=int(match["year"]) if match["year"] else None,
        month=months.index(match["month"].lower()) + 1 if match["month"] else None,
        day=int(re.sub(r"\D", "", day)) if day else None,
    )
    return _Written(Span(match.start(), match.end()), partial)


def _with_its_words(written: _Written, found: list[DateExpression]) -> _Written:
    """With the weekday and the article before it, which the grammar of dates reads as one with it."""
    same = [e for e in found if e.span.overlaps(written.span) and e.grain is _grain(written.partial)]
    starts = [written.span.start, *(expression.span.start for expression in same)]
    return replace(written, span=Span(min(starts), written.span.end))


def _says_more(expression: DateExpression, written: _Written) -> bool:
    """Whether the words are of another period: “la primera semana de enero”."""
    return expression.span.holds(written.span) and expression.grain is not _grain(written.partial)


def _grain(partial: Partial) -> Grain:
    return Grain.MONTH if partial.day is None else Grain.DAY


def _completed(written: list[_Written], as_of: date, newest: date) -> list[NamedDays]:
    """The dates with what each lends the other, and their years."""
    partials = [date_.partial for date_ in written]
    if len(partials) == 2:
        one, other = partials
        partials = _near_each_other([_lent(one, other), _lent(other, one)], as_of, newest)
    said = [_last(partial, newest) for partial in partials]
    named = zip(written, said, strict=True)
    return [NamedDays(w.span, days, _grain(p)) for w, p in named if (days := complete(p)) is not None]


def _lent(borrower: Partial, lender: Partial) -> Partial:
    return replace(
        borrower,
        month=lender.month if borrower.month is None else borrower.month,
        year=lender.year if borrower.year is None else borrower.year,
    )


def _near_each_other(partials: list[Partial], as_of: date, newest: date) -> list[Partial]:
    """The dates in years that put them next to each other: “diciembre y enero” are of two years."""
    latest = max((_last(partial, newest) for partial in partials), key=_place)
    return [partial if partial.year else _near(partial, latest, as_of) for partial in partials]


def _near(partial: Partial, other: Partial, as_of: date) -> Partial:
    """The date in the year nearest to the other, and not in the future unless it is of the same month."""
    if partial.month == other.month:
        return replace(partial, year=other.year)
    of_years = [replace(partial, year=(other.year or as_of.year) + shift) for shift in (-1, 0, 1)]
    past = [each for each in of_years if _place(each) <= (as_of.year, as_of.month, as_of.day)]
    return min(past, key=lambda each: abs(_months(each) - _months(other)))


def _last(partial: Partial, newest: date) -> Partial:
    """The date, of the last year that it was in if it says none."""
    if partial.year is not None:
        return partial
    past = (partial.month or 1, partial.day or 1) <= (newest.month, newest.day)
    return replace(partial, year=newest.year if past else newest.year - 1)


def _place(partial: Partial) -> tuple[int, int, int]:
    return partial.year or 0, partial.month or 1, partial.day or 1


def _months(partial: Partial) -> int:
    year, month, _ = _place(partial)
    return year * 12 + month


def _named(expression: DateExpression, as_of: date) -> NamedDays:
    return NamedDays(expression.span, published_days(expression, as_of), expression.grain)
