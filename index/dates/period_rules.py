"""Grammar of periods: the second week of January, the nineties, mid May, the summer, Easter."""

import re
from typing import cast

from index.dates.calendar import Season, Unit, years_interval
from index.dates.calendar_rules import day_and_month, month_and_year, month_name
from index.dates.expressions import Grain
from index.dates.lexicon import Kind
from index.dates.modifiers import cycle_of, side_after, side_before
from index.dates.numeric_rules import numeric_date
from index.dates.sentence import Match, Sentence, cardinal, day_number, ordinal, written_year
from index.dates.shapes import (
    Cycle,
    Fixed,
    Holiday,
    Nth,
    NthWeekday,
    Part,
    Partial,
    Portion,
    SeasonOf,
    WeekOf,
)
from index.dates.weekday_rules import weekday_name

_PARTS_OF_YEAR = {Unit.QUARTER, Unit.FOUR_MONTHS, Unit.HALF_YEAR}
_ROMAN = re.compile(r"[ivx]{1,5}")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


def within(sentence: Sentence, i: int, linked: bool = False) -> Match | None:
    """The period that a part belongs to, after an optional "de": a month, a year, a unit of the reference.

    `linked` tells that the words before `i` have said "de".
    """
    at = sentence.skip(i, Kind.OF, Kind.IN)
    at = (sentence.at(at).word == "-" and at + 1) or at
    linked = linked or at > i
    at = sentence.skip(at, Kind.THE)
    year = written_year(sentence, sentence.skip(at, Kind.YEAR_WORD))
    if year:
        return month_and_year(sentence, at) or (Partial(year[0]), year[1])
    found = cycle_of(sentence, at) or month_and_year(sentence, at)
    if found:
        return found
    month = month_name(sentence, at) if linked else None
    if month:
        return Partial(None, month[0]), month[1]
    unit = sentence.unit(at)
    if linked and unit and unit not in {Unit.HOUR, Unit.DAY}:
        return Cycle(unit, 0), at + 1
    return None


def nth_unit(sentence: Sentence, i: int) -> Match | None:
    """ "la segunda semana de enero", "tercer trimestre de 2016", "los primeros diez días del año"."""
    first = ordinal(sentence, i)
    if first is None:
        return None
    nth, at = first
    number = cardinal(sentence, at)
    count, at = number if number and sentence.unit(number[1]) else (1, at)
    half = sentence.has(at, Kind.HALF)
    unit = Unit.HALF_YEAR if half else sentence.unit(at)
    if unit is None and sentence.has(at, Kind.QUARTER_WORD):
        unit = Unit.QUARTER
    if unit is None or unit is Unit.HOUR or count > 400:
        return None
    period = within(sentence, at + 1)
    if period:
        return Nth(nth, Unit.FORTNIGHT if half and _is_month(period) else unit, period[0], count), period[1]
    if sentence.unit(at) not in _PARTS_OF_YEAR or nth < 0 or sentence.has(at + 1, Kind.OF):
        return None
    return Nth(nth, unit, None), at + 1


def _is_month(period: Match) -> bool:
    shape = period[0]
    return (isinstance(shape, Partial) and shape.month is not None) or (
        isinstance(shape, Cycle) and shape.unit is Unit.MONTH
    )


def nth_weekday(sentence: Sentence, i: int) -> Match | None:
    """ "el primer viernes de este mes", "the last Sunday of March"."""
    first = ordinal(sentence, i)
    weekday = weekday_name(sentence, first[1]) if first else None
    if first is None or weekday is None:
        return None
    period = within(sentence, weekday[1])
    return (NthWeekday(first[0], weekday[0], period[0]), period[1]) if period and _is_month(period) else None


def numbered_week(sentence: Sentence, i: int) -> Match | None:
    """ "semana 31", "semana 3 de 2027"; "la semana del 10 de abril"."""
    if sentence.unit(i) is not Unit.WEEK:
        return None
    number = cardinal(sentence, i + 1)
    if number and 1 <= number[0] <= 53 and sentence.at(i + 1).number is not None:
        year = within(sentence, number[1])
        return Nth(number[0], Unit.WEEK, year[0] if year else Cycle(Unit.YEAR, 0)), year[
            1
        ] if year else number[1]
    at = sentence.skip(i + 1, Kind.OF, Kind.BETWEEN)
    if sentence.word(at) in {"que"}:
        at += 2
    at = sentence.skip(sentence.skip(at, Kind.OF), Kind.THE)
    day = day_and_month(sentence, at) or numeric_date(sentence, at)
    if day is None and sentence.word(i + 1) in {"del", "of"}:
        numbered = day_number(sentence, at)
        day = (
            (Partial(day=numbered[0]), numbered[1])
            if numbered and numbered[1] >= len(sentence.tokens) - 1
            else None
        )
    return (WeekOf(day[0]), day[1]) if day and at > i + 1 else None


def quarter_mark(sentence: Sentence, i: int) -> Match | None:
    """ "T1 2019", "2019-T1", "Q3 of 2025"."""
    year = written_year(sentence, i)
    at = year[1] + (sentence.word(year[1]) == "-") if year else i
    mark = sentence.number(at, Kind.QUARTER_MARK)
    if mark is None:
        return None
    if year:
        return Nth(mark, Unit.QUARTER, Partial(year[0])), at + 1
    period = within(sentence, at + 1)
    return (Nth(mark, Unit.QUARTER, period[0]), period[1]) if period else None


def part(sentence: Sentence, i: int) -> Match | None:
    """ "a mediados de mayo", "el resto de la semana", "early 2024"."""
    portion = cast("Portion | None", sentence.at(i).senses.get(Kind.PART))
    if portion is None:
        return None
    said = sentence.word(i).endswith((" of", " in"))
    inner = sentence.skip(sentence.skip(i + 1, Kind.OF), Kind.THE)
    named = nth_unit(sentence, inner) or century(sentence, inner) or decade(sentence, inner)
    period = named or within(sentence, i + 1, said)
    needs_no_link = sentence.lexicon.capitalised or portion in {Portion.ELAPSED, Portion.REST}
    linked = sentence.has(i + 1, Kind.OF) or needs_no_link
    if period is None or not linked:
        return None
    if isinstance(period[0], Cycle) and period[0].unit is Unit.DAY:
        return None
    return Part(portion, period[0]), period[1]


def decade(sentence: Sentence, i: int) -> Match | None:
    """ "los años noventa", "la década de 1990", "the 1980s"."""
    led = sentence.has(i, Kind.DECADE_WORD)
    at = i + 1 if led else i
    years = sentence.number(at, Kind.DECADE)
    end = at + 1
    if years is None and led:
        at = sentence.skip(sentence.skip(at, Kind.OF), Kind.THE)
        years, end = sentence.number(at, Kind.DECADE), at + 1
    if years is None and led:
        token = sentence.at(at)
        number = (token.number, at + 1) if token.number is not None else cardinal(sentence, at)
        years, end = number if number else (None, at)
        if years is not None and token.number is not None and len(token.word) not in {2, 4}:
            return None
    if years is None or years % 10 or not (led or years >= 1000):
        return None
    if sentence.unit(end):
        return None
    first = years if years >= 1000 else years + (2000 if years < 20 else 1900)
    interval = years_interval(first, 10) if 100 <= first <= 2190 else None
    return (Fixed(interval, Grain.DECADE), end) if interval else None


def century(sentence: Sentence, i: int) -> Match | None:
    """ "siglo XIX", "the 19th century": the years that begin with 18."""
    if sentence.has(i, Kind.CENTURY_WORD):
        number, end = _century_number(sentence.word(i + 1)), i + 2
    else:
        found = ordinal(sentence, i)
        if found is None or not sentence.has(found[1], Kind.CENTURY_WORD):
            return None
        number, end = found[0], found[1] + 1
    if not 1 <= number <= 22:
        return None
    interval = years_interval(max(1, (number - 1) * 100), 100)
    return (Fixed(interval, Grain.CENTURY), end) if interval else None


def _century_number(word: str) -> int:
    if word.isdecimal() and len(word) == 2:
        return int(word)
    if not _ROMAN.fullmatch(word):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in word]
    return sum(
        -value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)
    )


def _year_of_named(sentence: Sentence, i: int) -> Match | None:
    """The year after a holiday or a season: "2018", "del 2010", "de este año"."""
    linked = sentence.has(i, Kind.OF)
    at = sentence.skip(sentence.skip(i, Kind.OF), Kind.THE)
    cycle = cycle_of(sentence, at, Unit.YEAR) if linked else None
    year = written_year(sentence, sentence.skip(at, Kind.YEAR_WORD))
    return cycle or ((Partial(year[0]), year[1]) if year else None)


def holiday(sentence: Sentence, i: int) -> Match | None:
    """ "Navidad", "la Semana Santa de 2018", "el próximo Día del Padre"."""
    side, at = side_before(sentence, i)
    name = sentence.at(at).senses.get(Kind.HOLIDAY)
    if not isinstance(name, str):
        return None
    year = _year_of_named(sentence, at + 1)
    if year:
        return Holiday(name, year[0], side), year[1]
    if side is None:
        side, end = side_after(sentence, at + 1)
        return Holiday(name, None, side), end
    return Holiday(name, None, side), at + 1


def season(sentence: Sentence, i: int) -> Match | None:
    """ "este verano", "el verano de 2016"; a season alone names no year."""
    side, at = side_before(sentence, i)
    name = sentence.at(at).senses.get(Kind.SEASON)
    if not isinstance(name, Season):
        return None
    year = _year_of_named(sentence, at + 1)
    if year:
        return SeasonOf(name, year[0], side), year[1]
    end = at + 1
    if side is None:
        side, end = side_after(sentence, end)
    return (SeasonOf(name, None, side), end) if side is not None else None


RULES = (quarter_mark, part, nth_weekday, nth_unit, numbered_week, century, decade, holiday, season)
