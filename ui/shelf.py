"""What the documents panel shows: which of its documents, in which order, and how many there are of when."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.store.listing import Order, Wish

PAGE = 50  # rows of the list
# Bars that a finger can still hit on a phone, and that a year or a decade of each can be read on any other screen.
_MONTHS = 24
_YEARS = 48
_YEAR = 12  # months
_DECADE = 10 * _YEAR


class View(BaseModel):
    """What the panel's reader has chosen to see. `page` counts from 1."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["indexed", "skipped", "bin"] = "indexed"
    first: date | None = None
    last: date | None = None
    language: Annotated[str, Field(pattern="^([a-z]{2,3})?$")] = ""
    order: Order = Order.NEWEST
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1

    def wish(self, words: str) -> Wish:
        """The documents to list, with these words in their title or path."""
        return Wish(words, self.first, self.last, self.language, self.order)

    @property
    def offset(self) -> int:
        return PAGE * (self.page - 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the plot: the month, year or decade from day to day, its documents, and its height, 0 to 100."""

    first: date
    last: date
    documents: int
    height: float

    @property
    def is_month(self) -> bool:
        return self.first.month == self.last.month

    @property
    def years(self) -> str:
        """The year or years that it lies in."""
        return "-".join(dict.fromkeys((str(self.first.year), str(self.last.year))))


def read_view(sent: object) -> View:
    """The view that the page asks for; the first one for what cannot be one."""
    try:
        return View.model_validate(sent)
    except ValidationError:
        return View()


def change(**fields: object) -> str:
    """What a control of the panel changes in its view, as the page's script reads it."""
    return json.dumps(fields, default=str)


def bars(months: Sequence[tuple[date, int]]) -> tuple[Bar, ...]:
    """A bar for each month from the first to the last, or where these are too many for each year or decade.

    Those without documents are among them. `months` are told by their first days, with how many documents they have.
    """
    if not months:
        return ()
    numbers = [(_number(month), count) for month, count in months]
    first, last = numbers[0][0], numbers[-1][0]
    width = _width(last - first + 1)
    starts = range(first - first % width, last + 1, width)
    counts = [sum(count for number, count in numbers if start <= number < start + width) for start in starts]
    most = max(counts)
    return tuple(
        Bar(_first_day(start), _last_day(start + width - 1), count, round(100 * count / most, 1))
        for start, count in zip(starts, counts, strict=True)
    )


def _width(months: int) -> int:
    """How many months a bar stands for."""
    if months <= _MONTHS:
        return 1
    return _YEAR if months <= _YEARS * _YEAR else _DECADE


def _number(day: date) -> int:
    return day.year * _YEAR + day.month - 1


def _first_day(month: int) -> date:
    return date(month // _YEAR, month % _YEAR + 1, 1) if month >= _YEAR else date.min


def _last_day(month: int) -> date:
    return _first_day(month + 1) - timedelta(1) if month < _number(date.max) else date.max
