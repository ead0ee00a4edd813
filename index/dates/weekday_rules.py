"""Grammar of weekdays, and of days of a month told without its name."""

from index.dates.calendar import Unit
from index.dates.lexicon import Kind
from index.dates.modifiers import cycle_of, side_after, side_before
from index.dates.sentence import Match, Sentence, counts_things, day_number
from index.dates.shapes import MonthOf, Partial, WeekdayOf
from index.dates.year_rules import year_after


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


def leading_weekday(sentence: Sentence, i: int) -> tuple[int | None, int]:
    found = weekday_name(sentence, i)
    if found is None:
        return None, i
    weekday, at = found
    at = at + 1 if sentence.word(at) in {",", "-", "("} else at
    return weekday, sentence.skip(sentence.skip(at, Kind.THE), Kind.DAY_WORD)


def weekday_date(sentence: Sentence, i: int) -> Match | None:
    """ "este viernes", "el martes pasado", "viernes 6", "el miércoles de la semana que viene"."""
    side, at = side_before(sentence, i)
    found = weekday_name(sentence, at)
    if found is None or not _is_weekday(sentence, i, at):
        return None
    weekday, at = found
    of_week = (
        cycle_of(sentence, at + 1, Unit.WEEK)
        if sentence.has(at, Kind.OF) or sentence.word(at) == ","
        else None
    )
    if of_week:
        return WeekdayOf(weekday, of_week[0]), of_week[1]
    if side is None:
        side, at = side_after(sentence, at)
    numbered = day_number(sentence, sentence.skip(sentence.skip(at, Kind.THE), Kind.DAY_WORD))
    if numbered and not side and _ends_day(sentence, numbered[1]):
        return Partial(None, None, numbered[0], weekday), numbered[1]
    return Partial(weekday=weekday, side=side), at


def _is_weekday(sentence: Sentence, i: int, at: int) -> bool:
    """Whether a weekday name is a day: not a surname ("Plácido Domingo"), not a set ("cada lunes")."""
    if sentence.has(i - 1, Kind.EVERY) and sentence.word(i - 1) not in {"al", "por", "a"}:
        return False
    if sentence.has(i - 1, Kind.NUMBER) or sentence.number(i - 1, Kind.RELATIVE) == 0:
        return False
    led = at > i or sentence.has(
        i - 1, Kind.THE, Kind.OF, Kind.TO, Kind.SINCE, Kind.UNTIL, Kind.BETWEEN, Kind.AND
    )
    if sentence.lexicon.capitalised:
        return True
    named = sentence.capitalised(at + 1) or not sentence.begins(at)
    return led or not sentence.capitalised(at) or not named


def _ends_day(sentence: Sentence, i: int) -> bool:
    """Whether nothing at `i` turns the number before it into a count, an hour or a price."""
    token = sentence.at(i)
    plain = not token.word or token.word in {".", ",", ";", ")", "?", "!", ":"} or token.senses
    return bool(plain) and not counts_things(sentence, i) and token.word not in {"de", "-", "%"}


def day_of_month(sentence: Sentence, i: int) -> Match | None:
    """ "el día 9", "el 21 de este mes", "el 9 de 8 de 1971"; "el 16" where it is all that is said."""
    side, at = side_before(sentence, i)
    led = sentence.has(i - 1, Kind.THE)
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
            if led and sentence.word(after) == "del":
                return Partial(None, month[0], day), month[1]
        period = cycle_of(sentence, after + 1, Unit.MONTH)
        if period:
            return MonthOf(Partial(day=day), period[0]), period[1]
    alone = led and i == 1 and after == len(sentence.tokens)
    named = named and sentence.word(i - 1) != "al"
    return (
        (Partial(day=day), after)
        if side is None and (alone or (named and _ends_day(sentence, after)))
        else None
    )
