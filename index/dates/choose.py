"""Which occurrence of a date without a year is meant: the past one, the coming one, or the nearest."""

from dataclasses import dataclass, replace
from datetime import date

from index.dates.calendar import add_days, add_months, make_date, month_interval
from index.dates.expressions import Interval
from index.dates.shapes import Partial
from index.dates.tense import UNKNOWN, Leaning, Tense

_FAR = 250
_NEAR = 62
# Of an occurrence as near as this the press thinks even where the verb says otherwise, which is then of another day:
# “pusieron el 30 de abril como plazo”, “teníamos previsto lanzar la programación el 14 de abril”.
_AT_HAND = 31
_CLOSE_VERB = 8
_BESIDE = 4
_LEAP_CYCLE = 8


@dataclass(frozen=True, slots=True)
class Context:
    """What resolution rests on.

    `antecedent` is the last day of the date before it in the text, and `month` that date if it is a month.
    """

    reference: date
    leaning: Leaning
    antecedent: date | None = None
    month: Interval | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The readings of a date, the likeliest first, and whether the first is the only likely one."""

    readings: tuple[Interval, ...]
    sure: bool


def without_guess(context: Context) -> Context:
    """The context with no tense where none was told: a date with its month is the nearest one."""
    return replace(context, leaning=UNKNOWN) if context.leaning.guessed else context


def single_day(day: date) -> Interval:
    """The interval of one day."""
    return Interval(day, day)


def complete(partial: Partial) -> Interval | None:
    """The interval of a date that has its year."""
    if partial.year is None:
        return None
    if partial.month is None:
        first, last = make_date(partial.year, 1, 1), make_date(partial.year, 12, 31)
        return Interval(first, last) if first and last else None
    if partial.day is None:
        return month_interval(partial.year, partial.month)
    if partial.day < 0:
        month = month_interval(partial.year, partial.month)
        return single_day(month.end) if month and month.end else None
    day = make_date(partial.year, partial.month, partial.day)
    return single_day(day) if day else None


def occurrences(partial: Partial, around: date) -> list[Interval]:
    """The occurrences of an incomplete date around a day, in order."""
    if partial.year is not None:
        whole = complete(partial)
        return [whole] if whole else []
    if partial.month is not None:
        return _yearly(partial, around)
    if partial.day is not None:
        return _monthly(partial.day, partial.weekday, around)
    if partial.weekday is None:
        return []
    offset = (partial.weekday - around.weekday()) % 7
    days = [add_days(around, offset + 7 * week) for week in (-2, -1, 0, 1, 2)]
    return [single_day(day) for day in days if day]


def _yearly(partial: Partial, around: date) -> list[Interval]:
    reach = _LEAP_CYCLE if (partial.month, partial.day) == (2, 29) else 2
    years = range(around.year - reach, around.year + reach + 1)
    found = [complete(replace(partial, year=year)) for year in years]
    every = [interval for interval in found if interval]
    if partial.weekday is None:
        return every
    near = [i for i in every if i.start and abs(i.start.year - around.year) <= 1]
    return [i for i in near if i.start and i.start.weekday() == partial.weekday] or every


def _monthly(day: int, weekday: int | None, around: date) -> list[Interval]:
    first = around.replace(day=1)
    months = [add_months(first, count) for count in range(-14, 15)]
    days = [make_date(month.year, month.month, day) for month in months if month]
    return [single_day(day) for day in days if day and weekday in (None, day.weekday())]


def gap(interval: Interval, day: date) -> int:
    """The days between an interval and a day; 0 when it holds the day."""
    if interval.start and interval.start > day:
        return (interval.start - day).days
    if interval.end and interval.end < day:
        return (day - interval.end).days
    return 0


def choose(found: list[Interval], context: Context, side: int | None, weekday: bool = False) -> Choice | None:
    """Pick among occurrences by what is said ("pasado", "próximo"), else by tense, else by nearness."""
    day = context.reference
    earlier = [i for i in found if i.end and i.end < day]
    later = [i for i in found if i.start and i.start > day]
    now = [i for i in found if gap(i, day) == 0]
    if side == -1:
        return _of(earlier[-1:], True)
    if side == 1:
        return _coming(later, day) if weekday else _of(later[:1], True)
    if side == 0 and not weekday:
        same = [i for i in found if i.start and i.start.year == day.year] or found
        return _of(sorted(same, key=lambda interval: gap(interval, day))[:1], True)
    if weekday:
        return _by_week(earlier, now, later, context, side)
    return _by_tense(earlier, now, later, context)


def or_of_month(partial: Partial, month: Interval | None, choice: Choice | None) -> Choice | None:
    """The choice, unsure if a day without its month may be of the one named before it.

    “La renta de julio se pagó el día 4” may speak of July.
    """
    start = month.start if month else None
    if choice is None or start is None or partial.day is None or partial.month is not None:
        return choice
    if month != month_interval(start.year, start.month):
        return choice
    day = make_date(start.year, start.month, partial.day)
    if day is None or single_day(day) == choice.readings[0] or partial.weekday not in (None, day.weekday()):
        return choice
    return _of([choice.readings[0], single_day(day), *choice.readings[1:]], False)


def _of(readings: list[Interval], sure: bool) -> Choice | None:
    unique = tuple(dict.fromkeys(readings))[: 1 if sure else None]
    return Choice(unique, len(unique) == 1) if unique else None


def _coming(later: list[Interval], day: date) -> Choice | None:
    """ "El próximo viernes": the coming one; said early in the week, perhaps the one of next week."""
    same_week = [i for i in later[:1] if i.start and i.start.isocalendar()[:2] == day.isocalendar()[:2]]
    return _of(later[:2], False) if same_week else _of(later[:1], True)


def _by_week(
    earlier: list[Interval], now: list[Interval], later: list[Interval], context: Context, side: int | None
) -> Choice | None:
    tense = context.leaning.tense
    if context.leaning.guessed:
        coming = [*now, *later[:1]] if side == 0 else [*later[:1], *now]
        readings = [*coming, *earlier[-1:]]
        return _of(readings[::-1] if tense is Tense.PAST else readings, False)
    if tense is Tense.PAST:
        return _of((now or earlier[-1:])[:1], True)
    if side == 0:
        return _of((now or later[:1])[:1], True)
    if tense is Tense.FUTURE:
        return _of([*now, *later[:1]], not now)
    if context.leaning == UNKNOWN:
        return _of([*(now or earlier[-1:]), *later[:1]], False)
    return _of([*later[:1], *(now or earlier[-1:])], False)


def _by_tense(
    earlier: list[Interval], now: list[Interval], later: list[Interval], context: Context
) -> Choice | None:
    day, leaning = context.reference, context.leaning
    before, after = [*earlier, *now][-1:], [*now, *later][:1]
    # Not a set, whose order would differ from run to run: of two equally near, the earlier comes first.
    nearest = sorted(dict.fromkeys([*before, *after]), key=lambda interval: gap(interval, day))
    if not nearest:
        return None
    told = before if leaning.tense is Tense.PAST else after if leaning.tense is Tense.FUTURE else []
    if leaning.guessed:
        return _of([*told, *nearest], False)
    away = gap(nearest[0], day) if gap(nearest[-1], day) >= _FAR else _FAR
    if not told:
        return _of(nearest, away <= _NEAR)
    if told[0] == nearest[0]:
        return _of(told, True)
    beside = leaning.distance <= _BESIDE
    if away <= _AT_HAND:
        return _of(nearest, not beside)
    if away <= _NEAR:
        return _of([*told, *nearest] if beside else nearest, False)
    return _of([*told, *nearest], leaning.distance <= _CLOSE_VERB)
