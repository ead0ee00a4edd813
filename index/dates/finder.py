"""Finds the dates of a text: cuts it, reads what the grammar makes of it, and resolves that to days."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from index.dates.calendar import DateExpression, Grain, Unit
from index.dates.choose import Context, Leaning, Partial, Tense, leaning
from index.dates.grammar import point, scale
from index.dates.lexicon import Kind, Lexicon, is_core, lexicon_for
from index.dates.phrases import month_name, year_after
from index.dates.resolve import (
    Bound,
    Cycle,
    Moved,
    Now,
    Open,
    Range,
    Resolution,
    Shape,
    Told,
    Within,
    resolve,
)
from index.dates.tokens import (
    Sentence,
    counts_things,
    day_number,
    fold,
    may_hold_date,
    tokenize,
    written_year,
)
from index.document import Span

_NO_VERB = 50
_REACH = 7
_SHORT = 6
_MAX_LIST = 12
_BOUNDS = {
    Kind.SINCE: Bound.SINCE,
    Kind.UNTIL: Bound.UNTIL,
    Kind.BEFORE: Bound.BEFORE,
    Kind.AFTER: Bound.AFTER,
}


@dataclass(frozen=True, slots=True)
class Expression:
    """A shape and the tokens that it was read from, the last one excluded."""

    shape: Shape
    start: int
    end: int


def find_dates(
    text: str, reference: date | None, language: str | Lexicon = "", *, latest: date | None = None
) -> list[DateExpression]:
    """The temporal expressions of `text` in order, resolved against `reference`, its publication date.

    Without a reference only expressions that carry their year are returned. Durations ("tres meses") and
    sets ("todos los lunes") are no dates and are not returned. `language` is a code such as "es", or the words of
    another language; of no known code, the words of the text decide. Takes time linear in the length of the text.
    A day or month without its year does not begin after `latest`, where the text speaks of what is published by then.
    """
    folded = fold(text)
    lexicon = language if isinstance(language, Lexicon) else lexicon_for(folded, language)
    if not may_hold_date(folded, lexicon):
        return []
    sentence = Sentence(text, tokenize(folded, lexicon), lexicon)
    dates: list[DateExpression] = []
    for expression in read_expressions(sentence):
        resolution = _resolve(sentence, expression, reference, latest, dates[-1] if dates else None)
        if resolution:
            dates.append(_dated(sentence, expression, resolution))
    return dates


def _dated(sentence: Sentence, expression: Expression, resolution: Resolution) -> DateExpression:
    span = Span(sentence.at(expression.start).start, sentence.at(expression.end - 1).end)
    readings = resolution.readings
    return DateExpression(
        span.of(sentence.text), span, readings[0], resolution.grain, resolution.sure, readings
    )


def _resolve(
    sentence: Sentence,
    expression: Expression,
    reference: date | None,
    latest: date | None,
    before: DateExpression | None,
) -> Resolution | None:
    shape = expression.shape
    if reference is None:
        return resolve(shape, None)
    leans = _leaning(sentence, expression)
    if _needs_future(sentence, expression) and not _is_future(sentence, leans):
        return None
    antecedent = before.interval.end if before else None
    if antecedent is None and _counts_from_unsaid(sentence, expression):
        return None
    month = before.interval if before and before.grain is Grain.MONTH else None
    return resolve(shape, Context(reference, leans, antecedent, month, latest))


def _leaning(sentence: Sentence, expression: Expression) -> Leaning:
    """The tense around an expression. Without a verb, "del lunes" leans to the past, and what is said alone
    to the future, but not surely."""
    start, end, shape = expression.start, expression.end, expression.shape
    of_the = sentence.has(start - 1, Kind.OF_THE)
    is_weekday = isinstance(shape, Partial) and shape == Partial(weekday=shape.weekday)
    leans = leaning(sentence, start, end, is_weekday and not of_the)
    if leans.tense is Tense.UNKNOWN and of_the:
        return Leaning(Tense.PAST, _NO_VERB)
    if leans.distance > _NO_VERB and isinstance(shape, Open) and shape.bound is Bound.SINCE:
        return Leaning(Tense.PAST, _NO_VERB, guessed=True)
    is_alone = start <= 1 and end >= len(sentence.tokens) - 1
    return Leaning(Tense.FUTURE, _NO_VERB, guessed=True) if leans.distance > _NO_VERB and is_alone else leans


def _needs_future(sentence: Sentence, expression: Expression) -> bool:
    """Whether the expression is "en tres meses", a point in the future or a duration in the past."""
    is_distance = isinstance(expression.shape, Moved) and expression.shape.origin is None
    return is_distance and sentence.has(expression.start, Kind.IN)


def _is_future(sentence: Sentence, leans: Leaning) -> bool:
    return leans.tense is Tense.FUTURE or (leans.distance > _NO_VERB and len(sentence.tokens) <= _SHORT)


def _counts_from_unsaid(sentence: Sentence, expression: Expression) -> bool:
    """Whether "al día siguiente" or "ese año" counts from a date that stands before it, if anywhere."""
    shape = expression.shape.date if isinstance(expression.shape, Open) else expression.shape
    period = shape.period if isinstance(shape, Within) else shape
    if not isinstance(period, Cycle) or not period.is_relative:
        return False
    # A rule has “el día 5 del mes siguiente”.
    of_next = period is not shape and period.offset > 0 and period.unit.months > 0
    tokens = range(expression.start - 1, expression.end)
    to_the = any(sentence.has(i, Kind.TO_THE) for i in tokens[:2])
    return of_next or to_the or any(sentence.has(i, Kind.THAT) for i in tokens[1:])


# Expressions: points, their ranges and bounds, and several in a row.


def read_expressions(sentence: Sentence) -> Iterator[Expression]:
    """The expressions of a text in order, without overlaps."""
    reachable = _reachable(sentence)
    # From the last to the first, so that a date that begins with another is read without recursion.
    for i in range(len(sentence.tokens) - 1, -1, -1):
        if reachable[i]:
            point(sentence, i)
    i, is_dated = 0, False
    while i < len(sentence.tokens):
        end = _skip_set(sentence, i) if reachable[i] else i + 1
        if end > i:
            i = end
            continue
        expressions = _read(sentence, i, is_dated)
        yield from expressions
        is_dated = is_dated or bool(expressions)
        i = max(expressions[-1].end if expressions else i, i + 1)


def _reachable(sentence: Sentence) -> list[bool]:
    """For every token, whether a date could begin there: a word that makes a date stands close after."""
    reachable = [False] * len(sentence.tokens)
    distance = _REACH + 1
    for i in range(len(sentence.tokens) - 1, -1, -1):
        distance = 0 if _makes_date(sentence, i) else distance + 1
        reachable[i] = distance <= _REACH and bool(sentence.tokens[i].senses)
    return reachable


def _makes_date(sentence: Sentence, i: int) -> bool:
    senses = sentence.tokens[i].senses
    if Kind.SHORT_YEAR in senses:
        return True
    if Kind.DIGITS not in senses:
        return bool(senses) and is_core(senses)
    short = len(sentence.tokens) <= 4
    return short or len(sentence.word(i)) == 4 or sentence.has(i - 1, *_BOUNDS, Kind.THE)


def _read(sentence: Sentence, i: int, after_date: bool) -> list[Expression]:
    """The expressions that begin at `i`: one, several of an enumeration, or none."""
    for reader in (_range, _week_of_range, _onward, _open):
        match = reader(sentence, i)
        if match:
            return [Expression(match[0], i, match[1])]
    several = _enumeration(sentence, i)
    if several:
        return several
    match = point(sentence, i) or (_trailing_day(sentence, i) if after_date else None)
    if match is None or _recurs(sentence, i, match[1]):
        return []
    return [Expression(match[0], i, match[1])]


def _recurs(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a date comes back: "cada 23 de enero", "en marzo de cada año"."""
    return sentence.has(start - 1, Kind.EACH) or (
        sentence.has(end, Kind.OF) and sentence.has(end + 1, Kind.EACH)
    )


def _end_of_range(sentence: Sentence, i: int, other: Shape | None = None) -> tuple[Shape, int] | None:
    """One end of a range: a date, or a bare day, month or year, which the other end completes."""
    match = point(sentence, i)
    if match:
        return match
    at = sentence.skip(i, Kind.THE)
    if sentence.has(at, Kind.NOW):
        return Now(), at + 1
    day = day_number(sentence, sentence.skip(at, Kind.DAY_WORD))
    if day and not _school_year(sentence, at, other) and not counts_things(sentence, day[1]):
        return Partial(day=day[0]), day[1]
    at = sentence.skip(at, Kind.YEAR_WORD)
    year = written_year(sentence, at) or _school_year(sentence, at, other)
    if year:
        return Partial(year[0]), year[1]
    month = month_name(sentence, at)
    of_months = isinstance(other, Partial) and other.month is not None and other.day is None
    is_month = month is not None and (of_months or sentence.has(month[1], Kind.TO))
    return (Partial(None, month[0]), month[1]) if month and is_month else None


def _school_year(sentence: Sentence, i: int, other: Shape | None) -> tuple[int, int] | None:
    """The year that two digits name right behind another: "2024-25"."""
    digits = sentence.value(i, Kind.DIGITS)
    if digits is None or len(sentence.word(i)) != 2 or not sentence.touches(i):
        return None
    match other:
        case Partial(year=int() as year, month=None) if year % 100 < digits:
            return year - year % 100 + digits, i + 1
    return None


def _range(sentence: Sentence, i: int) -> tuple[Shape, int] | None:
    """ "de 2014 a 2018", "del 3 al 5 de marzo", "entre mayo y julio", "enero-febrero de 2017", "de 2019 a la fecha"."""
    between = sentence.has(i, Kind.BETWEEN)
    since = sentence.has(i, Kind.SINCE) and not sentence.has(i, Kind.FROM)
    led = between or since or sentence.has(i, Kind.FROM)
    first = _end_of_range(sentence, i + led)
    if first is None:
        return None
    # “calle Cervantes, 21, hasta el 30 de junio”: the number before a comma is a house's.
    is_number = not led and _is_bare_day(first[0])
    comma = sentence.word(first[1]) == "," and sentence.has(first[1] + 1, Kind.TO) and not is_number
    link = first[1] + comma
    if isinstance(first[0], Cycle) and first[0].is_relative and not sentence.has(link, Kind.DASH):
        return None
    if isinstance(first[0], Now) and (comma or not led):
        return None
    if sentence.word(link) == "/" and isinstance(first[0], Partial) and first[0] == Partial(first[0].year):
        second = written_year(sentence, link + 1)
        is_next = second is not None and first[0].year is not None and second[0] == first[0].year + 1
        return (Range(first[0], Partial(second[0])), second[1]) if second and is_next else None
    if led and sentence.has(link, Kind.TO_DATE):
        return Range(first[0], Now()), link + 1
    if not (sentence.has(link, Kind.TO) or (between and sentence.has(link, Kind.AND))):
        return None
    # “A partir del 3 de mayo, a las 9” names an hour.
    if since and not sentence.has(link, Kind.UNTIL, Kind.TO_THE):
        return None
    last = _day_of_period(sentence, link + 1) or _end_of_range(sentence, link + 1, first[0])
    shape = _range_of(first[0], last[0]) if last else None
    return _with_year(sentence, shape, last[1]) if shape and last else None


def _with_year(sentence: Sentence, shape: Shape, end: int) -> tuple[Shape, int]:
    """The range with the year that stands behind it where the month leads: "May 5-9, 2025"."""
    match shape:
        case Range(Partial(year=None) as first, Partial(year=None, month=int(), day=int()) as last):
            year = year_after(sentence, end)
            if year:
                return Range(replace(first, year=year[0]), replace(last, year=year[0])), year[1]
    return shape, end


def _week_of_range(sentence: Sentence, i: int) -> tuple[Shape, int] | None:
    """ "Esta semana de martes a jueves"."""
    week = point(sentence, i)
    if week is None or scale(week[0]) is not Unit.WEEK or not sentence.has(week[1], Kind.FROM):
        return None
    days = _range(sentence, week[1])
    match days:
        case (
            Range(Partial(year=None, day=None, weekday=int()) as first, Partial(weekday=int()) as last),
            end,
        ):
            return Range(Within(first, week[0]), Within(last, week[0])), end
    return None


def _day_of_period(sentence: Sentence, i: int) -> tuple[Shape, int] | None:
    """The end of a range within a month of the reference: "23 del próximo mes"."""
    day = day_number(sentence, sentence.skip(i, Kind.THE))
    if day is None or not sentence.has(day[1], Kind.OF):
        return None
    period = point(sentence, day[1] + 1)
    if period and isinstance(period[0], Cycle) and period[0].unit is Unit.MONTH:
        return Within(Partial(day=day[0]), period[0]), period[1]
    return None


def _range_of(first: Shape, last: Shape) -> Shape | None:
    """The range of two ends, each completed from the other; None where they cannot be ends of one."""
    if isinstance(last, Moved) and isinstance(last.origin, Told):
        return Range(first, replace(last, origin=first))  # “desde hoy hasta dos días después”
    if isinstance(first, Partial) and isinstance(last, Within) and isinstance(last.item, Partial):
        same = first.year is None and (first.day is None) == (last.item.day is None)
        return Range(Within(first, last.period), last) if same else None
    if not isinstance(first, Partial) or not isinstance(last, Partial):
        return None if _is_bare_day(first) or _is_bare_day(last) else Range(first, last)
    if first.day is not None and last.day is None and last.weekday is not None:
        return None
    if _is_bare_day(first):
        if last.month is None or last.day is None:
            return None
        first = replace(first, month=last.month)
    elif _is_bare_day(last):
        if first.month is None or first.day is None:
            return None
        last = replace(last, month=first.month)
    return Range(first, last)


def _is_bare_day(shape: Shape) -> bool:
    return (
        isinstance(shape, Partial) and shape.day is not None and shape.month is None and shape.weekday is None
    )


def _bound(sentence: Sentence, i: int) -> Bound | None:
    return next((bound for kind, bound in _BOUNDS.items() if sentence.has(i, kind)), None)


def _open(sentence: Sentence, i: int) -> tuple[Shape, int] | None:
    """ "desde marzo", "antes del 5 de mayo", "hasta el viernes", "a partir del 19"."""
    bound = _bound(sentence, i)
    match = point(sentence, i + 1) if bound else None
    return (Open(bound, match[0]), match[1]) if match and bound else None


def _onward(sentence: Sentence, i: int) -> tuple[Shape, int] | None:
    """ "2018 en adelante", "el 1/1/2016 o más tarde"."""
    match = point(sentence, i)
    if match is None or not sentence.has(match[1], Kind.ONWARD):
        return None
    return Open(Bound.SINCE, match[0]), match[1] + 1


def _enumeration(sentence: Sentence, i: int) -> list[Expression] | None:
    """ "3, 4 y 5 de marzo", "enero y febrero de 2020": each date with the tokens that name it."""
    items: list[tuple[Partial, int, int]] = []
    at = i
    while len(items) < _MAX_LIST:
        match = _end_of_range(sentence, at)
        if match is None or not isinstance(match[0], Partial):
            return None
        items.append((match[0], at, match[1]))
        at = match[1]
        if sentence.word(at) != "," and not sentence.has(at, Kind.AND):
            break
        at += 1 + (sentence.word(at) == "," and sentence.has(at + 1, Kind.AND))
    return _completed(items) if len(items) > 1 else None


def _completed(items: list[tuple[Partial, int, int]]) -> list[Expression] | None:
    """Give each item of an enumeration the month and the year of the last."""
    last = items[-1][0]
    if last.month is None:
        return None
    completed: list[Expression] = []
    for partial, start, end in items:
        if partial.month is None:
            if partial.day is None or last.day is None or partial.year:
                return None
            partial = replace(partial, month=last.month)
        if partial.year is None and partial.side is None:
            partial = replace(partial, year=last.year)
        completed.append(Expression(partial, start, end))
    return completed


def _trailing_day(sentence: Sentence, i: int) -> tuple[Shape, int] | None:
    """ "a partir del 19", in a text that has told a month before."""
    bound = _bound(sentence, i)
    at = sentence.skip(i + 1, Kind.THE)
    if bound is None or not sentence.is_definite(at - 1) or not sentence.has(at, Kind.DIGITS):
        return None
    day = day_number(sentence, at)
    counted = day is None or counts_things(sentence, day[1]) or sentence.has(day[1], Kind.OF)
    if day is None or counted or sentence.capitalised(day[1]):
        return None
    return Open(bound, Partial(day=day[0])), day[1]


def _skip_set(sentence: Sentence, i: int) -> int:
    """The index after a set that begins at `i` ("todos los lunes", "de lunes a viernes"), else `i`."""
    if sentence.has(i, Kind.WEEKDAYS):
        return _skip_weekdays(sentence, i + 1)
    if sentence.has(i, Kind.EVERY) and not sentence.has(i, Kind.THE, Kind.TO, Kind.NUMBER):
        at = sentence.skip(sentence.skip(i + 1, Kind.THE), Kind.ORDINAL)
        is_set = sentence.has(at, Kind.UNIT, Kind.WEEKDAY, Kind.SEASON, Kind.DAYPART) and not sentence.has(
            i, Kind.BY
        )
        return _skip_weekdays(sentence, at + 1) if is_set else i
    at = sentence.skip(i, Kind.FROM)
    last = at + 2
    if not (
        sentence.has(at, Kind.WEEKDAY) and sentence.has(at + 1, Kind.TO) and sentence.has(last, Kind.WEEKDAY)
    ):
        return i
    period = point(sentence, last + 2) if sentence.has(last + 1, Kind.OF) else None
    of_week = period is not None and isinstance(period[0], Cycle) and period[0].unit is Unit.WEEK
    definite = sentence.has(i, Kind.OF_THE) or sentence.has(at + 1, Kind.TO_THE)
    return i if of_week or definite or sentence.has(last, Kind.DIGITS) else last + 1


def _skip_weekdays(sentence: Sentence, i: int) -> int:
    """Past the further weekdays of a set: ", miércoles y viernes"."""
    while sentence.word(i) == "," or sentence.has(i, Kind.AND):
        at = sentence.skip(i + 1, Kind.THE)
        if not sentence.has(at, Kind.WEEKDAY, Kind.WEEKDAYS):
            break
        i = at + 1
    return i
