"""Days, periods and units of the calendar, and the feasts and seasons of a year. Weeks begin on Monday."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import Enum, StrEnum

from dateutil.easter import easter

from index.document import Span

_THURSDAY = 3
_SATURDAY = 5


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


class Unit(Enum):
    """A unit of time: its length in months or in days, one of the two zero, and the grain of what it names."""

    HOUR = (0, 0, Grain.DAY)
    DAY = (0, 1, Grain.DAY)
    WORKDAY = (0, 1, Grain.DAY, "monday to friday")
    WEEKEND = (0, 2, Grain.DAY)
    WEEK = (0, 7, Grain.WEEK)
    FORTNIGHT = (0, 15, Grain.WEEK)
    MONTH = (1, 0, Grain.MONTH)
    BIMESTER = (2, 0, Grain.MONTH)
    QUARTER = (3, 0, Grain.QUARTER)
    FOUR_MONTHS = (4, 0, Grain.QUARTER)
    HALF_YEAR = (6, 0, Grain.QUARTER)
    YEAR = (12, 0, Grain.YEAR)
    DECADE = (120, 0, Grain.DECADE)
    CENTURY = (1200, 0, Grain.CENTURY)

    def __init__(self, months: int, days: int, grain: Grain, _days_of_week: str = "") -> None:
        self.months = months
        self.days = days
        self.grain = grain


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when the calendar has no such day; day -1 is the last of its month."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12):
        return None
    length = monthrange(year, month)[1]
    return date(year, month, length if day == -1 else day) if day == -1 or 1 <= day <= length else None


def add_days(day: date, count: int) -> date | None:
    """`day` moved by `count` days, or None beyond the calendar."""
    ordinal = day.toordinal() + count
    return date.fromordinal(ordinal) if date.min.toordinal() <= ordinal <= date.max.toordinal() else None


def add_months(day: date, count: int) -> date | None:
    """`day` moved by `count` months; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_units(day: date, unit: Unit, count: int) -> date | None:
    """`day` moved by `count` units; None beyond the calendar."""
    if unit is Unit.WORKDAY:
        return _add_workdays(day, count)
    return add_months(day, unit.months * count) if unit.months else add_days(day, unit.days * count)


def _add_workdays(day: date, count: int) -> date | None:
    """`day` moved by days from Monday to Friday; feasts differ from town to town, and count."""
    weekday = min(day.weekday(), _SATURDAY - (count > 0))
    weeks, rest = divmod(weekday + count, 5)
    return add_days(day, 7 * weeks + rest - day.weekday())


def days_from(start: date | None, count: int) -> Interval | None:
    """`count` days from `start`."""
    end = add_days(start, count - 1) if start else None
    return Interval(start, end) if start and end else None


def months_from(start: date | None, count: int) -> Interval | None:
    """`count` months from `start`."""
    after = add_months(start, count) if start else None
    return Interval(start, after - timedelta(1)) if start and after else None


def year_days(year: int, count: int = 1) -> Interval | None:
    """`count` whole years from 1 January of `year`."""
    start, end = make_date(year, 1, 1), make_date(year + count - 1, 12, 31)
    return Interval(start, end) if start and end else None


def monday_of(day: date) -> date:
    """The Monday of the week of `day`."""
    return date.fromordinal(max(1, day.toordinal() - day.weekday()))


def unit_around(unit: Unit, day: date) -> Interval | None:
    """The whole unit (week, month, quarter…) that holds `day`; of a weekend, that of its week."""
    if unit is Unit.FORTNIGHT:
        return fortnight(day, 1 if day.day <= 15 else 2)
    if unit is Unit.WEEKEND:
        return days_from(add_days(monday_of(day), _SATURDAY), unit.days)
    if unit.days:
        return days_from(monday_of(day) if unit is Unit.WEEK else day, unit.days)
    years = unit.months // 12
    if years:
        return year_days(max(1, day.year - day.year % years), years)
    first = make_date(day.year, (day.month - 1) // unit.months * unit.months + 1, 1) if unit.months else None
    return months_from(first, unit.months)


def fortnight(day: date, nth: int) -> Interval:
    """The first or second half of a month."""
    last = monthrange(day.year, day.month)[1]
    first, end = (1, 15) if nth == 1 else (16, last)
    return Interval(day.replace(day=first), day.replace(day=end))


def nth_unit(nth: int, unit: Unit, count: int, period: Interval) -> Interval | None:
    """`count` units from the nth of a period; -1 are the last ones, -2 those before them."""
    start, end = period.start, period.end
    if start is None or end is None:
        return None
    if unit is Unit.FORTNIGHT:
        return fortnight(start, nth)
    if unit.months:
        after = add_days(end, 1) or end
        first = (
            add_months(start, unit.months * (nth - 1))
            if nth > 0
            else add_months(after, unit.months * count * nth)
        )
        return months_from(first, unit.months * count)
    if unit in {Unit.DAY, Unit.WORKDAY}:
        return days_from(
            add_units(start, unit, nth - 1) if nth > 0 else add_units(end, unit, 1 + count * nth), count
        )
    monday = add_days(_first_week(start), 7 * (nth - 1)) if nth > 0 else _last_week(end, -nth * count)
    if monday is None or unit is Unit.WEEK:
        return days_from(monday, 7 * count)
    return days_from(add_days(monday, _SATURDAY), 2)


def _first_week(start: date) -> date:
    """The Monday of the first week that has its Thursday in the period, as ISO 8601 counts them."""
    monday = monday_of(start)
    return monday if start.weekday() <= _THURSDAY else add_days(monday, 7) or monday


def _last_week(end: date, count: int) -> date:
    monday = monday_of(end)
    back = 7 * (count - 1) + (0 if end.weekday() >= _THURSDAY else 7)
    return add_days(monday, -back) or monday


def nth_weekday(nth: int, weekday: int, start: date, end: date) -> date | None:
    """The nth `weekday` (0 is Monday) of the days from `start` to `end`; -1 is the last."""
    if nth > 0:
        day = add_days(start, (weekday - start.weekday()) % 7 + 7 * (nth - 1))
    else:
        day = add_days(end, -((end.weekday() - weekday) % 7) + 7 * (nth + 1))
    return day if day and start <= day <= end else None


_FEAST = re.compile(
    r"(?:easter(?P<easter>[+-]\d{1,3})|(?P<month>\d\d)-(?P<day>\d\d)|(?P<of>\d\d)/(?P<weekday>[0-6])#(?P<nth>[1-5]))"
    r"(?P<shift>[+-]\d)?(?:x(?P<count>\d)|\.\.(?P<last>\d\d-\d\d))?"
)


def feast(rule: str, year: int) -> Interval | None:
    """The days of a feast or season in a year, by its rule.

    "12-25" is a date, "11/3#4" the fourth Thursday (0 is Monday) of November, "+1" behind it the day after,
    "easter-7x8" eight days from the Sunday before Easter, "12-21..03-20" the days up to the next 20 March.
    """
    parts = _FEAST.fullmatch(rule)
    if parts is None:
        raise ValueError(f"“{rule}” is no rule of a feast, such as “12-25”, “11/3#4+1” or “easter-7x8”.")
    if not MINYEAR < year < MAXYEAR:
        return None
    first = add_days(_feast_day(parts, year), int(parts["shift"] or 0))
    if parts["last"]:
        month, day = map(int, parts["last"].split("-"))
        ends = (date(year, month, day), date(year + 1, month, day))
        return Interval(first, next(end for end in ends if first and end > first))
    return days_from(first, int(parts["count"] or 1))


def _feast_day(parts: re.Match[str], year: int) -> date:
    if parts["easter"]:
        sunday: date = easter(year)
        return sunday + timedelta(int(parts["easter"]))
    if parts["of"]:
        first = date(year, int(parts["of"]), 1)
        return first + timedelta((int(parts["weekday"]) - first.weekday()) % 7 + 7 * (int(parts["nth"]) - 1))
    return date(year, int(parts["month"]), int(parts["day"]))
