"""Grammar of dates told from the reference: "ayer", "la semana pasada", "hace tres meses"."""

from index.dates.calendar import Unit
from index.dates.calendar_rules import day_and_month
from index.dates.lexicon import Kind
from index.dates.modifiers import cycle_of, side_after, side_before
from index.dates.sentence import Match, Sentence, cardinal
from index.dates.shapes import Bound, Cycle, Open, Part, Partial, Portion, Shift, Window
from index.dates.weekday_rules import weekday_date

Steps = tuple[tuple[Unit, int], ...]

_MAX_COUNT = 5000


def quantity(sentence: Sentence, i: int) -> tuple[Steps, int] | None:
    """A number of units, or several: "5 años, 1 mes y 12 días"; hours are none."""
    steps: list[tuple[Unit, int]] = []
    end = i
    while len(steps) < 4:
        at = sentence.skip(i, Kind.APPROXIMATELY)
        number = cardinal(sentence, at)
        unit = sentence.unit(number[1]) if number else None
        if number is None or unit is None or unit is Unit.HOUR or number[0] > _MAX_COUNT:
            break
        steps.append((unit, number[0]))
        end = number[1] + 1
        if not sentence.has(end, Kind.AND) and sentence.word(end) != ",":
            break
        i = end + 1
    return (tuple(steps), end) if steps else None


def _moved(steps: Steps, sign: int) -> Shift:
    return Shift(tuple((unit, sign * count) for unit, count in steps))


def deictic(sentence: Sentence, i: int) -> Match | None:
    """ "ayer", "pasado mañana", "esta mañana"; "la mañana" is a time of day."""
    offset = sentence.number(i, Kind.DEICTIC)
    if offset is None:
        return None
    if sentence.has(i, Kind.DAYPART):
        before = sentence.at(i - 1)
        if (
            sentence.has(i - 1, Kind.THE, Kind.NUMBER, Kind.EVERY, Kind.NEXT, Kind.LAST)
            and before.word != "al"
        ):
            return None
        if before.word in {"media", "buena", "cada"}:
            return None
    named = day_and_month(sentence, i + 1) or weekday_date(sentence, i + 1)
    return Shift(((Unit.DAY, offset),)), named[1] if named and _is_weekday(named) else i + 1


def _is_weekday(named: Match) -> bool:
    """Whether a date repeats the day just told: "ayer jueves", "hoy viernes 16 de enero"."""
    return isinstance(named[0], Partial) and named[0].weekday is not None and named[0].side is None


def ago(sentence: Sentence, i: int) -> Match | None:
    """ "hace tres meses", "three months ago", "hace más de 3 días"."""
    prefixed = sentence.has(i, Kind.AGO)
    at = i + 1 if prefixed else i
    more = prefixed and sentence.has(at, Kind.MORE_THAN)
    found = quantity(sentence, at + 1 if more else at)
    if found is None:
        return None
    steps, end = found
    if not prefixed:
        return (_moved(steps, -1), end + 1) if sentence.has(end, Kind.AGO_AFTER) else None
    end = sentence.skip(end, Kind.AGO_AFTER)
    shift = _moved(steps, -1)
    return (Open(Bound.UNTIL, shift), end) if more else (shift, end)


def ahead(sentence: Sentence, i: int) -> Match | None:
    """ "dentro de dos semanas"; "en dos semanas" is for the finder to accept, by its tense."""
    if not sentence.has(i, Kind.WITHIN, Kind.IN):
        return None
    at = i + 1
    if sentence.has(i, Kind.WITHIN):
        at = sentence.skip(sentence.skip(at, Kind.THE), Kind.NEXT)
    more = sentence.has(at, Kind.MORE_THAN)
    found = quantity(sentence, at + 1 if more else at)
    if found is None:
        return None
    shift = _moved(found[0], 1)
    return (Open(Bound.SINCE, shift) if more else shift), found[1]


def cycle(sentence: Sentence, i: int) -> Match | None:
    """ "la semana pasada", "este mes", "el próximo trimestre", "el fin de semana"."""
    unit = sentence.unit(i)
    if unit and unit is not Unit.HOUR and sentence.has(i + 1, Kind.TO_DATE):
        return Part(Portion.ELAPSED, Cycle(unit, 0)), i + 2
    found = None if sentence.has(i, Kind.THE) else cycle_of(sentence, i) or after_next(sentence, i)
    if found is None:
        weekend = (
            sentence.unit(i) is Unit.WEEKEND
            and not _is_plural(sentence, i)
            and not sentence.has(i - 1, Kind.EVERY, Kind.NUMBER)
        )
        led = weekend and sentence.has(i - 1, Kind.THE, Kind.OF, Kind.UNTIL, Kind.SINCE)
        return (Cycle(Unit.WEEKEND, 0, relative=True), i + 1) if led else None
    shape, end = found
    if shape.relative and sentence.word(end).split(" ")[0] in {"a", "al", "ao"}:
        return None
    if sentence.has(i - 1, Kind.NUMBER) or sentence.at(i - 1).number is not None:
        return None
    if any(_is_plural(sentence, at) for at in range(i, end)) or (
        shape.unit is Unit.DAY and not shape.relative and shape.offset == 0
    ):
        return None
    return shape, end


def _is_plural(sentence: Sentence, i: int) -> bool:
    """Whether a unit is one of several: "los últimos días" name no number of days."""
    words = sentence.word(i).split()
    return (
        sentence.has(i, Kind.UNIT)
        and words != ["mes"]
        and (words[0].endswith("s") or words[-1].endswith("s"))
    )


def after_next(sentence: Sentence, i: int) -> tuple[Cycle, int] | None:
    """ "la semana después de la próxima", "the week after next"."""
    unit = sentence.unit(i)
    if unit is None or unit is Unit.HOUR or not sentence.has(i + 1, Kind.AFTER):
        return None
    at = sentence.skip(i + 2, Kind.THE)
    if not sentence.has(at, Kind.NEXT):
        return None
    return Cycle(unit, 2), at + 2 if sentence.unit(at + 1) is unit else at + 1


def window(sentence: Sentence, i: int) -> Match | None:
    """ "los últimos tres meses", "3 próximas semanas", "los 2 días siguientes"."""
    side, at = side_before(sentence, i)
    if side is None and sentence.has(i, Kind.RELATIVE):
        side, at = sentence.number(i, Kind.RELATIVE), i + 1
    if side == 0:
        return None
    number = cardinal(sentence, at)
    if number is None:
        return None
    middle, after = (None, number[1]) if side else side_before(sentence, number[1])
    unit = sentence.unit(after)
    if unit is None or unit is Unit.HOUR or number[0] > _MAX_COUNT:
        return None
    end = after + 1
    side = side or middle
    if not side:
        side, end = side_after(sentence, end)
    whole = any(sentence.has(at, Kind.WHOLE) for at in range(i, end))
    return (Window(unit, side * number[0], whole), end) if side else None
