"""Grammar of dates with a named month.

A rule takes a sentence and the index of a token, and gives the shape that begins there with the index
after it.
"""

from dataclasses import replace

from index.dates.calendar import Unit
from index.dates.lexicon import Kind
from index.dates.modifiers import cycle_of, side_after, side_before
from index.dates.sentence import Match, Sentence, counts_things, day_number, written_year
from index.dates.shapes import MonthOf, Partial
from index.dates.weekday_rules import leading_weekday
from index.dates.year_rules import year_after


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


def day_and_month(sentence: Sentence, i: int) -> Match | None:
    """A day with its month, in either order, with a weekday before and a year after when they are written."""
    side, at = side_before(sentence, i)
    weekday, at = leading_weekday(sentence, at)
    if side is None:
        side, at = side_before(sentence, at)
    at = sentence.skip(at, Kind.DAY_WORD)
    parts = _day_then_month(sentence, at) or _month_then_day(sentence, at)
    if parts is None:
        return None
    month, day, at = parts
    match = _with_year(sentence, Partial(None, month, day, weekday, side), at)
    foreign = any(sentence.has(word, Kind.FOREIGN_MONTH) for word in range(i, match[1]))
    full = isinstance(match[0], Partial) and match[0].year is not None
    return (match[0], _past_weekday(sentence, match[1])) if full or not foreign else None


def _past_weekday(sentence: Sentence, i: int) -> int:
    """Past a weekday in brackets that repeats the date before it: "el 23 de enero (viernes)"."""
    bracketed = sentence.word(i) == "(" and sentence.has(i + 1, Kind.WEEKDAY) and sentence.word(i + 2) == ")"
    return i + 3 if bracketed else i


def _any_month(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """A month name of any language."""
    foreign = sentence.number(i, Kind.FOREIGN_MONTH)
    return (foreign, i + 1) if foreign is not None else month_name(sentence, i)


def _day_then_month(sentence: Sentence, i: int) -> tuple[int, int, int] | None:
    if _is_street(sentence, i):
        return None
    last = sentence.number(i, Kind.ORDINAL) == -1
    found = (-1, i + 1) if last else day_number(sentence, i)
    if found is None:
        return None
    day, at = found
    if sentence.word(at) in {"of", "de", "del", "do", "el", "/", "-", "."}:
        at += 1
    month = _any_month(sentence, sentence.skip(at, Kind.THE))
    if month is None or (last and sentence.word(at - 1) not in {"de", "of"}):
        return None
    return month[0], day, month[1]


def _is_street(sentence: Sentence, i: int) -> bool:
    """Whether a day and month at `i` name a place: "por 18 de Julio", "avenida 9 de julio"."""
    if sentence.has(i - 1, Kind.PLACE):
        return True
    bare = sentence.word(i - 1) in {"por", "en", "sobre", "esquina"}
    named = sentence.capitalised(i + 2) and sentence.word(i + 1) == "de"
    return bare and named and written_year(sentence, i + 4) is None


def _month_then_day(sentence: Sentence, i: int) -> tuple[int, int, int] | None:
    month = _any_month(sentence, i)
    if month is None:
        return None
    day = day_number(sentence, sentence.skip(month[1], Kind.THE))
    if day is None or counts_things(sentence, day[1]) or sentence.has(day[1], Kind.MONTH):
        return None
    written = sentence.at(day[1] - 1).number is not None
    return (month[0], day[0], day[1]) if written or (len(sentence.tokens) > 1 and day[0] > 1) else None


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
    if sentence.has(i - 1, Kind.OF) and sentence.at(i - 2).number is not None:
        return None
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
        i - 1,
        Kind.IN,
        Kind.SINCE,
        Kind.UNTIL,
        Kind.BETWEEN,
        Kind.BEFORE,
        Kind.AFTER,
        Kind.TO,
        Kind.AND,
        Kind.FROM,
    ) or sentence.word(i - 1) in {"durante", "during", "para", "by", "desde", "of", "for"}
    named = sentence.capitalised(i) and sentence.capitalised(i + 1)
    if sentence.lexicon.capitalised:
        spelled = sentence.capitalised(i) or sentence.word(i) not in {"may", "march", "august"}
        return spelled and not named and (before or len(sentence.tokens) == 1)
    if not sentence.capitalised(i):
        return not (sentence.at(i - 2).number and sentence.has(i - 3, Kind.PLACE))
    placed = before and sentence.word(i - 1) not in {"de", "del", "y", "e", "a", "al"}
    return not named and (placed or len(sentence.tokens) == 1)
