"""The grammar of temporal expressions: one table of what stands one after the other, and how a part joins its period.

A composition is a row of the table: a pattern, and the shape that it makes. In a pattern a word is a kind of token or
one of `_SYMBOLS`; “?” makes it optional, “|” parts kinds of which one will do, and what stands in “< >” is handed to
the builder under its name, or under the one behind “:”. Of the compositions that begin at a token the longest is taken,
of equally long ones the first.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from index.dates import phrases
from index.dates.calendar import Grain, Unit, year_days
from index.dates.choose import Partial
from index.dates.lexicon import Kind, Portion
from index.dates.phrases import Match
from index.dates.resolve import (
    Bound,
    Cycle,
    Fixed,
    Item,
    Moved,
    Named,
    Now,
    Nth,
    Open,
    Part,
    Range,
    Shape,
    Steps,
    Told,
    UnitOf,
    Window,
    Within,
)
from index.dates.tokens import Sentence, cardinal, day_number, ordinal, unit_at, written_year

_Reader = Callable[[Sentence, int], Match | None]
_Fits = Callable[[Sentence, int, int], bool]

_MAX_COUNT = 5000
_MAX_NTH = 400
_PARTS_OF_YEAR = {Unit.QUARTER, Unit.FOUR_MONTHS, Unit.HALF_YEAR}
_UNITS = list(Unit)
# Half a century is five of these, half a decade too.
_TENTHS = {Unit.CENTURY: Unit.DECADE, Unit.DECADE: Unit.YEAR}
_SCALES = {
    Grain.DAY: Unit.DAY, Grain.WEEK: Unit.WEEK, Grain.MONTH: Unit.MONTH, Grain.QUARTER: Unit.QUARTER,
    Grain.YEAR: Unit.YEAR, Grain.DECADE: Unit.DECADE, Grain.CENTURY: Unit.CENTURY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Element:
    """A place in a pattern: a token of one of the kinds, or what a reader reads."""

    kinds: tuple[Kind, ...]
    reader: _Reader | None
    begins: frozenset[Kind]
    optional: bool
    captured: str

    def read(self, sentence: Sentence, i: int) -> Match | None:
        if self.reader:
            return self.reader(sentence, i)
        senses = sentence.at(i).senses
        return next(((senses[kind], i + 1) for kind in self.kinds if kind in senses), None)


@dataclass(frozen=True, slots=True)
class Composition:
    """What stands one after the other, the shape that it makes, and whether the words around let it be one."""

    pattern: tuple[_Element, ...]
    build: Callable[..., Shape | Item | None]
    fits: _Fits | None = None

    def read(self, sentence: Sentence, i: int) -> Match | None:
        values: dict[str, Any] = {}
        at = i
        for element in self.pattern:
            match = element.read(sentence, at)
            if match is None and not element.optional:
                return None
            if match is None:
                continue
            if element.captured:
                values[element.captured] = match[0]
            at = match[1]
        shape = self.build(**values)
        return (shape, at) if shape and (self.fits is None or self.fits(sentence, i, at)) else None

    @property
    def begins(self) -> frozenset[Kind]:
        """The kinds of token that it can begin with."""
        kinds: frozenset[Kind] = frozenset()
        for element in self.pattern:
            kinds |= element.begins
            if not element.optional:
                break
        return kinds


_MONTHS = (Kind.MONTH, Kind.MONTH_ABBREVIATION, Kind.FOREIGN_MONTH)
_NUMBERS = (Kind.DIGITS, Kind.NUMBER)
_DAYS = (*_NUMBERS, Kind.ORDINAL)
_SIDES = (Kind.THIS, Kind.NEXT, Kind.LAST)
_EVERY = tuple(Kind)


def _point(sentence: Sentence, i: int) -> Match | None:
    return point(sentence, i)


_SYMBOLS: dict[str, tuple[_Reader, tuple[Kind, ...]]] = {
    "number": (cardinal, _NUMBERS),
    "digits": (phrases.digits, (Kind.DIGITS,)),
    "nth": (ordinal, (Kind.ORDINAL,)),
    "day": (day_number, _DAYS),
    "month": (phrases.month_name, _MONTHS),
    "any_month": (phrases.any_month, _MONTHS),
    "weekday": (phrases.weekday, (Kind.WEEKDAY, Kind.WEEKDAY_ABBREVIATION)),
    "leading_weekday": (phrases.leading_weekday, (Kind.WEEKDAY, Kind.WEEKDAY_ABBREVIATION)),
    "year": (written_year, (*_NUMBERS, Kind.SHORT_YEAR)),
    "any_year": (phrases.any_year, (*_NUMBERS, Kind.SHORT_YEAR)),
    "mark": (phrases.mark, (Kind.QUARTER_MARK, Kind.HALF_MARK)),
    "named": (phrases.named, (Kind.FEAST, Kind.SEASON)),
    "roman|nth": (phrases.nth_century, (Kind.ROMAN, Kind.ORDINAL)),
    "year_after": (phrases.year_after, _EVERY),
    "quantity": (phrases.quantity, (*_NUMBERS, Kind.APPROXIMATELY, Kind.UNIT)),
    "side": (phrases.side, _SIDES),
    "side|relative": (phrases.side_or_relative, (*_SIDES, Kind.RELATIVE)),
    "side_after": (phrases.side_after, (Kind.NEXT, Kind.LAST, Kind.RELATIVE)),
    "whole_side": (phrases.whole_side, (Kind.WHOLE,)),
    "unit": (phrases.unit, (Kind.UNIT,)),
    "unit|part": (phrases.unit_or_part, (Kind.UNIT, Kind.HALF, Kind.QUARTER_WORD)),
    "week": (partial(phrases.unit, only={Unit.WEEK}), (Kind.UNIT,)),
    "weekend": (partial(phrases.unit, only={Unit.WEEKEND}), (Kind.UNIT,)),
    "week|weekend": (partial(phrases.unit, only={Unit.WEEK, Unit.WEEKEND}), (Kind.UNIT,)),
    "month_unit": (partial(phrases.unit, only={Unit.MONTH}), (Kind.UNIT,)),
    "beside": (phrases.beside, (Kind.BEFORE, Kind.AFTER, Kind.RELATIVE)),
    "starting": (phrases.starting, (Kind.SINCE, Kind.FROM)),
    "relative_to": (phrases.relative_to, (Kind.RELATIVE,)),
    "date": (phrases.date, (Kind.DATE,)),
    "bracketed": (phrases.bracketed, _EVERY),
    "two_years": (phrases.two_years, (Kind.DATE,)),
    "years": (phrases.decade_years, (Kind.DECADE, *_NUMBERS)),
    "point": (_point, _EVERY),
}


def _element(written: str) -> _Element:
    symbol, _, name = written.strip("<>?").removesuffix("?").partition(":")
    optional = "?" in written
    captured = (name or symbol) if written.startswith("<") else ""
    if symbol in _SYMBOLS:
        reader, begins = _SYMBOLS[symbol]
        return _Element((), reader, frozenset(begins), optional, captured)
    kinds = tuple(Kind[kind.upper()] for kind in symbol.split("|"))
    return _Element(kinds, None, frozenset(kinds), optional, captured)


def _row(pattern: str, build: Callable[..., Shape | Item | None], fits: _Fits | None = None) -> Composition:
    return Composition(tuple(map(_element, pattern.split())), build, fits)


# Builders: the shape of what a pattern captures, None of what there is not.


def _back(quantity: Steps, more: int | None = None, origin: Shape | None = None) -> Shape:
    """ "Hace más de tres días" is any day up to that one."""
    moved = Moved(tuple((unit, -count) for unit, count in quantity), origin)
    return Open(Bound.UNTIL, moved) if more else moved


def _ahead(quantity: Steps, more: int | None = None, origin: Shape | None = None) -> Shape:
    moved = Moved(quantity, origin)
    return Open(Bound.SINCE, moved) if more else moved


def _one_day(origin: Shape | None = None, count: int = 1) -> Moved:
    return Moved(((Unit.DAY, count),), origin)


def _from_told(quantity: Steps, direction: int) -> Moved:
    return Moved(tuple((unit, direction * count) for unit, count in quantity), Told())


def _away(quantity: Steps, side: int, origin: Shape, more: int | None = None) -> Shape:
    return (_back if side < 0 else _ahead)(quantity, more, origin)


def _adjacent(number: int, unit: Unit, side: int, origin: Shape) -> Range:
    """ "Los tres días anteriores a Navidad" are all three."""
    far, near = Moved(((unit, side * number),), origin), _one_day(origin, side)
    return Range(far, near) if side < 0 else Range(near, far)


def _lasting(quantity: Steps, origin: Shape) -> Shape:
    """ "Cinco años desde el 1 de abril" last so long; "dos semanas desde mañana" is the day on which they end."""
    if not isinstance(origin, Partial) or (origin.month is None and origin.year is None):
        return _ahead(quantity, origin=origin)
    first = _one_day(origin, 0)
    return Range(first, Moved((*quantity, (Unit.DAY, -1)), first))


def _less(quantity: Steps, sign: int) -> Range:
    moved = Moved(tuple((unit, sign * count) for unit, count in quantity))
    return Range(moved, Now()) if sign < 0 else Range(Now(), moved)


def _weekday_from(weekday: int, origin: Shape, count: int) -> Moved:
    return Moved(((Unit.DAY, count),), origin, weekday)


def _window(side: int, number: int, unit: Unit, whole: bool = False) -> Window | None:
    return Window(unit, side * number, whole) if side and 0 < number <= _MAX_COUNT else None


def _nth(
    nth: int, unit: Unit = Unit.WEEK, number: int | None = None, weekday: int | None = None
) -> Nth | None:
    return Nth(nth, unit, number or 1, weekday) if (number or 1) <= _MAX_NTH else None


def _unit_of(unit: Unit, day: Shape | int) -> Within | None:
    date = Partial(day=day) if isinstance(day, int) else day
    return Within(UnitOf(unit), date) if isinstance(date, Partial) and date.day is not None else None


def _century(nth: int) -> Fixed | None:
    days = year_days(max(1, (nth - 1) * 100), 100) if 1 <= nth <= 22 else None
    return Fixed(days, Grain.CENTURY) if days else None


def _decade(years: int, is_named: bool = True) -> Fixed | None:
    first = years if years >= 1000 else years + (2000 if years < 20 else 1900)
    days = year_days(first, 10) if years % 10 == 0 and 100 <= first <= 2190 else None
    return Fixed(days, Grain.DECADE) if days and (is_named or years >= 1000) else None


def _named(named: tuple[str, Grain], side: int | None = None, after: int | None = None) -> Named:
    return Named(*named, after if side is None else side)


def _date(
    day: int | None = None,
    month: int | None = None,
    year: int | None = None,
    weekday: int | None = None,
    side: int | None = None,
    after: int | None = None,
) -> Partial | None:
    """A date, whose year makes a direction needless."""
    possible = (month is None or 1 <= month <= 12) and (day is None or day <= 31)
    direction = after if side is None else side
    if not possible or year is not None:
        return Partial(year, month, day, weekday) if possible else None
    return Partial(year, month, day, weekday, direction, skips=side is None and after is not None)


def _in_digits(
    date: Partial, weekday: int | None = None, side: int | None = None, year: int | None = None
) -> Partial | None:
    both = date.year is not None and year is not None
    return None if both else replace(date, weekday=weekday, side=side, year=year or date.year)


COMPOSITIONS: tuple[Composition, ...] = (
    # counted from the reference or from another day
    _row("ago <more_than:more?> <quantity> ago_after?", _back),
    _row("<more_than:more?> <quantity> ago_after", _back),
    _row("<quantity> <later:direction>", _from_told),
    _row("ago less_than <quantity>", partial(_less, sign=-1)),
    _row("less_than <quantity> ago_after", partial(_less, sign=-1)),
    _row("in|within less_than <quantity>", partial(_less, sign=1)),
    _row("<weekday> <beside:count> <point:origin>", _weekday_from, phrases.is_weekday),
    _row("<relative:count> <weekday>", partial(_weekday_from, origin=Told())),
    _row("within the? next <quantity>", partial(_less, sign=1)),
    _row("within|in <more_than:more?> <quantity>", _ahead),
    _row("<quantity> from_now", _ahead),
    _row("within|in? <more_than:more?> <quantity> <beside:side> <point:origin>", _away),
    _row("within|in? the <number> <unit> <beside:side> <point:origin>", _adjacent),
    _row("within|in? <number> <unit> <relative_to:side> <point:origin>", _adjacent),
    _row("<quantity> starting <point:origin>", _lasting, phrases.ends_no_range),
    _row("within|in <more_than:more?> <quantity> since <point:origin>", _ahead),
    _row("<unit> <beside:offset> <point:origin>", Cycle, phrases.is_single),
    _row("eve of? the? <point:origin>", partial(_one_day, count=-1)),
    _row("<deictic:count>", _one_day, phrases.is_deictic),
    # so many units up to the reference or from it
    _row("<whole_side:side> <number> <unit>", partial(_window, whole=True), phrases.is_definite),
    _row("<number> <whole_side:side> <unit>", partial(_window, whole=True)),
    _row("<number> <unit> <whole_side:side>", partial(_window, whole=True)),
    _row("<side|relative:side> <number> <unit>", _window, phrases.is_definite),
    _row("<number> <side> <unit>", _window),
    _row("<number> <unit> <side_after:side>", _window),
    # whole units
    _row("<side:offset> <unit>", Cycle, phrases.is_period),
    _row("<relative:offset> <unit>", partial(Cycle, origin=Told()), phrases.is_period),
    _row("<unit> <relative:offset>", partial(Cycle, origin=Told()), phrases.is_period),
    _row("<unit> <side_after:offset>", Cycle, phrases.is_period),
    _row("<unit> current", partial(Cycle, offset=0), phrases.is_period),
    _row("that <unit>", partial(Cycle, offset=0, origin=Told()), phrases.is_period),
    _row("<weekend:unit>", partial(Cycle, offset=0, origin=Told()), phrases.is_weekend),
    _row("<unit> to_date", lambda unit: Within(Part(Portion.ELAPSED), Cycle(unit, 0))),
    # parts that a period completes
    _row("<part:portion>", Part),
    _row("<nth> <number?> <unit|part:unit>", _nth),
    _row("<number> <nth> <unit>", _nth),
    _row("<nth> <weekday>", _nth),
    _row("<mark>", lambda mark: Nth(*mark)),
    _row("<year> dash? <mark>", lambda year, mark: Within(Nth(*mark), Partial(year))),
    _row(
        "week <digits:nth>",
        lambda nth: Within(Nth(nth, Unit.WEEK), Cycle(Unit.YEAR, 0)) if 1 <= nth <= 53 else None,
    ),
    _row("<week|weekend:unit> of|between|beginning of? the? <point:day>", _unit_of),
    _row("<week|weekend:unit> of the? <day>", _unit_of, phrases.is_last_word),
    # longer periods
    _row("century_word <roman|digits:nth>", _century),
    _row("<roman|nth:nth> century_word", _century),
    _row("decade_word of? the? <years>", _decade, phrases.counts_no_units),
    _row("<decade:years>", partial(_decade, is_named=False)),
    _row("the <decade:years>", _decade, phrases.ends_in_digits),
    _row("<two_years:interval>", partial(Fixed, grain=Grain.YEAR)),
    # feasts and seasons
    _row("<side?> <named> <side_after:after?>", _named),
    # dates
    _row("<side?> <leading_weekday:weekday?> <date> <year_after:year?>", _in_digits, phrases.is_dated),
    _row(
        "<side?> <leading_weekday:weekday?> <side?> day_word? <day> of|dash|the? the? <any_month:month>"
        " <year_after:year?> <side_after:after?>",
        _date,
        phrases.no_street,
    ),
    _row(
        "<side?> <leading_weekday:weekday?> <any_month:month> the? <day> <year_after:year?>",
        _date,
        phrases.english_day,
    ),
    _row("<day> bracketed? day_word of month_unit of <month> <year_after:year?>", _date),
    _row("<nth:day> day_word of <month> <year_after:year?>", _date),
    _row("<day> of_the <digits:month>", _date, phrases.after_article),
    _row("<day> of <digits:month> <year_after:year>", _date),
    _row("<digits:day> dash <digits:month>", _date, phrases.is_all),
    _row("<leading_weekday:weekday> <day>", _date, phrases.weekday_numbered),
    _row("<side> day_word <day>", _date, phrases.is_no_count),
    _row("day_word? <day>", _date),
    _row("<side?> <weekday> <side_after:after?>", _date, phrases.is_weekday),
    _row("<year> dash? <month>", _date, phrases.has_no_year),
    _row("<side?> <month> <year_after:year?> <side_after:after?>", _date, phrases.names_month),
    _row("month_unit of <month> <year_after:year?>", _date),
    _row("year_word <any_year:year>", _date),
    _row("<year>", _date, phrases.is_year),
)


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)


@cache
def beginning_with(kinds: frozenset[Kind]) -> tuple[Composition, ...]:
    """The compositions that a token of these kinds may begin."""
    return tuple(row for row in COMPOSITIONS if not row.begins.isdisjoint(kinds))


def _readings_at(sentence: Sentence, i: int) -> Iterator[Match]:
    for row in beginning_with(frozenset(sentence.at(i).senses)):
        match = row.read(sentence, i)
        if match:
            yield match


# Points: what is read at a token, with the period that it stands in.


def point(sentence: Sentence, i: int) -> Match | None:
    """The date or period at `i`, the longest that is read; a determiner before it is taken too."""
    key = ("point", i)
    if key not in sentence.memory:
        sentence.memory[key] = None  # of what contains itself there is no reading
        sentence.memory[key] = _read_point(sentence, i)
    match: Match | None = sentence.memory[key]
    return match


def _read_point(sentence: Sentence, i: int) -> Match | None:
    best: Match | None = None
    for at in {i: None, sentence.skip(i, Kind.THE): None}:
        for match in _readings_at(sentence, at):
            whole = _completed(sentence, at, match)
            if whole and (best is None or whole[1] > best[1]):
                best = whole
        if best:
            return best
    return None


def _completed(sentence: Sentence, start: int, match: Match) -> Match | None:
    """What was read, joined with the periods that follow it; None of a part that lacks its period."""
    shape, end = match
    joined = _joined(sentence, shape, end)
    while joined:
        shape, end = joined
        joined = _joined(sentence, shape, end)
    if (
        isinstance(shape, Nth)
        and shape.unit in _PARTS_OF_YEAR
        and shape.nth > 0
        and not sentence.has(end, Kind.OF)
    ):
        if sentence.has(start, Kind.QUARTER_MARK, Kind.HALF_MARK) or sentence.has(end - 1, Kind.HALF):
            return None
        return Within(shape, None), end
    if isinstance(shape, Partial):
        is_bare = shape.day is not None and shape.month is None and shape.weekday is None
        return (
            None
            if is_bare and not phrases.is_day(sentence, start, end)
            else (shape, _past_weekday(sentence, end))
        )
    is_season = isinstance(shape, Named) and shape.grain is not Grain.DAY and shape.side is None
    return None if is_season or isinstance(shape, Nth | Part | UnitOf) else (shape, end)


def _past_weekday(sentence: Sentence, i: int) -> int:
    """Past a weekday in brackets that repeats the date before it: "el 23 de enero (viernes)"."""
    bracketed = sentence.word(i) == "(" and sentence.has(i + 1, Kind.WEEKDAY) and sentence.word(i + 2) == ")"
    return i + 3 if bracketed else i


def _joined(sentence: Sentence, shape: Shape | Item, end: int) -> Match | None:
    """The shape with the period that begins at `end`, after "de" or right behind it."""
    if isinstance(shape, Fixed | Open | Window):
        return None
    bracketed = phrases.bracketed_year(sentence, end)
    if bracketed and (shape == Cycle(Unit.YEAR, 0) or (isinstance(shape, Partial) and shape.year is None)):
        return (
            replace(shape, year=bracketed[0]) if isinstance(shape, Partial) else Partial(bracketed[0])
        ), bracketed[1]
    of = sentence.skip(end, Kind.OF, Kind.IN)
    is_linked = of > end or (isinstance(shape, Part) and sentence.has(end - 1, Kind.PART_OF))
    of += isinstance(shape, Nth) and sentence.has(of, Kind.DASH)
    period = point(sentence, of)
    if period is None and (is_linked or isinstance(shape, Nth | Part | Named)):
        period = _bare_period(sentence, shape, sentence.skip(of, Kind.THE), is_linked)
    if period is None:
        return None
    joined = join(shape, period[0], is_linked)
    return (joined, period[1]) if joined else None


def _bare_period(sentence: Sentence, shape: Shape | Item, i: int, is_linked: bool) -> Match | None:
    """A year, or a unit that a part is told of: "del mes"; "del corriente" is of the reference's month or year."""
    year = written_year(sentence, i) or (
        phrases.short_year(sentence, i) if isinstance(shape, Named) else None
    )
    if year or not is_linked:
        return (Partial(year[0]), year[1]) if year else None
    if sentence.has(i, Kind.CURRENT) and not sentence.has(i + 1, Kind.UNIT):
        is_month = isinstance(shape, Partial) and shape.month is not None
        return Cycle(Unit.YEAR if is_month else Unit.MONTH, 0), i + 1
    if isinstance(shape, Part) and sentence.has(i - 1, Kind.THE):
        years = phrases.short_decade(sentence, i)
        if years:
            return _decade(years[0]), years[1]
    unit = unit_at(sentence, i)
    if unit is None or unit is Unit.DAY or sentence.has(i, Kind.UNITS):
        month = phrases.month_name(sentence, i) if isinstance(shape, Nth | Part) else None
        return (Partial(None, month[0]), month[1]) if month else None
    return Cycle(unit, 0), i + 1


def scale(shape: Shape | Item) -> Unit | None:
    """The unit of what a shape names; None of what is no single period."""
    match shape:
        case Partial(day=None, weekday=None, month=None):
            return Unit.YEAR
        case Partial(day=None, weekday=None):
            return Unit.MONTH
        case Partial() | Named(grain=Grain.DAY) | Moved():
            return Unit.DAY
        case Cycle(unit=unit) | Within(item=Nth(unit=unit, weekday=None)):
            return unit
        case Within(item=UnitOf(unit=unit)):
            return unit
        case Within(item=item):
            return None if isinstance(item, Part) else scale(item)
        case Fixed(grain=grain) | Named(grain=grain):
            return _SCALES[grain]
    return None


def join(shape: Shape | Item, period: Shape, is_linked: bool) -> Shape | None:
    """What a shape means within a period that follows it, or None where the two do not belong together.

    An explicit year or month beside a relative word decides: "este año 2025", "el próximo mes de marzo".
    """
    size = scale(period)
    if size is None:
        return None
    of_date = isinstance(period, Partial)
    match shape:
        case Part():
            linked = (
                is_linked
                or isinstance(period, Partial | Fixed)
                or shape.portion in {Portion.REST, Portion.ELAPSED}
            )
            return Within(shape, period) if linked and size is not Unit.DAY else None
        case Nth(weekday=None, unit=Unit.HALF_YEAR) if size is Unit.MONTH:
            return Within(replace(shape, unit=Unit.FORTNIGHT), period)
        case Nth(weekday=None, unit=Unit.HALF_YEAR) if is_linked and size in _TENTHS:
            return Within(
                replace(shape, nth=5 * shape.nth - 4 if shape.nth > 0 else -1, unit=_TENTHS[size], count=5),
                period,
            )
        case Nth(weekday=None, unit=unit):
            fits = _UNITS.index(size) > _UNITS.index(unit) and (is_linked or of_date)
            return Within(shape, period) if fits else None
        case Nth():
            return (
                Within(shape, period)
                if is_linked and size in {Unit.MONTH, *_PARTS_OF_YEAR, Unit.YEAR}
                else None
            )
        case Within(item=Nth(unit=Unit.WEEK) as item, period=Cycle(unit=Unit.YEAR, offset=0)) if (
            size is Unit.YEAR
        ):
            return Within(item, period)
        case Named():
            return (
                Within(replace(shape, side=None), period)
                if size is Unit.YEAR and (is_linked or of_date)
                else None
            )
        case Cycle(unit=Unit.WEEK) if not is_linked and period == Partial(
            weekday=getattr(period, "weekday", None)
        ):
            return Within(period, shape)
        case Cycle(unit=unit, offset=offset) if of_date and isinstance(period, Partial):
            same = unit is size and (unit is Unit.YEAR or (unit is Unit.MONTH and is_linked))
            return (
                replace(period, side=_first(period.side, offset if period.year is None else None))
                if same
                else None
            )
        case Moved(steps=((Unit.DAY, _),), origin=None) if isinstance(period, Partial) and not is_linked:
            # “Ayer jueves”, “hoy 16 de enero”: the same day once more.
            repeats = period.side is None and (period.weekday is not None or (period.day and period.month))
            return shape if repeats and period.year is None else (period if repeats and period.day else None)
        case Partial(year=None, month=None, day=None, side=None) if size is Unit.WEEK and is_linked:
            return Within(shape, period)
        case Partial(year=None, month=None, side=None, day=int()) if size is Unit.MONTH and is_linked:
            return _merged(shape, period)
        case Partial(year=None, month=int()) if size is Unit.YEAR and (is_linked or not of_date):
            return _merged(shape, period) if is_linked else None
    return None


def _merged(date: Partial, period: Shape) -> Shape:
    if isinstance(period, Partial):
        month = date.month if date.month is not None else period.month
        return replace(date, month=month, year=period.year, side=period.side)
    return Within(replace(date, side=None), period)
