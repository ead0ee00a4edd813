"""The part of a resolved period that a shape asks for: its second week, its middle, its Friday."""

from dataclasses import replace
from datetime import date, timedelta

from index.dates.calendar import (
    GRAINS,
    Unit,
    add_days,
    add_months,
    days_interval,
    monday_of,
    nth_weekday,
    unit_interval,
)
from index.dates.choose import complete, single_day
from index.dates.expressions import Grain, Interval
from index.dates.shapes import MonthOf, Nth, NthWeekday, Part, Portion, Shape, WeekdayOf, WeekOf

PartShape = Nth | NthWeekday | Part | WeekOf | WeekdayOf | MonthOf

_THURSDAY = 3
_THIRDS = (Portion.START, Portion.MIDDLE, Portion.END)
_BY_REFERENCE = {Portion.REST, Portion.ELAPSED}
_FINER = {
    Grain.CENTURY: Grain.DECADE,
    Grain.DECADE: Grain.YEAR,
    Grain.YEAR: Grain.QUARTER,
    Grain.QUARTER: Grain.MONTH,
    Grain.MONTH: Grain.WEEK,
    Grain.WEEK: Grain.DAY,
    Grain.DAY: Grain.DAY,
}


def period_of(shape: PartShape) -> Shape:
    """The shape of the period that a part belongs to."""
    match shape:
        case Nth(within=None):
            raise ValueError("an ordinal without a period has none")
        case Nth(within=period) | NthWeekday(within=period) | Part(within=period):
            assert period is not None
            return period
        case WeekOf(day):
            return day
        case WeekdayOf(week=week):
            return week
        case MonthOf(period=period):
            return period


def grain_of(shape: PartShape, grain: Grain) -> Grain:
    """The grain of a part of a period of that grain."""
    match shape:
        case Nth(unit=unit):
            return GRAINS[unit]
        case Part(portion):
            return grain if portion in _BY_REFERENCE else _FINER[grain]
        case WeekOf():
            return Grain.WEEK
        case MonthOf(partial):
            return Grain.MONTH if partial.day is None else Grain.DAY
        case NthWeekday() | WeekdayOf():
            return Grain.DAY


def is_vague(shape: PartShape) -> bool:
    """Whether the bounds of the part are a convention: "a mediados de mayo"."""
    return isinstance(shape, Part) and shape.portion not in _BY_REFERENCE


def part_of(shape: PartShape, period: Interval, grain: Grain, reference: date | None) -> Interval | None:
    """The days of the part, or None when the period has no such part."""
    if period.start is None or period.end is None:
        return None
    start, end = period.start, period.end
    match shape:
        case Nth(nth, unit, _, count):
            found = _nth(nth, unit, count, start, end)
            return found if found and found.overlaps(period) else None
        case NthWeekday(nth, weekday):
            return days_interval(nth_weekday(start.year, start.month, weekday, nth), 1)
        case Part(portion):
            return _portion(portion, start, end, grain, reference)
        case WeekOf():
            return unit_interval(Unit.WEEK, start)
        case WeekdayOf(weekday):
            return days_interval(add_days(start, weekday), 1)
        case MonthOf(partial):
            month = start.month if partial.month is None else partial.month
            return complete(replace(partial, year=start.year, month=month))


def _nth(nth: int, unit: Unit, count: int, start: date, end: date) -> Interval | None:
    months, days = unit.value
    if unit is Unit.FORTNIGHT:
        half = date(start.year, start.month, 15)
        return Interval(start, half) if nth == 1 else Interval(half + timedelta(1), end)
    if months:
        return _nth_months(nth, months, count, start, end)
    if unit is Unit.DAY:
        first = add_days(start, nth - 1) if nth > 0 else add_days(end, 1 - count)
        return days_interval(first, count)
    first = _first_week(start) if nth > 0 else _last_week(end, count)
    weeks = 7 * (nth - 1) if nth > 0 else 0
    shift = 5 if unit is Unit.WEEKEND else 0
    return days_interval(add_days(first, weeks + shift), days * count if not shift else 2)


def _nth_months(nth: int, months: int, count: int, start: date, end: date) -> Interval | None:
    after = end + timedelta(1) if end < date.max else end
    first = add_months(start, months * (nth - 1)) if nth > 0 else add_months(after, -months * count)
    last = add_months(first, months * count) if first else None
    return Interval(first, last - timedelta(1)) if first and last else None


def _first_week(start: date) -> date:
    """The Monday of the first week that has its Thursday in the period, as ISO 8601 counts them."""
    monday = monday_of(start)
    return monday if start.weekday() <= _THURSDAY else add_days(monday, 7) or monday


def _last_week(end: date, count: int) -> date:
    monday = monday_of(end)
    back = 7 * (count - 1) + (0 if end.weekday() >= _THURSDAY else 7)
    return add_days(monday, -back) or monday


def _portion(
    portion: Portion, start: date, end: date, grain: Grain, reference: date | None
) -> Interval | None:
    """The start, middle, end or rest of a period: of a year its thirds, of a month 1–15, 10–20 or 16–end.

    Of two months or more that are told as months (“el bimestre”), it is a third of their days.
    """
    if portion is Portion.REST:
        return Interval(reference, end) if reference and start <= reference <= end else Interval(start, end)
    if portion is Portion.ELAPSED:
        return Interval(start, reference) if reference and start <= reference <= end else None
    if grain is Grain.DAY:
        return single_day(start)
    if grain is Grain.MONTH and (start.year, start.month) != (end.year, end.month):
        return _third(portion, start, end)
    if grain is Grain.MONTH:
        days = {Portion.START: (1, 15), Portion.MIDDLE: (10, 20), Portion.END: (16, end.day)}[portion]
        return Interval(start.replace(day=days[0]), start.replace(day=days[1]))
    if grain is Grain.WEEK:
        days = {Portion.START: (0, 2), Portion.MIDDLE: (1, 4), Portion.END: (3, 6)}[portion]
        return Interval(add_days(start, days[0]), add_days(start, days[1]))
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    index = _THIRDS.index(portion)
    first, last = add_months(start, months * index // 3), add_months(start, months * (index + 1) // 3)
    return Interval(first, last - timedelta(1)) if first and last else None


def _third(portion: Portion, start: date, end: date) -> Interval:
    """The start, middle or end of a period as a third of its days."""
    index, days = _THIRDS.index(portion), (end - start).days + 1
    return Interval(start + timedelta(days * index // 3), start + timedelta(days * (index + 1) // 3 - 1))
