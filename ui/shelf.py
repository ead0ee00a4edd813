"""What the documents panel shows: which of its documents, in which order, and how many there are of each year."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.store.listing import Order, Overview, Wish

PAGE = 50  # rows of the list
_BARS = 48  # years that are drawn one by one; more are put together by decades

Year = Annotated[int | None, Field(ge=1, le=9999)]


class View(BaseModel):
    """What the panel's reader has chosen to see. `page` counts from 1."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["indexed", "skipped", "bin"] = "indexed"
    first: Year = None
    last: Year = None
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
    """A bar of the plot: the years it stands for, their documents, and its height, 0 to 100."""

    first: int
    last: int
    documents: int
    height: float

    @property
    def label(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def read_view(sent: object) -> View:
    """The view that the page asks for; the first one for what cannot be one."""
    try:
        return View.model_validate(sent)
    except ValidationError:
        return View()


def change(**fields: object) -> str:
    """What a control of the panel changes in its view, as the page's script reads it."""
    return json.dumps(fields)


def bars(overview: Overview) -> tuple[Bar, ...]:
    """A bar for each year from the first to the last, those without documents among them."""
    if not overview.years:
        return ()
    first, last = overview.years[0][0], overview.years[-1][0]
    width = 1 if last - first < _BARS else 10
    starts = range(first - first % width, last + 1, width)
    counts = [_within(overview.years, start, start + width - 1) for start in starts]
    most = max(counts)
    return tuple(
        Bar(start, start + width - 1, count, round(100 * count / most, 1))
        for start, count in zip(starts, counts, strict=True)
    )


def _within(years: Sequence[tuple[int, int]], first: int, last: int) -> int:
    return sum(count for year, count in years if first <= year <= last)
