"""Dates in a quote, and how an answer says them in the question's language."""

from datetime import date

from index.dates import DateExpression, Grain, Interval, find_dates, format_date

# Where the publication day is unknown, dates are still found, but none of them is worked out.
_ANY_DAY = date(2000, 1, 1)


def undated_moments(quote: str) -> list[DateExpression]:
    """The dates in words that no publication day goes with; where they lack a year, their days mean nothing."""
    return find_dates(quote, _ANY_DAY)


def say_moment(moment: DateExpression, document_date: date | None, language: str) -> str:
    """The date written out in `language`, with its year; its own words where they cannot be worked out."""
    if document_date is None or not moment.sure:
        return moment.text
    return format_date(moment.interval, moment.grain, language)


def say_day(day: date, language: str) -> str:
    """The day written out: “16 de enero de 2026”, “January 16, 2026”."""
    return format_date(Interval(day, day), Grain.DAY, language)
