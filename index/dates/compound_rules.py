"""Grammar of whole expressions: single dates, ranges, open periods, enumerations and distances."""

from dataclasses import replace

from index.dates import calendar_rules, numeric_rules, period_rules, relative_rules, weekday_rules, year_rules
from index.dates.calendar import Unit
from index.dates.lexicon import Kind
from index.dates.modifiers import cycle_of
from index.dates.sentence import Match, Sentence, counts_things, day_number, written_year
from index.dates.shapes import Away, Bound, Cycle, MonthOf, Open, Partial, Range, Shape, WeekdayOf

_SINGLE = (
    relative_rules.ago,
    *period_rules.RULES,
    relative_rules.window,
    numeric_rules.numeric_date,
    calendar_rules.day_and_month,
    calendar_rules.month_and_year,
    relative_rules.cycle,
    weekday_rules.weekday_date,
    weekday_rules.day_of_month,
    relative_rules.deictic,
    relative_rules.ahead,
    numeric_rules.dashed_day,
    year_rules.bare_year,
)
_BOUNDS = {
    Kind.SINCE: Bound.SINCE,
    Kind.UNTIL: Bound.UNTIL,
    Kind.BEFORE: Bound.BEFORE,
    Kind.AFTER: Bound.AFTER,
}
_MAX_LIST = 12


def single(sentence: Sentence, i: int) -> Match | None:
    """The date or period at `i`, by the first rule that reads it; a determiner before it is taken too."""
    if i not in sentence.singles:
        sentence.singles[i] = _read_single(sentence, i)
    return sentence.singles[i]


def _read_single(sentence: Sentence, i: int) -> Match | None:
    for at in {i: None, sentence.skip(i, Kind.THE): None}:
        for rule in _SINGLE:
            match = rule(sentence, at)
            if match:
                return match
    return None


def _range_item(sentence: Sentence, i: int) -> Match | None:
    """One end of a range: a date, or a bare day that the other end completes."""
    match = single(sentence, i)
    if match:
        return match
    at = sentence.skip(sentence.skip(i, Kind.THE), Kind.DAY_WORD)
    day = day_number(sentence, at)
    return (Partial(day=day[0]), day[1]) if day and not counts_things(sentence, day[1]) else None


def _year_item(sentence: Sentence, i: int) -> Match | None:
    """A year as an end of a range, where no word before it is needed."""
    at = sentence.skip(sentence.skip(i, Kind.THE), Kind.YEAR_WORD)
    year = written_year(sentence, at)
    return (Partial(year[0]), year[1]) if year else None


def date_range(sentence: Sentence, i: int) -> Match | None:
    """ "de 2014 a 2018", "del 3 al 5 de marzo", "entre mayo y julio", "enero-febrero de 2017"."""
    between = sentence.has(i, Kind.BETWEEN)
    led = between or sentence.has(i, Kind.FROM)
    at = i + 1 if led else i
    first = _range_item(sentence, at) or (_year_item(sentence, at))
    if first is None:
        return None
    # “calle Cervantes, 21, hasta el 30 de junio”: the number before a comma is a house's.
    is_number = not led and isinstance(first[0], Partial) and _is_bare_day(first[0])
    comma = sentence.word(first[1]) == "," and sentence.has(first[1] + 1, Kind.TO) and not is_number
    link = first[1] + comma
    if isinstance(first[0], Cycle) and first[0].relative and sentence.word(link) != "-":
        return None
    if not (sentence.has(link, Kind.TO) or (between and sentence.has(link, Kind.AND))):
        return None
    last = (
        _week_of_days(sentence, link + 1) or _range_item(sentence, link + 1) or _year_item(sentence, link + 1)
    )
    if last is None:
        return None
    shape = _join(first[0], last[0])
    return (shape, last[1]) if shape else None


def _week_of_days(sentence: Sentence, i: int) -> Match | None:
    """The end of a range within a period of the reference: "23 del próximo mes"."""
    day = day_number(sentence, sentence.skip(i, Kind.THE))
    if day is None or not sentence.has(day[1], Kind.OF):
        return None
    month = cycle_of(sentence, day[1] + 1, Unit.MONTH)
    return (MonthOf(Partial(day=day[0]), month[0]), month[1]) if month else None


def _join(first: Shape, last: Shape) -> Shape | None:
    """The range of two ends, each completed from the other; None where they cannot be ends of one."""
    if isinstance(first, Partial) and isinstance(last, MonthOf):
        return Range(MonthOf(first, last.period), last) if _same_parts(first, last.date) else None
    if isinstance(first, Partial) and isinstance(last, WeekdayOf) and first.weekday is not None:
        return Range(WeekdayOf(first.weekday, last.week), last)
    if not isinstance(first, Partial) or not isinstance(last, Partial):
        bare = any(isinstance(end, Partial) and _is_bare_day(end) for end in (first, last))
        return None if bare else Range(first, last)
    if _is_bare_day(first):
        if last.month is None or last.day is None:
            return None
        first = replace(first, month=last.month)
    elif _is_bare_day(last):
        if first.month is None or first.day is None:
            return None
        last = replace(last, month=first.month)
    return Range(first, last)


def _same_parts(first: Partial, last: Partial) -> bool:
    return (first.day is None) == (last.day is None) and first.year is None


def _is_bare_day(partial: Partial) -> bool:
    return partial.day is not None and partial.month is None and partial.weekday is None


def open_period(sentence: Sentence, i: int) -> Match | None:
    """ "desde marzo", "antes del 5 de mayo", "hasta el viernes", "a partir del 19"."""
    bound = next((bound for kind, bound in _BOUNDS.items() if sentence.has(i, kind)), None)
    if bound is None:
        return None
    match = single(sentence, i + 1)
    return (Open(bound, match[0]), match[1]) if match else None


def onward(sentence: Sentence, i: int) -> Match | None:
    """ "2018 en adelante", "el 1/1/2016 o más tarde"."""
    match = single(sentence, i)
    if match is None or not sentence.has(match[1], Kind.ONWARD):
        return None
    return Open(Bound.SINCE, match[0]), match[1] + 1


def away(sentence: Sentence, i: int) -> Match | None:
    """ "dos días después de Navidad", "dentro de tres semanas a partir de mañana"."""
    more = sentence.has(i, Kind.MORE_THAN)
    found = relative_rules.quantity(sentence, i + 1 if more or sentence.has(i, Kind.WITHIN, Kind.IN) else i)
    if found is None:
        return None
    steps, at = found
    before = sentence.has(at, Kind.BEFORE)
    starting = sentence.has(at, Kind.SINCE) and not sentence.word(at).startswith(("desde", "since"))
    if not before and not starting and not sentence.has(at, Kind.AFTER):
        return None
    origin = single(sentence, at + 1)
    if origin is None:
        return None
    sign = -1 if before else 1
    shape = Away(tuple((unit, sign * count) for unit, count in steps), origin[0])
    if more:
        return Open(Bound.UNTIL if before else Bound.SINCE, shape), origin[1]
    return shape, origin[1]


def enumeration(sentence: Sentence, i: int) -> list[tuple[Match, int]] | None:
    """ "3, 4 y 5 de marzo", "enero y febrero de 2020": each date with the index where it begins."""
    items: list[tuple[Partial, int, int]] = []
    at = i
    while len(items) < _MAX_LIST:
        match = _range_item(sentence, at)
        if match is None or not isinstance(match[0], Partial):
            return None
        items.append((match[0], at, match[1]))
        at = match[1]
        if sentence.word(at) != "," and not sentence.has(at, Kind.AND):
            break
        at += 1 + (sentence.word(at) == "," and sentence.has(at + 1, Kind.AND))
    return _completed(items) if len(items) > 1 else None


def _completed(items: list[tuple[Partial, int, int]]) -> list[tuple[Match, int]] | None:
    """Give each item of an enumeration the month and the year of the last."""
    last = items[-1][0]
    if last.month is None:
        return None
    completed: list[tuple[Match, int]] = []
    for partial, start, end in items:
        if partial.month is None:
            if partial.day is None or last.day is None or partial.year:
                return None
            partial = replace(partial, month=last.month)
        if partial.year is None and partial.side is None:
            partial = replace(partial, year=last.year)
        completed.append(((partial, end), start))
    return completed


def trailing_day(sentence: Sentence, i: int) -> Match | None:
    """ "a partir del 19", in a text that has told a month before."""
    bound = next((bound for kind, bound in _BOUNDS.items() if sentence.has(i, kind)), None)
    at = sentence.skip(i + 1, Kind.THE)
    led = sentence.word(at - 1).endswith(("el", "the", " o", "del"))
    if bound is None or not led or sentence.at(at).number is None:
        return None
    day = day_number(sentence, at)
    if day is None or counts_things(sentence, day[1]) or sentence.has(day[1], Kind.OF, Kind.UNIT):
        return None
    return (Open(bound, Partial(day=day[0])), day[1]) if not sentence.capitalised(day[1]) else None
