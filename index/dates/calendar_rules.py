"""Grammar of calendar dates: numeric ones, days, months, years, and weekdays.

A rule takes a sentence and the index of a token, and gives the shape that begins there and the index after it.
"""

from dataclasses import replace

from index.dates.calendar import Unit
from index.dates.lexicon import Kind
from index.dates.sentence import Match, Sentence, counts_things, day_number, written_year
from index.dates.shapes import Cycle, MonthOf, Partial, WeekdayOf
from index.dates.tokens import full_year


def side_before(sentence: Sentence, i: int) -> tuple[int | None, int]:
    """The direction that words before a date give ("este próximo" is +1), and the index after them."""
    side, at = None, i
    while at < i + 2:
        if sentence.has(at, Kind.THIS):
            side = side or 0
        elif sentence.has(at, Kind.NEXT):
            side = 1
        elif sentence.has(at, Kind.LAST):
            side = -1
        else:
            break
        at += 1
    return side, at


def side_after(sentence: Sentence, i: int) -> tuple[int | None, int]:
    """The direction that a word after a date gives: "pasado", "que viene", "siguiente"."""
    if sentence.has(i, Kind.NEXT):
        return 1, i + 1
    if sentence.has(i, Kind.LAST):
        return -1, i + 1
    relative = sentence.number(i, Kind.RELATIVE)
    return (relative, i + 1) if relative is not None else (None, i)


def month_name(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """A month in full or abbreviated, with the point of the abbreviation."""
    month = sentence.number(i, Kind.MONTH)
    if month is not None:
        return month, i + 1
    month = sentence.number(i, Kind.MONTH_ABBREVIATION)
    if month is None:
        return None
    dotted = sentence.word(i + 1) == "." and not sentence.capitalised(i + 2)
    return month, i + 2 if dotted else i + 1


def year_after(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """The year that follows a month: "de 2026", ", 2026", "/2026", "del año 2026", "del 87"."""
    at = i
    linked = sentence.has(at, Kind.OF, Kind.IN)
    if linked or sentence.word(at) in {",", "/", "-"}:
        at += 1
    at = sentence.skip(sentence.skip(at, Kind.THE), Kind.YEAR_WORD)
    token = sentence.at(at)
    if linked and sentence.word(at - 1) == "del" and token.number is not None and len(token.word) == 2:
        return full_year(token.number), at + 1
    return written_year(sentence, at)


def cycle_of(sentence: Sentence, i: int, *units: Unit) -> tuple[Cycle, int] | None:
    """A unit told from the reference, after "de": "del próximo año", "de esta semana", "del mes"."""
    at = sentence.skip(i, Kind.THE)
    side, at = side_before(sentence, at)
    at_unit = sentence.unit(at)
    if at_unit is None or (units and at_unit not in units):
        return None
    relative = Kind.RELATIVE in sentence.at(at + 1).senses
    if side is None:
        side, after = side_after(sentence, at + 1)
        if side is None and sentence.has(at + 1, Kind.THIS):
            side, after = 0, at + 2
        return (Cycle(at_unit, side, relative), after) if side is not None else None
    return Cycle(at_unit, side), at + 1


def numeric_date(sentence: Sentence, i: int) -> Match | None:
    """ "16/01/2026", "2026-01-16", "05-ago-2016", "11/2016"; "4/7" only where the words around ask for a date."""
    digits = sentence.at(i).date
    if digits is None:
        return None
    month, day = digits.month, digits.day
    if isinstance(month, str):
        senses = sentence.lexicon.words.get(month, {})
        named = senses.get(Kind.MONTH, senses.get(Kind.MONTH_ABBREVIATION))
        if not isinstance(named, int):
            return None
        month = named
    if month is not None and not 1 <= month <= 12 and day is not None and digits.ambiguous:
        month, day = day, month
    if month is None or not 1 <= month <= 12:
        return None
    if digits.year is None and digits.ambiguous and not _asks_for_date(sentence, i):
        return None
    both = digits.ambiguous and day is not None and day <= 12 and day != month
    swap = both and sentence.lexicon.month_first
    if swap and day is not None:
        month, day = day, month
    return Partial(digits.year, month, day, month_first=swap), i + 1


def _asks_for_date(sentence: Sentence, i: int) -> bool:
    """Whether "4/7" at `i` is a day and a month rather than a fraction or a score."""
    before, after = i - 1, i + 1
    if counts_things(sentence, after) or sentence.has(after, Kind.OF) or sentence.word(i) == "24/7":
        return False
    kinds = (
        Kind.THE, Kind.DAY_WORD, Kind.WEEKDAY, Kind.WEEKDAY_ABBREVIATION, Kind.THIS, Kind.NEXT, Kind.LAST,
        Kind.SINCE, Kind.UNTIL, Kind.FROM, Kind.TO, Kind.BETWEEN, Kind.BEFORE, Kind.AFTER,
    )  # fmt: skip
    if sentence.has(before, *kinds) or sentence.word(before) in {"del", "al"}:
        return True
    digits = sentence.at(i).date
    alone = len(sentence.tokens) == 1 or sentence.at(after).date is not None
    large = digits is not None and digits.day is not None and digits.day > 12
    return alone or large


def weekday_name(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """A weekday; an abbreviation only before a point, a number, or where it is all that is asked."""
    weekday = sentence.number(i, Kind.WEEKDAY)
    if weekday is not None:
        return weekday, i + 1
    weekday = sentence.number(i, Kind.WEEKDAY_ABBREVIATION)
    if weekday is None:
        return None
    if sentence.word(i + 1) == "." and len(sentence.word(i)) > 1:
        return weekday, i + 2
    followed = sentence.at(i + 1).number is not None and len(sentence.word(i)) > 2
    return (weekday, i + 1) if followed or len(sentence.tokens) == 1 else None


def day_and_month(sentence: Sentence, i: int) -> Match | None:
    """A day with its month, in either order, with a weekday before and a year after when they are written."""
    side, at = side_before(sentence, i)
    weekday, at = _leading_weekday(sentence, at)
    if side is None:
        side, at = side_before(sentence, at)
    parts = _day_then_month(sentence, at) or _month_then_day(sentence, at)
    if parts is None:
        return None
    month, day, at = parts
    partial = Partial(None, month, day, weekday, side)
    return _with_year(sentence, partial, at)


def _leading_weekday(sentence: Sentence, i: int) -> tuple[int | None, int]:
    found = weekday_name(sentence, i)
    if found is None:
        return None, i
    weekday, at = found
    at = at + 1 if sentence.word(at) in {",", "-", "("} else at
    return weekday, sentence.skip(sentence.skip(at, Kind.THE), Kind.DAY_WORD)


def _day_then_month(sentence: Sentence, i: int) -> tuple[int, int, int] | None:
    last = sentence.number(i, Kind.ORDINAL) == -1
    found = (-1, i + 1) if last else day_number(sentence, i)
    if found is None:
        return None
    day, at = found
    if sentence.word(at) in {"of", "de", "del", "/", "-", "."} or sentence.word(at) == "do":
        at += 1
    elif sentence.word(at) == "el":
        at += 1
    month = month_name(sentence, sentence.skip(at, Kind.THE))
    if month is None or (last and sentence.word(at - 1) not in {"de", "of"}):
        return None
    return month[0], day, month[1]


def _month_then_day(sentence: Sentence, i: int) -> tuple[int, int, int] | None:
    month = month_name(sentence, i)
    if month is None:
        return None
    day = day_number(sentence, sentence.skip(month[1], Kind.THE))
    if day is None or counts_things(sentence, day[1]) or sentence.has(day[1], Kind.MONTH):
        return None
    written = sentence.at(day[1] - 1).number is not None
    return (month[0], day[0], day[1]) if written or len(sentence.tokens) > 1 and day[0] > 1 else None


def _with_year(sentence: Sentence, partial: Partial, i: int) -> Match:
    """`partial` with the year, the side or the period that follows it."""
    year = year_after(sentence, i)
    if year:
        return replace(partial, year=year[0]), year[1]
    if sentence.has(i, Kind.OF, Kind.IN):
        period = cycle_of(sentence, i + 1, Unit.YEAR)
        if period:
            return MonthOf(partial, period[0]), period[1]
    side, after = side_after(sentence, i)
    return (replace(partial, side=side), after) if side is not None else (partial, i)


def month_and_year(sentence: Sentence, i: int) -> Match | None:
    """A month, with its year when one follows; "2016, noviembre" too."""
    year = written_year(sentence, i)
    if year:
        at = year[1] + (sentence.word(year[1]) in {",", "/", "-"})
        month = month_name(sentence, at)
        ahead = month and not year_after(sentence, month[1])
        return (Partial(year[0], month[0]), month[1]) if month and ahead else None
    side, at = side_before(sentence, i)
    month = month_name(sentence, at)
    if month is None:
        return None
    match = _with_year(sentence, Partial(None, month[0], side=side), month[1])
    if isinstance(match[0], Partial) and match[0].year is None and match[0].side is None:
        return match if _is_month(sentence, at) else None
    return match


def _is_month(sentence: Sentence, i: int) -> bool:
    """Whether a month name that stands alone is a month: not a person's name, a verb or a street."""
    if Kind.MONTH not in sentence.at(i).senses:
        return False
    before = sentence.has(
        i - 1, Kind.IN, Kind.SINCE, Kind.UNTIL, Kind.BETWEEN, Kind.BEFORE, Kind.AFTER, Kind.TO, Kind.AND, Kind.FROM
    ) or sentence.word(i - 1) in {"durante", "during", "para", "by", "desde", "of", "for"}
    named = sentence.capitalised(i) and sentence.capitalised(i + 1)
    if sentence.lexicon.capitalised:
        spelled = sentence.capitalised(i) or sentence.word(i) not in {"may", "march", "august"}
        return spelled and not named and (before or len(sentence.tokens) == 1)
    if not sentence.capitalised(i):
        return True
    placed = before and sentence.word(i - 1) not in {"de", "del", "y", "e", "a", "al"}
    return not named and (placed or len(sentence.tokens) == 1)


def weekday_date(sentence: Sentence, i: int) -> Match | None:
    """ "este viernes", "el martes pasado", "viernes 6", "el miércoles de la semana que viene"."""
    side, at = side_before(sentence, i)
    found = weekday_name(sentence, at)
    if found is None or not _is_weekday(sentence, i, at):
        return None
    weekday, at = found
    of_week = cycle_of(sentence, at + 1, Unit.WEEK) if sentence.has(at, Kind.OF) or sentence.word(at) == "," else None
    if of_week:
        return WeekdayOf(weekday, of_week[0]), of_week[1]
    if side is None:
        side, at = side_after(sentence, at)
    numbered = day_number(sentence, sentence.skip(sentence.skip(at, Kind.THE), Kind.DAY_WORD))
    if numbered and side is None and _ends_day(sentence, numbered[1]):
        return Partial(None, None, numbered[0], weekday), numbered[1]
    return Partial(weekday=weekday, side=side), at


def _is_weekday(sentence: Sentence, i: int, at: int) -> bool:
    """Whether a weekday name is a day: not a surname ("Plácido Domingo") and not a set ("de lunes a viernes")."""
    if sentence.has(i - 1, Kind.EVERY) and sentence.word(i - 1) not in {"al", "por", "a"}:
        return False
    led = at > i or sentence.has(i - 1, Kind.THE, Kind.OF, Kind.TO, Kind.SINCE, Kind.UNTIL, Kind.BETWEEN, Kind.AND)
    if sentence.lexicon.capitalised:
        return True
    return led or not sentence.capitalised(at) or sentence.begins(at) or len(sentence.tokens) <= 2


def _ends_day(sentence: Sentence, i: int) -> bool:
    """Whether nothing at `i` turns the number before it into a count, an hour or a price."""
    token = sentence.at(i)
    plain = not token.word or token.word in {".", ",", ";", ")", "?", "!", ":"} or token.senses
    return bool(plain) and not counts_things(sentence, i) and token.word not in {"de", "-", "%"}


def day_of_month(sentence: Sentence, i: int) -> Match | None:
    """ "el día 9", "el 21 de este mes", "el 9 de 8 de 1971", "el 17 del 11"; "el 16" where it is all that is said."""
    at = sentence.skip(i, Kind.THE)
    side, at = side_before(sentence, at)
    named = sentence.has(at, Kind.DAY_WORD)
    found = day_number(sentence, sentence.skip(at, Kind.DAY_WORD))
    if found is None:
        return None
    day, after = found
    if sentence.has(after, Kind.OF):
        month = day_number(sentence, after + 1)
        if month and month[0] <= 12 and sentence.at(after + 1).number is not None:
            year = year_after(sentence, month[1])
            if year:
                return Partial(year[0], month[0], day), year[1]
            if at > i and sentence.word(after) == "del":
                return Partial(None, month[0], day), month[1]
        period = cycle_of(sentence, after + 1, Unit.MONTH)
        if period:
            return MonthOf(Partial(day=day), period[0]), period[1]
    alone = at > i and after == len(sentence.tokens)
    if side is None and (alone or (named and _ends_day(sentence, after))) and sentence.word(i) not in {"al"}:
        return (Partial(day=day), after) if alone and i == 0 or named else None
    return None


def bare_year(sentence: Sentence, i: int) -> Match | None:
    """ "en 2014", "el año 2008", "2018": four digits where the words around make them a year."""
    named = sentence.has(i, Kind.YEAR_WORD)
    at = sentence.skip(i, Kind.YEAR_WORD)
    token = sentence.at(at)
    if named and token.number is not None and len(token.word) == 3:
        return Partial(token.number), at + 1
    found = written_year(sentence, at)
    if found is None:
        return None
    return (Partial(found[0]), found[1]) if named or _is_year(sentence, at, found[0]) else None


def _is_year(sentence: Sentence, i: int, year: int) -> bool:
    """Whether a number is a year by its neighbours and its size."""
    if sentence.has(i - 1, Kind.NOT_A_YEAR, Kind.MORE_THAN) or sentence.word(i + 1) in {"%", "/", "°"}:
        return False
    if sentence.has(i + 1, Kind.TO) and sentence.at(i + 2).number and not written_year(sentence, i + 2):
        return False
    if sentence.has(i - 1, Kind.IN, Kind.SINCE, Kind.UNTIL, Kind.BETWEEN, Kind.BEFORE, Kind.AFTER):
        return True
    if sentence.at(i).number is None:
        return len(sentence.tokens) <= 4
    if not 1800 <= year <= 2100:
        return False
    led = sentence.has(i - 1, Kind.OF, Kind.TO, Kind.AND, Kind.FROM) or sentence.word(i - 1) in {"", "(", ",", "para"}
    modern = 1900 <= year
    return led or (modern and (sentence.begins(i) or not sentence.capitalised(i - 1)))
