"""Dates in a quote, and how an answer says them in the question's language."""

from datetime import date

from index.dates import DateExpression, Grain, find_dates
from prompts import phrase

# Where the publication day is unknown, dates are still found, but none of them is worked out.
_ANY_DAY = date(2000, 1, 1)


def find_moments(quote: str, document_date: date | None = None) -> list[DateExpression]:
    """The dates in `quote`, read against the publication date; without one their days mean nothing."""
    return find_dates(quote, document_date or _ANY_DAY)


def say_moment(moment: DateExpression, document_date: date | None, language: str) -> str:
    """The date written out in `language`, with its year; its own words where they cannot be worked out."""
    first, last = moment.interval.start, moment.interval.end
    if document_date is None or not moment.sure:
        return moment.text
    if first is None or last is None:
        return _say_open(first, last, language) or moment.text
    if moment.grain is Grain.MONTH and (first.year, first.month) == (last.year, last.month):
        return phrase("month_of_year", language, month=_month(first, language), year=first.year)
    if moment.grain is Grain.YEAR and first.year == last.year:
        return str(first.year)
    if moment.grain is not Grain.DAY:
        return moment.text
    if first == last:
        return say_day(first, language)
    return phrase("days", language, first=say_day(first, language), last=say_day(last, language))


def _say_open(first: date | None, last: date | None, language: str) -> str:
    if first is not None:
        return phrase("since", language, day=say_day(first, language))
    return phrase("until", language, day=say_day(last, language)) if last is not None else ""


def say_day(day: date, language: str) -> str:
    """The day written out: “16 de enero de 2026”, “January 16, 2026”."""
    return phrase("day", language, day=day.day, month=_month(day, language), year=day.year)


def _month(day: date, language: str) -> str:
    return phrase("months", language).split()[day.month - 1]
