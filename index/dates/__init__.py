"""Temporal expressions: finding them in a text, resolving them to calendar days, writing days in words."""

from index.dates.expressions import DateExpression, Grain, Interval
from index.dates.finder import find_dates
from index.dates.wording import format_date, month_names

__all__ = ["DateExpression", "Grain", "Interval", "find_dates", "format_date", "month_names"]
