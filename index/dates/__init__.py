"""Temporal expressions: finding them in a text, resolving them to calendar days, writing days in words."""

from index.dates.calendar import DateExpression, Grain, Interval, interval_to_dict
from index.dates.finder import find_dates
from index.dates.wording import format_date, month_names

__all__ = [
    "DateExpression",
    "Grain",
    "Interval",
    "find_dates",
    "format_date",
    "interval_to_dict",
    "month_names",
]
