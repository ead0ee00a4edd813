"""Temporal expressions: finding them in a text and resolving them to calendar days."""

from index.dates.expressions import DateExpression, Grain, Interval
from index.dates.finder import find_dates

__all__ = ["DateExpression", "Grain", "Interval", "find_dates"]
