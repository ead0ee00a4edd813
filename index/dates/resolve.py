"""From shapes to calendar days, by a reference date and a tense."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeGuard

from index.dates import periods
from index.dates.calendar import GRAINS, HOLIDAYS, Unit, add_days, add_units, season_interval, unit_interval
from index.dates.choose import (
    Choice,
    Context,
    choose,
    complete,
    gap,
    occurrences,
    or_of_month,
    single_day,
    without_guess,
)
from index.dates.expressions import Grain, Interval
from index.dates.shapes import (
    Away,
    Bound,
    Cycle,
    Fixed,
    Holiday,
    MonthOf,
    Nth,
    NthWeekday,
    Open,
    Part,
    Partial,
    Range,
    SeasonOf,
    Shape,
    Shift,
    WeekdayOf,
    WeekOf,
    Window,
)
from index.dates.tense import Tense

Steps = tuple[tuple[Unit, int], ...]

_MAX_READINGS = 3
_ORDER = list(Grain)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What an expression means: at most three readings, the likeliest first."""

    readings: tuple[Interval, ...]
    grain: Grain
    sure: bool


def _one(interval: Interval | None, grain: Grain, sure: bool = True) -> Resolution | None:
    return Resolution((interval,), grain, sure) if interval else None


def _chosen(choice: Choice | None, grain: Grain) -> Resolution | None:
    return Resolution(choice.readings[:_MAX_READINGS], grain, choice.sure) if choice else None


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
        case Holiday() | SeasonOf():
            return _named(shape, context)
        case Nth() | NthWeekday() | Part() | WeekOf() | WeekdayOf() | MonthOf():
            return _part_of_period(shape, context)
        case Away(steps, origin):
            return _away(steps, origin, context)
        case Shift() | Cycle() | Window():
            return _relative(shape, context) if context else None


def _partial(partial: Partial, context: Context | None) -> Resolution | None:
    grain = Grain.YEAR if partial.month is None and partial.day is None else Grain.MONTH
    grain = Grain.DAY if partial.day is not None or partial.weekday is not None else grain
    if partial.year is not None:
        return _swapped(partial, complete(partial), grain)
    if context is None:
        return None
    if partial.month is not None:
        context = without_guess(context)
    only_weekday = partial.weekday is not None and partial.day is None
    found = occurrences(partial, context.reference)
    choice = choose(found, context, partial.side, only_weekday)
    return _chosen(or_of_month(partial, context.month, choice), grain)


def _swapped(partial: Partial, whole: Interval | None, grain: Grain) -> Resolution | None:
    """A complete date; one written "3/4/2026" in English may also be read day first."""
    if not (whole and partial.month_first and partial.month and partial.day):
        return _one(whole, grain)
    other = complete(replace(partial, month=partial.day, day=partial.month))
    return Resolution((whole, other), grain, False) if other else _one(whole, grain)


def _relative(shape: Shift | Cycle | Window, context: Context) -> Resolution | None:
    match shape:
        case Shift(steps):
            return _shift(steps, context.reference)
        case Cycle(unit, offset, relative):
            return _cycle(unit, offset, relative, context)
        case Window(unit, count, whole):
            return _window(unit, count, whole or unit is Unit.DECADE, context.reference)


def _moved(day: date, steps: Steps) -> date | None:
    moved: date | None = day
    for unit, count in steps:
        moved = add_units(moved, unit, count) if moved else None
    return moved


def _shift(steps: Steps, reference: date) -> Resolution | None:
    """A day; for months and years also the whole month or year, as nobody counts the days."""
    day = _moved(reference, steps)
    if day is None:
        return None
    unit = steps[-1][0]
    if not unit.value[0]:
        return _one(single_day(day), Grain.DAY)
    whole = unit_interval(Unit.MONTH if unit is not Unit.YEAR else unit, day)
    return Resolution((single_day(day), *([whole] if whole else [])), GRAINS[unit], False)


def _cycle(unit: Unit, offset: int, relative: bool, context: Context) -> Resolution | None:
    base = context.antecedent if relative and context.antecedent else context.reference
    if unit is Unit.WEEKEND and offset == 0 and base.weekday() < 5 and context.leaning.tense is Tense.PAST:
        offset = -1
    whole = unit_interval(unit, base)
    start = whole.start if whole else None
    if unit is Unit.WEEKEND:
        moved = add_days(start, 7 * offset) if start else None
    else:
        moved = add_units(start, unit, offset) if start else None
    return _one(unit_interval(unit, moved) if moved else None, GRAINS[unit], not relative)


def _window(unit: Unit, count: int, whole: bool, reference: date) -> Resolution | None:
    """Counted to the day from the reference, and in whole weeks, months or years: the likelier one first."""
    far = add_units(reference, unit, count)
    if far is None:
        return None
    next_day = add_days(reference, 1)
    rolling = Interval(far, reference) if count < 0 else Interval(next_day, far)
    step = 1 if count > 0 else -1
    near = add_units(reference, unit, step)
    ends = [unit_interval(unit, day) for day in (near, far) if day]
    if unit is Unit.DAY or len(ends) < 2 or None in ends:
        return _one(rolling, GRAINS[unit])
    wholes = [end for end in ends if end]
    first, last = (wholes[1], wholes[0]) if count < 0 else (wholes[0], wholes[1])
    readings = (rolling, Interval(first.start, last.end))
    return Resolution(readings[::-1] if whole else readings, GRAINS[unit], False)


def _open(bound: Bound, inner: Resolution | None) -> Resolution | None:
    if inner is None:
        return None
    readings = [_opened(bound, reading) for reading in inner.readings]
    kept = tuple(dict.fromkeys(reading for reading in readings if reading))
    return Resolution(kept, inner.grain, inner.sure) if kept else None


def _opened(bound: Bound, interval: Interval) -> Interval | None:
    match bound:
        case Bound.SINCE:
            return Interval(interval.start, None) if interval.start else None
        case Bound.UNTIL:
            return Interval(None, interval.end) if interval.end else None
        case Bound.BEFORE:
            day = add_days(interval.start, -1) if interval.start else None
            return Interval(None, day) if day else None
        case Bound.AFTER:
            day = add_days(interval.end, 1) if interval.end else None
            return Interval(day, None) if day else None


def _range(first: Shape, last: Shape, context: Context | None) -> Resolution | None:
    """Complete each end from the other: the later year for the first, the next occurrence for the last."""
    if _lacks_year(first) and _lacks_year(last):
        return _both_open(first, last, context) if context else None
    if _lacks_year(last):
        head = resolve(first, context)
        tails = [_following(last, reading.start) for reading in head.readings] if head else []
        return _paired(head, tails) if head else None
    tail = resolve(last, context)
    if tail is None:
        return None
    if _lacks_year(first):
        starts = [_preceding(first, reading.start) for reading in tail.readings]
        return _paired(tail, list(tail.readings), starts)
    head = resolve(first, context)
    return _paired(head, [tail.readings[0]] * len(head.readings), grain=tail.grain) if head else None


def _lacks_year(shape: Shape) -> TypeGuard[Partial]:
    return isinstance(shape, Partial) and shape.year is None and shape.side is None


def _both_open(first: Partial, last: Partial, context: Context) -> Resolution | None:
    """Both ends lack a year: each occurrence of the first with the next of the last, chosen as one."""
    context = without_guess(context)
    pairs: list[Interval] = []
    for start in occurrences(first, context.reference):
        end = _following(last, start.start)
        if start.start and end and end.end:
            pairs.append(Interval(start.start, end.end))
    grain = Grain.DAY if first.day or first.weekday is not None else Grain.MONTH
    return _chosen(choose(pairs, context, None), grain)


def _following(partial: Partial, start: date | None) -> Interval | None:
    found = occurrences(partial, start) if start else []
    return next((i for i in found if start and i.start and i.start >= start), None)


def _preceding(partial: Partial, start: date | None) -> Interval | None:
    found = occurrences(partial, start) if start else []
    return next((i for i in reversed(found) if start and i.start and i.start <= start), None)


def _paired(
    head: Resolution,
    tails: Sequence[Interval | None],
    starts: Sequence[Interval | None] | None = None,
    grain: Grain | None = None,
) -> Resolution | None:
    """Ranges from each start (the readings of `head` by default) to its tail."""
    pairs = [
        Interval(start.start, end.end)
        for start, end in zip(starts or head.readings, tails, strict=True)
        if start and end and start.start and end.end and start.start <= end.end
    ]
    finest = min(head.grain, grain or head.grain, key=_ORDER.index)
    return Resolution(tuple(dict.fromkeys(pairs)), finest, head.sure) if pairs else None


def _named(shape: Holiday | SeasonOf, context: Context | None) -> Resolution | None:
    """A holiday or a season: of its year, or the occurrence that the context asks for."""
    grain = Grain.QUARTER if isinstance(shape, SeasonOf) else Grain.DAY
    if shape.year is not None:
        year = resolve(shape.year, context)
        start = year.readings[0].start if year else None
        return _one(_of_year(shape, start.year) if start else None, grain)
    if context is None:
        return None
    around = context.reference.year
    years = range(max(2, around - 2), min(9998, around + 2) + 1)
    found = [interval for year in years if (interval := _of_year(shape, year))]
    if isinstance(shape, SeasonOf) and shape.side == 0:
        return _one(min(found, key=lambda interval: gap(interval, context.reference)), grain)
    return _chosen(choose(found, context, shape.side or None), grain)


def _of_year(shape: Holiday | SeasonOf, year: int) -> Interval | None:
    if not 1 < year < 9999:
        return None
    return HOLIDAYS[shape.name](year) if isinstance(shape, Holiday) else season_interval(shape.season, year)


def _part_of_period(
    shape: Nth | NthWeekday | Part | WeekOf | WeekdayOf | MonthOf, context: Context | None
) -> Resolution | None:
    """Resolve the period, then take the part of each of its readings."""
    if isinstance(shape, Nth) and shape.within is None:
        return _nth_of_this_year(shape, context)
    period = resolve(periods.period_of(shape), context)
    if period is None:
        return None
    reference = context.reference if context else None
    parts = [periods.part_of(shape, reading, period.grain, reference) for reading in period.readings]
    kept = tuple(dict.fromkeys(part for part in parts if part))
    grain = periods.grain_of(shape, period.grain)
    return Resolution(kept, grain, period.sure and not periods.is_vague(shape)) if kept else None


def _nth_of_this_year(shape: Nth, context: Context | None) -> Resolution | None:
    """ "El segundo semestre", of no year: of the reference's, or of its neighbour when the tense says so."""
    if context is None:
        return None
    this_year = replace(shape, within=Partial(context.reference.year))
    found = _part_of_period(this_year, None)
    interval = found.readings[0] if found else None
    tense = context.leaning.tense
    if interval and interval.start and tense is Tense.PAST and interval.start > context.reference:
        return _part_of_period(replace(shape, within=Partial(context.reference.year - 1)), None)
    if interval and interval.end and tense is Tense.FUTURE and interval.end < context.reference:
        return _part_of_period(replace(shape, within=Partial(context.reference.year + 1)), None)
    return found


def _away(steps: Steps, origin: Shape, context: Context | None) -> Resolution | None:
    start = resolve(origin, context)
    if start is None:
        return None
    interval = start.readings[0]
    base = interval.start if steps[0][1] < 0 else interval.end
    day = _moved(base, steps) if base else None
    return _one(single_day(day) if day else None, Grain.DAY, start.sure)
