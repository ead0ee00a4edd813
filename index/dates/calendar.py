"""Calendar arithmetic: units of time, weeks, Easter, holidays and seasons. Weeks begin on Monday."""

from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import Enum

from index.dates.expressions import Grain, Interval
from index.dates.world_days import FIXED_DAYS


class Unit(Enum):
    """A unit of time. The value is its length: (months, days), one of the two zero."""

    HOUR = (0, 0)
    DAY = (0, 1)
    WEEKEND = (0, 2)
    WEEK = (0, 7)
    FORTNIGHT = (0, 15)
    MONTH = (1, 0)
    BIMESTER = (2, 0)
    QUARTER = (3, 0)
    FOUR_MONTHS = (4, 0)
    HALF_YEAR = (6, 0)
    YEAR = (12, 0)
    DECADE = (120, 0)
    CENTURY = (1200, 0)


GRAINS = {
    Unit.DAY: Grain.DAY,
    Unit.WEEKEND: Grain.DAY,
    Unit.WEEK: Grain.WEEK,
    Unit.FORTNIGHT: Grain.WEEK,
    Unit.MONTH: Grain.MONTH,
    Unit.BIMESTER: Grain.MONTH,
    Unit.QUARTER: Grain.QUARTER,
    Unit.FOUR_MONTHS: Grain.QUARTER,
    Unit.HALF_YEAR: Grain.QUARTER,
    Unit.YEAR: Grain.YEAR,
    Unit.DECADE: Grain.DECADE,
    Unit.CENTURY: Grain.CENTURY,
}


class Season(Enum):
    """A season. The value is the month and day on which it usually begins north of the equator."""

    SPRING = (3, 21)
    SUMMER = (6, 21)
    AUTUMN = (9, 24)
    WINTER = (12, 21)


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when the calendar has no such day."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def add_days(day: date, count: int) -> date | None:
    """`day` moved by `count` days, or None beyond the calendar."""
    ordinal = day.toordinal() + count
    return date.fromordinal(ordinal) if date.min.toordinal() <= ordinal <= date.max.toordinal() else None


def add_months(day: date, count: int) -> date | None:
    """`day` moved by `count` months; the 31st becomes the last day of a shorter month."""
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not MINYEAR <= years <= MAXYEAR:
        return None
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def add_units(day: date, unit: Unit, count: int) -> date | None:
    """`day` moved by `count` units; None beyond the calendar."""
    months, days = unit.value
    return add_months(day, months * count) if months else add_days(day, days * count)


def month_interval(year: int, month: int, months: int = 1) -> Interval | None:
    """`months` whole months from the first of `month`."""
    first = make_date(year, month, 1)
    after = add_months(first, months) if first else None
    return Interval(first, after - timedelta(1)) if first and after else None


def years_interval(first: int, count: int = 1) -> Interval | None:
    """`count` whole years from 1 January of `first`."""
    start, end = make_date(first, 1, 1), make_date(first + count - 1, 12, 31)
    return Interval(start, end) if start and end else None


def monday_of(day: date) -> date:
    """The Monday of the week of `day`."""
    return date.fromordinal(max(1, day.toordinal() - day.weekday()))


def days_interval(start: date | None, count: int) -> Interval | None:
    """`count` days from `start`."""
    end = add_days(start, count - 1) if start else None
    return Interval(start, end) if start and end else None


def unit_interval(unit: Unit, day: date) -> Interval | None:
    """The whole unit (week, month, quarter…) that holds `day`."""
    months, days = unit.value
    if unit is Unit.FORTNIGHT:
        last = monthrange(day.year, day.month)[1]
        first, end = (1, 15) if day.day <= 15 else (16, last)
        return Interval(day.replace(day=first), day.replace(day=end))
    if unit is Unit.WEEKEND:
        return days_interval(add_days(monday_of(day), 5), 2)
    if days:
        return days_interval(monday_of(day) if unit is Unit.WEEK else day, days)
    if months >= 12:
        years = months // 12
        return years_interval(max(1, day.year - day.year % years), years)
    return month_interval(day.year, (day.month - 1) // months * months + 1, months) if months else None


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leap, non_leap = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * non_leap + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + week - 7 * ((golden + 11 * moon + 22 * week) // 451) + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth `weekday` (0 is Monday) of a month; -1 is the last."""
    first, length = monthrange(year, month)
    day = 1 + (weekday - first) % 7 + 7 * (nth - 1)
    if nth < 0:
        last = date(year, month, length)
        day = length - (last.weekday() - weekday) % 7
    return make_date(year, month, day)


def _fixed(month: int, day: int) -> Callable[[int], Interval | None]:
    return lambda year: days_interval(make_date(year, month, day), 1)


def _nth(month: int, weekday: int, nth: int, after: int = 0) -> Callable[[int], Interval | None]:
    def days(year: int) -> Interval | None:
        day = nth_weekday(year, month, weekday, nth)
        return days_interval(add_days(day, after) if day else None, 1)

    return days


def _from_easter(offset: int, count: int = 1) -> Callable[[int], Interval | None]:
    return lambda year: days_interval(add_days(easter(year), offset), count)


HOLIDAYS: dict[str, Callable[[int], Interval | None]] = {
    "new year": _fixed(1, 1),
    "new year's eve": _fixed(12, 31),
    "epiphany": _fixed(1, 6),
    "candlemas": _fixed(2, 2),
    "valentine": _fixed(2, 14),
    "women": _fixed(3, 8),
    "st patrick": _fixed(3, 17),
    "april fools": _fixed(4, 1),
    "labour": _fixed(5, 1),
    "us independence": _fixed(7, 4),
    "hispanic": _fixed(10, 12),
    "halloween": _fixed(10, 31),
    "all saints": _fixed(11, 1),
    "dead": _fixed(11, 2),
    "christmas eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "holy innocents": _fixed(12, 28),
    "father": _nth(6, 6, 3),
    "thanksgiving": _nth(11, 3, 4),
    "black friday": _nth(11, 3, 4, after=1),
    "carnival": _from_easter(-48, 2),
    "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7),
    "holy week": _from_easter(-7, 8),
    "maundy thursday": _from_easter(-3),
    "good friday": _from_easter(-2),
    "holy saturday": _from_easter(-1),
    "easter": _from_easter(0),
    "easter monday": _from_easter(1),
    "corpus christi": _from_easter(60),
    "cooperatives": _nth(7, 5, 1),
    **{name: _fixed(month, day) for name, (month, day) in FIXED_DAYS.items()},
}


def season_interval(season: Season, year: int) -> Interval | None:
    """The northern season that begins in `year`."""
    seasons = list(Season)
    following = seasons[(seasons.index(season) + 1) % len(seasons)]
    start = make_date(year, *season.value)
    after = make_date(year + (season is Season.WINTER), *following.value)
    return Interval(start, after - timedelta(1)) if start and after else None
