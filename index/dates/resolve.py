"""What a temporal expression says, as shapes, and the calendar days that they mean by a reference date and a tense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto
from itertools import pairwise
from typing import TypeGuard

from index.dates.calendar import (
    Grain,
    Interval,
    Unit,
    add_days,
    add_months,
    add_units,
    days_from,
    feast,
    nth_unit,
    nth_weekday,
    unit_around,
)
from index.dates.choose import (
    Choice,
    Context,
    Partial,
    Tense,
    choose,
    complete,
    gap,
    occurrences,
    or_of_month,
    single_day,
    without_guess,
)
from index.dates.lexicon import Portion

Steps = tuple[tuple[Unit, int], ...]

_MAX_READINGS = 3
_ORDER = list(Grain)
_BY_REFERENCE = {Portion.REST, Portion.ELAPSED}
_FINER = {grain: finer for finer, grain in pairwise(_ORDER)} | {Grain.DAY: Grain.DAY}


class Bound(Enum):
    """Which side of a date is open."""

    SINCE = auto()
    UNTIL = auto()
    BEFORE = auto()
    AFTER = auto()


@dataclass(frozen=True, slots=True)
class Moved:
    """A distance from the reference or from another date: "ayer", "hace tres meses", "dos días después de Navidad".

    With a `weekday` it goes on to the next one in its direction: "el viernes antes de Navidad".
    """

    steps: Steps
    origin: Shape | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Cycle:
    """A whole unit, counted from the one of the reference: "la semana pasada" is (WEEK, -1).

    With an `origin` it is counted from that date. "Anterior" and "siguiente" by themselves count from the date told
    before, when there is one.
    """

    unit: Unit
    offset: int
    origin: Shape | None = None

    @property
    def is_relative(self) -> bool:
        return isinstance(self.origin, Told)


@dataclass(frozen=True, slots=True)
class Window:
    """A number of units up to or from the reference: "los últimos tres meses" is (MONTH, -3).

    `whole` marks calendar units, "los dos meses pasados", where others are counted to the day.
    """

    unit: Unit
    count: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """A period that needs no reference: a decade, a century."""

    interval: Interval
    grain: Grain


@dataclass(frozen=True, slots=True)
class Named:
    """A feast or a season, by its rule (see calendar.feast)."""

    rule: str
    grain: Grain
    side: int | None = None


@dataclass(frozen=True, slots=True)
class Nth:
    """`count` units from the nth of a period: "la segunda semana"; -1 counts from its end. Of a weekday: its nth."""

    nth: int
    unit: Unit
    count: int = 1
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """ "A mediados", "el resto"."""

    portion: Portion


@dataclass(frozen=True, slots=True)
class UnitOf:
    """The unit that a day is in: "la semana del 5 de mayo"."""

    unit: Unit


Item = Partial | Named | Nth | Part | UnitOf


@dataclass(frozen=True, slots=True)
class Within:
    """What an item is in a period: "el 21 de este mes", "el segundo trimestre"; without a period, of this year."""

    item: Item
    period: Shape | None


@dataclass(frozen=True, slots=True)
class Now:
    """The reference as the end of a period: "ahora"."""


@dataclass(frozen=True, slots=True)
class Told:
    """The date that was told before, in the same text: "tres días después"."""


@dataclass(frozen=True, slots=True)
class Range:
    """From the start of one to the end of the other."""

    first: Shape
    last: Shape


@dataclass(frozen=True, slots=True)
class Open:
    """A period with an open end: "desde marzo"."""

    bound: Bound
    date: Shape


Shape = Partial | Moved | Cycle | Window | Fixed | Named | Within | Now | Told | Range | Open


@dataclass(frozen=True, slots=True)
class Resolution:
    """What an expression means: at most three readings, the likeliest first."""

    readings: tuple[Interval, ...]
    grain: Grain
    sure: bool


def resolve(shape: Shape, context: Context | None) -> Resolution | None:
    """The days that a shape means; None when the calendar has none, or when it needs a context."""
    match shape:
        case Fixed(interval, grain):
            return _one(interval, grain)
        case Partial():
            return _partial(shape, context)
        case Range(first, last):
            return _range(first, last, context)
        case Open(bound, inner):
            return _open(bound, resolve(inner, context))
        case Within(Nth() as item, None):
            return _of_this_year(item, context)
        case Within(item, period):
            return _within(item, resolve(period, context) if period else None, context)
        case Moved(origin=origin) if origin:
            return _away(shape, _edge(origin, resolve(origin, context)))
        case Cycle(origin=origin) if origin and not shape.is_relative:
            return _beside(shape, resolve(origin, context))
    return _relative(shape, context) if context else None


def _relative(shape: Shape, context: Context) -> Resolution | None:
    """What only a reference resolves."""
    match shape:
        case Now():
            return _one(single_day(context.reference), Grain.DAY)
        case Told():
            return _one(single_day(context.antecedent), Grain.DAY) if context.antecedent else None
        case Moved(steps):
            return _moved_from(steps, context.reference)
        case Cycle():
            return _cycle(shape, context)
        case Window():
            return _window(shape, context.reference)
        case Named():
            return _named(shape, context)
    return None


def _one(interval: Interval | None, grain: Grain, sure: bool = True) -> Resolution | None:
    return Resolution((interval,), grain, sure) if interval else None


def _several(readings: Sequence[Interval | None], grain: Grain, sure: bool) -> Resolution | None:
    kept = tuple(dict.fromkeys(reading for reading in readings if reading))
    return Resolution(kept[:_MAX_READINGS], grain, sure and len(kept) == 1) if kept else None


def _chosen(choice: Choice | None, grain: Grain) -> Resolution | None:
    return Resolution(choice.readings[:_MAX_READINGS], grain, choice.sure) if choice else None


def _grain_of(partial: Partial) -> Grain:
    if partial.day is not None or partial.weekday is not None:
        return Grain.DAY
    return Grain.YEAR if partial.month is None else Grain.MONTH


def _partial(partial: Partial, context: Context | None) -> Resolution | None:
    grain = _grain_of(partial)
    if partial.year is not None:
        return _swapped(partial, complete(partial), grain)
    if context is None:
        return None
    if partial.month is not None:
        context = without_guess(context)
    only_weekday = partial.weekday is not None and partial.day is None
    choice = choose(
        occurrences(partial, context.reference), context, partial.side, only_weekday, partial.skips
    )
    return _chosen(or_of_month(partial, context.month, choice), grain)


def _swapped(partial: Partial, whole: Interval | None, grain: Grain) -> Resolution | None:
    """A complete date; one written "3/4/2026" in English may also be read day first."""
    if not (whole and partial.month_first and partial.month and partial.day):
        return _one(whole, grain)
    return _several((whole, complete(replace(partial, month=partial.day, day=partial.month))), grain, True)


def _stepped(day: date | None, steps: Steps) -> date | None:
    for unit, count in steps:
        day = add_units(day, unit, count) if day else None
    return day


def _moved_from(steps: Steps, reference: date) -> Resolution | None:
    """A day; for months and years also the whole month or year, as nobody counts the days."""
    day = _stepped(reference, steps)
    unit = steps[-1][0]
    if day is None or not unit.months:
        return _one(single_day(day) if day else None, Grain.DAY)
    whole = unit_around(unit if unit is Unit.YEAR else Unit.MONTH, day)
    return _several((single_day(day), whole), unit.grain, False)


def _edge(origin: Shape, days: Resolution | None) -> Resolution | None:
    """What is counted from the beginning or the end of a period is so from its first or last day."""
    if days is None or not isinstance(origin, Within) or not isinstance(origin.item, Part):
        return days
    first = days.readings[0]
    edge = {Portion.START: first.start, Portion.END: first.end}.get(origin.item.portion)
    return _one(single_day(edge), Grain.DAY) if edge else days


def _away(moved: Moved, origin: Resolution | None) -> Resolution | None:
    if origin is None:
        return None
    first, is_back = origin.readings[0], moved.steps[0][1] <= 0
    day = _stepped(first.start if is_back else first.end, moved.steps)
    if day and moved.weekday is not None:
        ahead = (moved.weekday - day.weekday()) % 7
        day = add_days(day, -(-ahead % 7) if is_back else ahead)
    unit = moved.steps[-1][0]
    if day and isinstance(moved.origin, Told) and unit.months:
        return _one(unit_around(unit, day), unit.grain, False)  # “un mes antes” is no day
    return _one(single_day(day) if day else None, Grain.DAY, origin.sure)


def _cycle(cycle: Cycle, context: Context) -> Resolution | None:
    unit, offset = cycle.unit, cycle.offset
    base = context.antecedent if cycle.is_relative and context.antecedent else context.reference
    if unit is Unit.WEEKEND and offset == 0 and base.weekday() < 5 and context.leaning.tense is Tense.PAST:
        offset = -1
    return _one(_counted(unit, base, offset), unit.grain, not cycle.is_relative)


def _beside(cycle: Cycle, origin: Resolution | None) -> Resolution | None:
    edge = (origin.readings[0].start if cycle.offset < 0 else origin.readings[0].end) if origin else None
    return (
        _one(_counted(cycle.unit, edge, cycle.offset), cycle.unit.grain, origin.sure)
        if origin and edge
        else None
    )


def _counted(unit: Unit, day: date, offset: int) -> Interval | None:
    """The unit that is so many after the one of a day."""
    whole = unit_around(unit, day)
    step = Unit.WEEK if unit is Unit.WEEKEND else unit
    moved = add_units(whole.start, step, offset) if whole and whole.start else None
    return unit_around(unit, moved) if moved else None


def _window(window: Window, reference: date) -> Resolution | None:
    """Counted to the day from the reference, and in whole weeks, months or years: the likelier one first."""
    unit, count = window.unit, window.count
    far, near = add_units(reference, unit, count), add_units(reference, unit, 1 if count > 0 else -1)
    if far is None or near is None:
        return None
    rolling = Interval(far, reference) if count < 0 else Interval(add_days(reference, 1), far)
    first, last = (unit_around(unit, day) for day in sorted((far, near)))
    if unit in {Unit.DAY, Unit.WORKDAY} or not (first and last):
        return _one(rolling, unit.grain)
    readings = (rolling, Interval(first.start, last.end))
    return _several(readings[::-1] if window.whole or unit is Unit.DECADE else readings, unit.grain, False)


def _open(bound: Bound, inner: Resolution | None) -> Resolution | None:
    if inner is None:
        return None
    kept = tuple(dict.fromkeys(opened for reading in inner.readings if (opened := _opened(bound, reading))))
    return Resolution(kept, inner.grain, inner.sure) if kept else None


def _opened(bound: Bound, interval: Interval) -> Interval | None:
    match bound:
        case Bound.SINCE:
            start, end = interval.start, None
        case Bound.UNTIL:
            start, end = None, interval.end
        case Bound.BEFORE:
            start, end = None, add_days(interval.start, -1) if interval.start else None
        case Bound.AFTER:
            start, end = add_days(interval.end, 1) if interval.end else None, None
    return Interval(start, end) if start or end else None


def _range(first: Shape, last: Shape, context: Context | None) -> Resolution | None:
    """Complete each end from the other: the later year for the first, the next occurrence for the last."""
    if isinstance(last, Now) and context is None:
        return _open(Bound.SINCE, resolve(first, None))
    if isinstance(last, Partial) and last.weekday is not None and last.month and last.side in {0, 1}:
        last = replace(last, side=None)  # “hasta el próximo domingo 20/05” is the next one from the start
    if _lacks_year(first) and _lacks_year(last):
        return _both_open(first, last, context) if context else None
    if _lacks_year(last):
        head = resolve(first, context)
        return (
            _paired(head, head.readings, [_next(last, reading.start) for reading in head.readings])
            if head
            else None
        )
    tail = resolve(last, context)
    if tail is None:
        return None
    if _lacks_year(first):
        return _paired(tail, [_latest(first, reading.start) for reading in tail.readings], tail.readings)
    head = resolve(first, context)
    return _paired(head, head.readings, [tail.readings[0]] * len(head.readings), tail.grain) if head else None


def _lacks_year(shape: Shape) -> TypeGuard[Partial]:
    return isinstance(shape, Partial) and shape.year is None and shape.side is None


def _both_open(first: Partial, last: Partial, context: Context) -> Resolution | None:
    """Both ends lack a year: each occurrence of the first with the next of the last, chosen as one."""
    context = without_guess(context)
    pairs: list[Interval] = []
    for start in occurrences(first, context.reference):
        end = _next(last, start.start)
        if start.start and end and end.end:
            pairs.append(Interval(start.start, end.end))
    return _chosen(choose(pairs, context, None), min(_grain_of(first), _grain_of(last), key=_ORDER.index))


def _next(partial: Partial, start: date | None) -> Interval | None:
    every = occurrences(partial, start) if start else []
    return next((i for i in every if start and i.start and i.start >= start), None)


def _latest(partial: Partial, start: date | None) -> Interval | None:
    every = occurrences(partial, start) if start else []
    return next((i for i in reversed(every) if start and i.start and i.start <= start), None)


def _paired(
    told: Resolution,
    starts: Sequence[Interval | None],
    ends: Sequence[Interval | None],
    grain: Grain | None = None,
) -> Resolution | None:
    """Ranges from each start to its end, as sure as the end that was told."""
    pairs = [
        Interval(start.start, end.end)
        for start, end in zip(starts, ends, strict=True)
        if start and end and start.start and end.end and start.start <= end.end
    ]
    finest = min(told.grain, grain or told.grain, key=_ORDER.index)
    return Resolution(tuple(dict.fromkeys(pairs)), finest, told.sure) if pairs else None


def _named(shape: Named, context: Context) -> Resolution | None:
    """A feast or a season: the occurrence that the context asks for."""
    around = context.reference.year
    every = [days for year in range(around - 2, around + 3) if (days := feast(shape.rule, year))]
    if not every:
        return None
    if shape.grain is not Grain.DAY and shape.side == 0:
        return _one(min(every, key=lambda interval: gap(interval, context.reference)), shape.grain)
    return _chosen(choose(every, context, shape.side or None), shape.grain)


def _of_this_year(item: Nth, context: Context | None) -> Resolution | None:
    """ "El segundo semestre", of no year: of the reference's, or of its neighbour when the tense says so."""
    if context is None:
        return None
    reference, tense = context.reference, context.leaning.tense
    this = resolve(Within(item, Partial(reference.year)), None)
    days = this.readings[0] if this else Interval(None, None)
    if days.start and tense is Tense.PAST and days.start > reference:
        return resolve(Within(item, Partial(reference.year - 1)), None)
    if days.end and tense is Tense.FUTURE and days.end < reference:
        return resolve(Within(item, Partial(reference.year + 1)), None)
    return this


def _within(item: Item, period: Resolution | None, context: Context | None) -> Resolution | None:
    """The item in each reading of the period."""
    if period is None:
        return None
    reference = context.reference if context else None
    parts = [_part_of(item, reading, period.grain, reference) for reading in period.readings]
    kept = tuple(dict.fromkeys(part for part in parts if part))
    is_vague = isinstance(item, Part) and item.portion not in _BY_REFERENCE
    return Resolution(kept, _item_grain(item, period.grain), period.sure and not is_vague) if kept else None


def _item_grain(item: Item, grain: Grain) -> Grain:
    match item:
        case Nth(weekday=weekday, unit=unit):
            return unit.grain if weekday is None else Grain.DAY
        case Part(portion):
            return grain if portion in _BY_REFERENCE else _FINER[grain]
        case UnitOf(unit):
            return unit.grain
        case Named():
            return item.grain
        case Partial():
            return _grain_of(item)


def _part_of(item: Item, period: Interval, grain: Grain, reference: date | None) -> Interval | None:
    """The days of the item, or None when the period has no such part."""
    start, end = period.start, period.end
    if start is None or end is None:
        return None
    match item:
        case Nth(nth, unit, count, weekday):
            by_weekday = None if weekday is None else nth_weekday(nth, weekday, start, end)
            days = nth_unit(nth, unit, count, period) if weekday is None else _day(by_weekday)
            return days if days and days.overlaps(period) else None
        case Part(portion):
            return _portion(portion, start, end, grain, reference)
        case UnitOf(unit):
            return unit_around(unit, start)
        case Named(rule):
            return feast(rule, start.year)
        case Partial(weekday=weekday, day=None, month=None) if weekday is not None:
            return _day(nth_weekday(1, weekday, start, end))
        case Partial(month=month):
            return complete(replace(item, year=start.year, month=start.month if month is None else month))
    return None


def _day(day: date | None) -> Interval | None:
    return single_day(day) if day else None


def _portion(
    portion: Portion, start: date, end: date, grain: Grain, reference: date | None
) -> Interval | None:
    """The start, middle, end or rest of a period: of a year its thirds, of a month 1–15, 10–20 or 16–end.

    Of two months or more that are told as months (“el bimestre”), it is a third of their days.
    """
    if portion in _BY_REFERENCE:
        inside = reference is not None and start <= reference <= end
        if portion is Portion.REST:
            return Interval(reference if inside else start, end)
        return Interval(start, reference) if inside else None
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if grain is Grain.DAY:
        return single_day(start)
    if grain is Grain.WEEK:
        first, last = ((0, 2), (1, 4), (3, 6))[portion]
        return Interval(add_days(start, first), add_days(start, last))
    if grain is Grain.MONTH and months == 1:
        first, last = ((1, 15), (10, 20), (16, end.day))[portion]
        return Interval(start.replace(day=first), start.replace(day=last))
    if grain is Grain.MONTH:
        days = (end - start).days + 1
        return days_from(
            start + timedelta(days * portion // 3), days * (portion + 1) // 3 - days * portion // 3
        )
    opens, after = (add_months(start, months * third // 3) for third in (portion, portion + 1))
    return Interval(opens, after - timedelta(1)) if opens and after else None
