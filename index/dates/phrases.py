"""What single words and short phrases say of time, and whether the words around them let them say it.

A reader gives what it reads at a token with the index after it, or None. A check tells whether what was read from one
index to another is a date there: words name people, streets and counts as well.
"""

from collections.abc import Collection, Mapping
from typing import Any

from index.dates.calendar import Grain, Unit, year_days
from index.dates.choose import Partial
from index.dates.lexicon import Kind
from index.dates.tokens import (
    Digits,
    Sentence,
    cardinal,
    counts_things,
    full_year,
    ordinal,
    pointed_year,
    unit_at,
    written_year,
)

Match = tuple[Any, int]
"""What was read, and the index after it."""

_MAX_COUNT = 5000
_MAX_STEPS = 4
_MONTHS = (Kind.MONTH, Kind.MONTH_ABBREVIATION, Kind.FOREIGN_MONTH)


def side_before(sentence: Sentence, i: int) -> tuple[int | None, int]:
    """The direction that words before a date give ("este próximo" is +1), and the index after them."""
    side, at = None, i
    while at < i + 2:
        direction = _direction(sentence, at)
        if sentence.has(at, Kind.THIS):
            side = side or 0
        elif direction and " " not in sentence.word(at):  # “que viene” only stands behind
            side = direction
        else:
            break
        at += 1
    return side, at


def _direction(sentence: Sentence, i: int) -> int | None:
    """How many units ahead "próximo" means and back "pasado": "antepasada" two."""
    back = sentence.value(i, Kind.LAST)
    ahead: int | None = sentence.value(i, Kind.NEXT)
    return ahead if back is None else ahead or -back


def side(sentence: Sentence, i: int) -> Match | None:
    side, at = side_before(sentence, i)
    return (side, at) if side is not None else None


def side_or_relative(sentence: Sentence, i: int) -> Match | None:
    return side(sentence, i) or side_after(sentence, i)


def side_after(sentence: Sentence, i: int) -> Match | None:
    """The direction that a word after a date gives: "pasado", "que viene", "siguiente"."""
    direction = _direction(sentence, i) or sentence.value(i, Kind.RELATIVE)
    return (direction, i + 1) if direction else None


def relative_to(sentence: Sentence, i: int) -> Match | None:
    """On which side of the date behind it something is: "anterior a", "siguientes al"."""
    is_linked = sentence.has(i + 1, Kind.TO, Kind.TO_THE, Kind.OF)
    if not is_linked or sentence.has(i + 1, Kind.DASH, Kind.UNTIL, Kind.IN):
        return None
    return (sentence.value(i, Kind.RELATIVE), i + 2) if sentence.has(i, Kind.RELATIVE) else None


def starting(sentence: Sentence, i: int) -> Match | None:
    """ "Desde", "two weeks from": words for “from” that are those for “of” begin nothing."""
    begins = sentence.has(i, Kind.SINCE) or (sentence.has(i, Kind.FROM) and not sentence.has(i, Kind.OF))
    return (True, i + 1) if begins else None


def beside(sentence: Sentence, i: int) -> Match | None:
    """The same, also as "antes de" and "después de" tell it."""
    if sentence.has(i, Kind.BEFORE):
        return -1, i + 1
    return (1, i + 1) if sentence.has(i, Kind.AFTER) else relative_to(sentence, i)


def whole_side(sentence: Sentence, i: int) -> Match | None:
    """A direction that is told of whole units: "los dos meses pasados"."""
    return side_after(sentence, i) if sentence.has(i, Kind.WHOLE) else None


def month_name(sentence: Sentence, i: int) -> Match | None:
    """A month in full or abbreviated, with the point of the abbreviation."""
    month = sentence.value(i, Kind.MONTH)
    if month is not None:
        return month, i + 1
    month = sentence.value(i, Kind.MONTH_ABBREVIATION)
    if month is None:
        return None
    dotted = sentence.word(i + 1) == "." and not sentence.capitalised(i + 2)
    return month, i + 2 if dotted else i + 1


def any_month(sentence: Sentence, i: int) -> Match | None:
    """A month name of any language."""
    foreign = sentence.value(i, Kind.FOREIGN_MONTH)
    return (foreign, i + 1) if foreign is not None else month_name(sentence, i)


def weekday(sentence: Sentence, i: int) -> Match | None:
    """A weekday; an abbreviation only before a point, a number, or where it is all that is asked."""
    weekday = sentence.value(i, Kind.WEEKDAY)
    if weekday is not None:
        return weekday, i + 1
    weekday = sentence.value(i, Kind.WEEKDAY_ABBREVIATION)
    if weekday is None:
        return None
    if sentence.word(i + 1) == "." and len(sentence.word(i)) > 1:
        return weekday, i + 2
    followed = sentence.has(i + 1, Kind.DIGITS) and len(sentence.word(i)) > 2
    return (weekday, i + 1) if followed or len(sentence.tokens) == 1 else None


def leading_weekday(sentence: Sentence, i: int) -> Match | None:
    """A weekday before its date: "viernes, el día"."""
    match = weekday(sentence, i)
    if match is None:
        return None
    at = match[1] + (sentence.word(match[1]) in {",", "-", "("})
    return match[0], sentence.skip(sentence.skip(at, Kind.THE), Kind.DAY_WORD)


def year_after(sentence: Sentence, i: int) -> Match | None:
    """The year that follows a month: "de 2026", ", 2026", "/2026", "del año 2026", "del 87", "de 2.026"."""
    linked = sentence.has(i, Kind.OF, Kind.IN)
    at = i + (linked or sentence.word(i) in {",", "/", "-"})
    at = sentence.skip(sentence.skip(at, Kind.THE), Kind.YEAR_WORD)
    at += linked and sentence.word(at) == ","
    short = short_year(sentence, at)
    if short:
        return short
    is_beside = sentence.lexicon.wording["month"].endswith("{month} {year}") and at == i
    year = written_year(sentence, at, may_count=not (linked or is_beside))
    return year or (pointed_year(sentence, at) if linked else None)


def short_year(sentence: Sentence, i: int) -> Match | None:
    """A year in two digits: "del 87", "año 87"."""
    year = sentence.value(i, Kind.DIGITS)
    is_led = sentence.has(i - 1, Kind.OF_THE, Kind.YEAR_WORD)
    return (full_year(year), i + 1) if is_led and year is not None and len(sentence.word(i)) == 2 else None


def quantity(sentence: Sentence, i: int) -> Match | None:
    """A number of units, or several: "5 años, 1 mes y 12 días", "un año y medio"; hours are none."""
    steps: list[tuple[Unit, int]] = []
    end = i
    is_half = unit_at(sentence, i) is Unit.HALF_YEAR
    if sentence.has(i, Kind.UNIT) and not is_half and not sentence.has(i + 1, Kind.AND_A_HALF):
        return None
    while len(steps) < _MAX_STEPS:
        number = (
            (1, i) if sentence.has(i, Kind.UNIT) else cardinal(sentence, sentence.skip(i, Kind.APPROXIMATELY))
        )
        at = sentence.skip(number[1], Kind.AND_A_HALF) if number else i
        unit = unit_at(sentence, at)
        if number is None or unit is None or number[0] > _MAX_COUNT:
            break
        steps.append((unit, number[0]))
        end = at + 1
        if at > number[1] or sentence.has(end, Kind.AND_A_HALF):
            return (*steps, _half(unit)), sentence.skip(end, Kind.AND_A_HALF)
        if not sentence.has(end, Kind.AND) and sentence.word(end) != ",":
            break
        i = end + 1
    return (tuple(steps), end) if steps else None


def _half(unit: Unit) -> tuple[Unit, int]:
    if unit.months > 1:
        return Unit.MONTH, unit.months // 2
    return Unit.DAY, 15 * unit.months or unit.days // 2


def decade_years(sentence: Sentence, i: int) -> Match | None:
    """The years of a decade: "noventa", "90", "1990"."""
    years = sentence.value(i, Kind.DECADE)
    if years is not None:
        return years, i + 1
    number = cardinal(sentence, i)
    in_digits = sentence.has(i, Kind.DIGITS)
    is_counted = sentence.has(i - 1, Kind.DECADE_WORD) and sentence.has(i - 1, Kind.THE)
    if number is None or (in_digits and (is_counted or len(sentence.word(i)) not in {2, 4})):
        return None
    return number


def short_decade(sentence: Sentence, i: int) -> Match | None:
    """The decade behind "los": "noventa", "80"."""
    years = sentence.value(i, Kind.DECADE)
    if years is None and len(sentence.word(i)) == 2 and not counts_things(sentence, i + 1):
        years = sentence.value(i, Kind.DIGITS)
    return (years, i + 1) if years and years % 10 == 0 else None


def two_years(sentence: Sentence, i: int) -> Match | None:
    """A year and the next in two digits, "2024/25": no month is that late."""
    digits: Digits = sentence.value(i, Kind.DATE)
    year, month = digits.year, digits.month
    if year is None or digits.day is not None or month != (year + 1) % 100 or not month > 12:
        return None
    days = year_days(year, 2)
    return (days, i + 1) if days else None


def digits(sentence: Sentence, i: int) -> Match | None:
    return (sentence.value(i, Kind.DIGITS), i + 1) if sentence.has(i, Kind.DIGITS) else None


def any_year(sentence: Sentence, i: int) -> Match | None:
    """A year, also of three digits, which only the word for it makes one."""
    year = sentence.value(i, Kind.DIGITS)
    return (year, i + 1) if year is not None and len(sentence.word(i)) == 3 else written_year(sentence, i)


def mark(sentence: Sentence, i: int) -> Match | None:
    """Which part of a year "T1" and "2S" are: its number and unit."""
    return _first_of(sentence, i, {Kind.QUARTER_MARK: Unit.QUARTER, Kind.HALF_MARK: Unit.HALF_YEAR})


def named(sentence: Sentence, i: int) -> Match | None:
    """The rule and the grain of a feast or season."""
    return _first_of(sentence, i, {Kind.FEAST: Grain.DAY, Kind.SEASON: Grain.QUARTER})


def _first_of(sentence: Sentence, i: int, kinds: Mapping[Kind, Unit | Grain]) -> Match | None:
    """What the token carries as the first of the kinds that it is, with what goes with that kind."""
    senses = sentence.at(i).senses
    return next((((senses[kind], beside), i + 1) for kind, beside in kinds.items() if kind in senses), None)


def nth_century(sentence: Sentence, i: int) -> Match | None:
    roman = sentence.value(i, Kind.ROMAN)
    return ordinal(sentence, i) if roman is None else (roman, i + 1)


def bracketed(sentence: Sentence, i: int) -> Match | None:
    """A number in words once more in digits, as deeds write it: "catorce (14) días"."""
    closed = sentence.word(i) == "(" and sentence.has(i + 1, Kind.DIGITS) and sentence.word(i + 2) == ")"
    return (True, i + 3) if closed else None


def bracketed_year(sentence: Sentence, i: int) -> Match | None:
    """The year that an editor adds in brackets: "este año [2025]"."""
    year = written_year(sentence, i + 1) if sentence.word(i) in {"[", "("} else None
    return (year[0], year[1] + 1) if year and sentence.word(year[1]) in {"]", ")"} else None


def unit(sentence: Sentence, i: int, only: Collection[Unit] = tuple(Unit)) -> Match | None:
    """A unit of days or more, or only certain ones."""
    named = unit_at(sentence, i)
    return (named, i + 1) if named in only else None


def unit_or_part(sentence: Sentence, i: int) -> Match | None:
    """A unit; a half or a fourth is one of a year, until it is told of what."""
    if sentence.has(i, Kind.UNIT):
        return unit(sentence, i)
    if sentence.has(i, Kind.HALF):
        return Unit.HALF_YEAR, i + 1
    return (Unit.QUARTER, i + 1) if sentence.has(i, Kind.QUARTER_WORD) else None


def date(sentence: Sentence, i: int) -> Match | None:
    """A date in digits, as day and month where they may be swapped."""
    digits: Digits | None = sentence.value(i, Kind.DATE)
    if digits is None:
        return None
    month, day = digits.month, digits.day
    if isinstance(month, str):
        senses = sentence.lexicon.words.get(month, {})
        month = next((senses[kind] for kind in _MONTHS if kind in senses), None)
    if month and month > 12 and day is not None and digits.ambiguous:
        month, day = day, month
    if month is None or not 1 <= month <= 12:
        return None
    swap = (
        digits.ambiguous and day is not None and day <= 12 and day != month and sentence.lexicon.month_first
    )
    if swap and day is not None:
        month, day = day, month
    return Partial(digits.year, month, day, month_first=swap), i + 1


def names_month(sentence: Sentence, i: int, end: int) -> bool:
    """Whether a month name that stands alone is a month: not a person's name, a verb or a street."""
    if sentence.has(i - 1, Kind.OF) and sentence.has(i - 2, Kind.DIGITS):
        return False
    at = side_before(sentence, i)[1]
    if is_verb(sentence, at, end):
        return False
    if at > i or month_name(sentence, at) != (sentence.value(at, Kind.MONTH), end):
        return at > i or end > at + 1
    led = sentence.has(
        i - 1, Kind.IN, Kind.SINCE, Kind.UNTIL, Kind.BETWEEN, Kind.BEFORE, Kind.AFTER, Kind.TOWARD, Kind.BY
    )
    in_part = sentence.has(i - 1 - sentence.has(i - 1, Kind.DASH), Kind.PART)
    linked = led or in_part or sentence.has(i - 1, Kind.TO, Kind.AND, Kind.FROM, Kind.OF)
    alone = len(sentence.tokens) == 1
    named = sentence.capitalised(at) and sentence.capitalised(at + 1)
    homograph = sentence.has(at, Kind.HOMOGRAPH)
    if sentence.lexicon.capitalised:
        spelled = sentence.capitalised(at) or not homograph
        return spelled and not named and (linked or alone)
    if sentence.capitalised(at):
        return not named and (alone or (led and not sentence.has(i - 1, Kind.OF_THE, Kind.TO_THE)))
    if sentence.has(at - 2, Kind.DIGITS) and sentence.has(at - 3, Kind.PLACE):
        return False
    lone = (
        sentence.has(i - 1, Kind.AND)
        and not sentence.has(i - 2, Kind.MONTH)
        and not sentence.word(end).isalpha()
    )
    return alone or not homograph or (linked and not lone)


def is_verb(sentence: Sentence, i: int, end: int) -> bool:
    """Whether a month at `i` is another word, as "may" in small letters is without a year behind it."""
    small = sentence.has(i, Kind.HOMOGRAPH) and not sentence.capitalised(i)
    return small and sentence.lexicon.capitalised and end <= i + 1


def no_street(sentence: Sentence, i: int, end: int) -> bool:
    """Whether a day and month at `i` name no place: "por 18 de Julio", "avenida 9 de julio"."""
    if is_verb(sentence, end - 1, end):
        return False
    foreign = any(sentence.has(at, Kind.FOREIGN_MONTH) for at in range(i, end))
    dated = written_year(sentence, end - 1) is not None and (
        foreign or sentence.has(end - 2, Kind.OF, Kind.YEAR_WORD)
    )
    if foreign and not dated:
        return False
    if sentence.has(i - 1, Kind.PLACE):
        return False
    named = sentence.capitalised(i + 2) and sentence.has(i + 1, Kind.OF) and not sentence.lexicon.capitalised
    return dated or not (named and sentence.has(i - 1, Kind.STREETWISE))


def is_dated(sentence: Sentence, i: int, end: int) -> bool:
    """Whether "4/7" is a day and a month rather than a fraction or a score, and no date the end of a number."""
    at = next(at for at in range(i, end) if sentence.has(at, Kind.DATE))
    digits: Digits = sentence.value(at, Kind.DATE)
    if digits.day is None and sentence.has(at - 1, Kind.NOT_A_YEAR):
        return False
    if digits.year is not None or not digits.ambiguous:
        return True
    if counts_things(sentence, end) or sentence.has(end, Kind.OF):
        return False
    if at > i or sentence.has(i - 1, *_BEFORE_DAY) or sentence.word(i - 1) == "(":
        return True
    near = (at + 1, at + 2, at - 1, at - 2)
    pair = any(sentence.has(other, Kind.DATE) for other in near)
    return len(sentence.tokens) == 1 or pair or (digits.day is not None and digits.day > 12)


_BEFORE_DAY = (
    Kind.THE, Kind.DAY_WORD, Kind.SINCE, Kind.UNTIL, Kind.FROM, Kind.TO, Kind.BETWEEN, Kind.BEFORE, Kind.AFTER,
)  # fmt: skip


def is_weekday(sentence: Sentence, i: int, end: int) -> bool:
    """Whether a weekday name is a day: not a surname ("Plácido Domingo"), not a set ("cada lunes")."""
    if sentence.has(i - 1, Kind.EVERY) and not sentence.has(i - 1, Kind.TO, Kind.BY):
        return False
    if sentence.has(i - 1, Kind.NUMBER, Kind.THAT):
        return False
    at = side_before(sentence, i)[1]
    led = at > i or sentence.has(
        i - 1, Kind.THE, Kind.OF, Kind.TO, Kind.SINCE, Kind.UNTIL, Kind.BETWEEN, Kind.AND
    )
    named = sentence.capitalised(at + 1) or not sentence.begins(at)
    return sentence.lexicon.capitalised or led or not sentence.capitalised(at) or not named


def ends_day(sentence: Sentence, i: int) -> bool:
    """Whether nothing at `i` turns the number before it into a count, an hour or a price."""
    token = sentence.at(i)
    is_of = sentence.has(i, Kind.OF, Kind.DASH) and not sentence.has(i, Kind.IN)
    plain = not token.word or token.word in {".", ",", ";", ")", "?", "!", ":"} or token.senses
    return bool(plain) and not counts_things(sentence, i) and not is_of


def weekday_numbered(sentence: Sentence, i: int, end: int) -> bool:
    return is_weekday(sentence, i, end) and ends_day(sentence, end)


def is_day(sentence: Sentence, i: int, end: int) -> bool:
    """Whether "el día 9" is one, or "el 16", where it is all that is said."""
    named = (
        sentence.has(i, Kind.DAY_WORD) and not sentence.has(i - 1, Kind.TO_THE) and ends_day(sentence, end)
    )
    return named or (sentence.has(i - 1, Kind.THE) and i == 1 and end == len(sentence.tokens))


def after_article(sentence: Sentence, i: int, end: int) -> bool:
    return sentence.has(i - 1, Kind.THE)


def is_period(sentence: Sentence, i: int, end: int) -> bool:
    """Whether a unit with its direction is one period: "los últimos días" name no number of them."""
    if any(sentence.has(at, Kind.UNITS) for at in range(i, end)):
        return False
    if sentence.has(i - 1, Kind.NUMBER, Kind.DIGITS):
        return False
    # “El mismo mes de 2019” is of another year than the one told.
    if sentence.has(i, Kind.THAT) and sentence.has(end, Kind.OF) and written_year(sentence, end + 1):
        return False
    # “La semana siguiente a la aparición”, “the year after that”.
    return not (
        sentence.has(end - 1, Kind.RELATIVE)
        and sentence.has(end, Kind.TO, Kind.TO_THE)
        and not sentence.has(end, Kind.DASH)
    )


def is_last_word(sentence: Sentence, i: int, end: int) -> bool:
    return not sentence.word(end).isalnum()


def is_definite(sentence: Sentence, i: int, end: int) -> bool:
    """Whether units with their direction are told as known: “pasados seis meses” alone is “after six months”."""
    return i == 0 or not sentence.has(i, Kind.WHOLE) or sentence.is_definite(i - 1)


def ends_in_digits(sentence: Sentence, i: int, end: int) -> bool:
    return sentence.word(end - 1)[:1].isdigit()


def counts_no_units(sentence: Sentence, i: int, end: int) -> bool:
    return not sentence.has(end, Kind.UNIT)


def is_no_count(sentence: Sentence, i: int, end: int) -> bool:
    return ends_day(sentence, end)


def has_no_year(sentence: Sentence, i: int, end: int) -> bool:
    return year_after(sentence, end) is None


def ends_no_range(sentence: Sentence, i: int, end: int) -> bool:
    return not sentence.has(end, Kind.TO)


def is_single(sentence: Sentence, i: int, end: int) -> bool:
    return not sentence.has(i, Kind.UNITS)


def is_weekend(sentence: Sentence, i: int, end: int) -> bool:
    is_led = sentence.has(i - 1, Kind.THE, Kind.OF, Kind.UNTIL, Kind.SINCE, Kind.BEFORE, Kind.AFTER)
    return is_led and not sentence.has(i, Kind.UNITS) and not sentence.has(i - 1, Kind.EVERY, Kind.NUMBER)


def is_deictic(sentence: Sentence, i: int, end: int) -> bool:
    """Whether "mañana" is the next day: "la mañana" is a time of day."""
    if not sentence.has(i, Kind.DAYPART):
        return True
    parted = sentence.has(i - 1, Kind.THE, Kind.NUMBER, Kind.EVERY, Kind.NEXT, Kind.LAST)
    return not parted or sentence.has(i - 1, Kind.TO_THE)


_CODE = {"'", '"', "=", "<", ">", "/", "\\", ":", "_"}


def is_year(sentence: Sentence, i: int, end: int) -> bool:
    """Whether a number is a year by its neighbours and its size."""
    year: int = sentence.value(i, Kind.DIGITS) or 0
    before = i - 1
    if sentence.has(before, Kind.NOT_A_YEAR, Kind.MORE_THAN, Kind.DIGITS) or sentence.word(end) in {
        "%",
        "/",
        "°",
    }:
        return False
    if sentence.word(before) in _CODE and sentence.touches(i):
        return False
    if sentence.has(before, Kind.DASH) and sentence.touches(i) and sentence.touches(before):
        return False
    if (
        sentence.has(end, Kind.TO)
        and sentence.has(end + 1, Kind.DIGITS)
        and not written_year(sentence, end + 1)
    ):
        return False
    if sentence.has(before, Kind.IN, Kind.SINCE, Kind.UNTIL, Kind.BETWEEN, Kind.BEFORE, Kind.AFTER):
        return year > 0 or end > i + 1
    if sentence.has(i, Kind.SHORT_YEAR):
        return sentence.has(before, Kind.THE, Kind.OF, Kind.TOWARD)
    if not year:
        ends = not sentence.word(end).isalpha() or bool(sentence.at(end).senses)
        return len(sentence.tokens) <= 4 or (sentence.has(before, Kind.OF) and end > i + 2 and ends)
    if not 1800 <= year <= 2100:
        return False
    if sentence.has(before, Kind.OF, Kind.TO, Kind.AND, Kind.FROM, Kind.TOWARD) or sentence.word(before) in {
        "",
        "(",
        ",",
    }:
        return True
    return year >= 1900 and (sentence.begins(i) or not sentence.capitalised(before))


def is_all(sentence: Sentence, i: int, end: int) -> bool:
    """Whether "17-2" is all that is said; within a text it is a score."""
    led = i == 0 or (i == 1 and sentence.has(0, Kind.THE))
    return led and end == len(sentence.tokens)


def no_count(sentence: Sentence, i: int, end: int) -> bool:
    return not counts_things(sentence, end) and not sentence.has(end, Kind.MONTH)


def english_day(sentence: Sentence, i: int, end: int) -> bool:
    """Whether a number behind a month is its day; in words only where there is more than that."""
    in_digits = any(sentence.has(at, Kind.DIGITS, Kind.ORDINAL) for at in range(i, end))
    return (in_digits or len(sentence.tokens) > 2) and no_count(sentence, i, end)
