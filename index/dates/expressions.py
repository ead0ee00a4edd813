"""What the date finder returns: intervals of calendar days, and the words that name them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.document import Span


class Grain(StrEnum):
    """How precise an expression is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


@dataclass(frozen=True, slots=True)
class Interval:
    """Calendar days from `start` to `end`, both inclusive; None is an open end."""

    start: date | None
    end: date | None

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share a day."""
        starts = [day for day in (self.start, other.start) if day]
        ends = [day for day in (self.end, other.end) if day]
        return not starts or not ends or max(starts) <= min(ends)

    def holds(self, other: "Interval") -> bool:
        """Whether every day of the other is one of these."""
        begins = self.start is None or (other.start is not None and other.start >= self.start)
        ends = self.end is None or (other.end is not None and other.end <= self.end)
        return begins and ends


def interval_to_dict(interval: Interval) -> dict[str, str | None]:
    """`{"from", "to"}` in ISO dates; an open end is None."""
    return {
        "from": interval.start.isoformat() if interval.start else None,
        "to": interval.end.isoformat() if interval.end else None,
    }


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words of a text that name a day or a period, and the days that they mean.

    `span` holds offsets in the text that was read. `interval` is the likeliest reading; `readings` holds it
    first, then up to two others. `sure` is false when another reading is possible or the bounds are vague
    ("a mediados de mayo").
    """

    text: str
    span: Span
    interval: Interval
    grain: Grain
    sure: bool
    readings: tuple[Interval, ...]

    def to_dict(self) -> dict[str, object]:
        """The expression as JSON values: text, start, end, from, to, grain, sure, readings."""
        return {
            "text": self.text,
            "start": self.span.start,
            "end": self.span.end,
            **interval_to_dict(self.interval),
            "grain": str(self.grain),
            "sure": self.sure,
            "readings": [interval_to_dict(reading) for reading in self.readings],
        }
