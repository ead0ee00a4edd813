"""Which occurrence of a date without a year is meant, the past or the coming one, by the verbs around."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from index.dates.calendar import Interval, add_days, add_months, make_date, months_from, year_days
from index.dates.lexicon import Kind
from index.dates.tokens import Sentence

_FAR = 250
_NEAR = 62
# Of an occurrence as near as this the press thinks even where the verb says otherwise, which is then of another day:
# “pusieron el 30 de abril como plazo”, “teníamos previsto lanzar la programación el 14 de abril”.
_AT_HAND = 31
_CLOSE_VERB = 8
_BESIDE = 4
_LEAP_CYCLE = 8
_SENTENCE_ENDS = {".", "!", "¡", "¿"}
_BREAKS = {",", ";", ":", "(", ")", "—", "–", "“", "”", '"', "«", "»", "?"}
_BREAK_COST = 5
_CLAUSE_COST = 4
_REACH = 22


class Tense(Enum):
    """The side of the reference on which the event of a sentence lies."""

    PAST = -1
    UNKNOWN = 0
    FUTURE = 1


@dataclass(frozen=True, slots=True)
class Leaning:
    """A tense and its distance in tokens from the date: the nearer the verb, the surer.

    `guessed` marks a tense that no verb tells.
    """

    tense: Tense
    distance: int
    guessed: bool = False


UNKNOWN = Leaning(Tense.UNKNOWN, 99)


@dataclass(frozen=True, slots=True)
class Partial:
    """A calendar date with parts missing: "23 de enero", "enero", "viernes 6", "2018".

    `side` is -1 for "pasado", 0 for "este", 1 for "próximo", None when nothing is said. `month_first` marks
    a numeric date that may be read in two orders. Day -1 is the last of the month. `skips` marks a direction behind a
    weekday: "el miércoles pasado", said on a Thursday, is not the day before, which is “ayer”.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    side: int | None = None
    month_first: bool = False
    skips: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What resolution rests on.

    `antecedent` is the last day of the date before it in the text, and `month` that date if it is a month. What is
    told of something published begins no later than `latest`.
    """

    reference: date
    leaning: Leaning
    antecedent: date | None = None
    month: Interval | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The readings of a date, the likeliest first, and whether the first is the only likely one."""

    readings: tuple[Interval, ...]
    sure: bool


def without_guess(context: Context) -> Context:
    """The context with no tense where none was told: a date with its month is the nearest one."""
    return replace(context, leaning=UNKNOWN) if context.leaning.guessed else context


def single_day(day: date) -> Interval:
    """The interval of one day."""
    return Interval(day, day)


def complete(partial: Partial) -> Interval | None:
    """The interval of a date that has its year."""
    if partial.year is None:
        return None
    if partial.month is None:
        return year_days(partial.year)
    if partial.day is None:
        return months_from(make_date(partial.year, partial.month, 1), 1)
    day = make_date(partial.year, partial.month, partial.day)
    return single_day(day) if day else None


def occurrences(partial: Partial, around: date) -> list[Interval]:
    """The occurrences of an incomplete date around a day, in order."""
    if partial.year is not None:
        whole = complete(partial)
        return [whole] if whole else []
    if partial.month is not None:
        return _yearly(partial, around)
    if partial.day is not None:
        return _monthly(partial.day, partial.weekday, around)
    if partial.weekday is None:
        return []
    offset = (partial.weekday - around.weekday()) % 7
    days = [add_days(around, offset + 7 * week) for week in (-2, -1, 0, 1, 2)]
    return [single_day(day) for day in days if day]


def _yearly(partial: Partial, around: date) -> list[Interval]:
    reach = _LEAP_CYCLE if (partial.month, partial.day) == (2, 29) else 2
    years = range(around.year - reach, around.year + reach + 1)
    every = [days for year in years if (days := complete(replace(partial, year=year)))]
    if partial.weekday is None:
        return every
    near = [i for i in every if i.start and abs(i.start.year - around.year) <= 1]
    agreeing = [i for i in near if i.start and i.start.weekday() == partial.weekday]
    # Of a day of these weeks the weekday is rather wrong than its year.
    is_at_hand = any(gap(i, around) <= _NEAR for i in every)
    return (
        every if not agreeing or (is_at_hand and all(gap(i, around) > _NEAR for i in agreeing)) else agreeing
    )


def _monthly(day: int, weekday: int | None, around: date) -> list[Interval]:
    months = [add_months(around.replace(day=1), count) for count in range(-14, 15)]
    days = [make_date(month.year, month.month, day) for month in months if month]
    return [single_day(day) for day in days if day and weekday in (None, day.weekday())]


def gap(interval: Interval, day: date) -> int:
    """The days between an interval and a day; 0 when it holds the day."""
    if interval.start and interval.start > day:
        return (interval.start - day).days
    if interval.end and interval.end < day:
        return (day - interval.end).days
    return 0


@dataclass(frozen=True, slots=True)
class _Sides:
    """Occurrences before, at and after the reference."""

    earlier: list[Interval]
    now: list[Interval]
    later: list[Interval]


def choose(
    every: list[Interval], context: Context, side: int | None, weekday: bool = False, skips: bool = False
) -> Choice | None:
    """Pick among occurrences by what is said ("pasado", "próximo"), else by tense, else by nearness."""
    day, latest = context.reference, context.latest
    if latest and not (side and side > 0):
        every = [i for i in every if i.start and i.start <= latest] or every
    earlier = [i for i in every if i.end and i.end < day]
    later = [i for i in every if i.start and i.start > day]
    sides = _Sides(earlier, [i for i in every if gap(i, day) == 0], later)
    if side and side < 0:
        is_yesterday = weekday and skips and any(gap(i, day) == 1 for i in earlier)
        return _of(earlier[-2:], False) if is_yesterday else _of(earlier[side:][:1], True)
    if side and weekday:
        is_tomorrow = skips and any(gap(i, day) == 1 for i in later)
        return _of(later[1::-1], False) if is_tomorrow else _coming(later, day)
    if side:
        return _of(later[side - 1 :][:1], True)
    if side == 0 and not weekday:
        same = [i for i in every if i.start and i.start.year == day.year] or every
        return _of(sorted(same, key=lambda interval: gap(interval, day))[:1], True)
    return _by_week(sides, context.leaning, side) if weekday else _by_tense(sides, context)


def or_of_month(partial: Partial, month: Interval | None, choice: Choice | None) -> Choice | None:
    """The choice, unsure if a day without its month may be of the one named before it.

    “La renta de julio se pagó el día 4” may speak of July.
    """
    start = month.start if month else None
    if choice is None or start is None or partial.day is None or partial.month is not None:
        return choice
    if month != months_from(start.replace(day=1), 1):
        return choice
    day = make_date(start.year, start.month, partial.day)
    if day is None or single_day(day) == choice.readings[0] or partial.weekday not in (None, day.weekday()):
        return choice
    return _of([choice.readings[0], single_day(day), *choice.readings[1:]], False)


def _of(readings: list[Interval], sure: bool) -> Choice | None:
    unique = tuple(dict.fromkeys(readings))[: 1 if sure else None]
    return Choice(unique, len(unique) == 1) if unique else None


def _coming(later: list[Interval], day: date) -> Choice | None:
    """ "El próximo viernes": the coming one; said early in the week, perhaps the one of next week."""
    same_week = [i for i in later[:1] if i.start and i.start.isocalendar()[:2] == day.isocalendar()[:2]]
    return _of(later[:2], False) if same_week else _of(later[:1], True)


def _by_week(sides: _Sides, leaning: Leaning, side: int | None) -> Choice | None:
    past, coming = sides.now or sides.earlier[-1:], sides.later[:1]
    if leaning.guessed:
        ahead = [*sides.now, *coming] if side == 0 else [*coming, *sides.now]
        readings = [*ahead, *sides.earlier[-1:]]
        return _of(readings[::-1] if leaning.tense is Tense.PAST else readings, False)
    if leaning.tense is Tense.PAST:
        return _of(past[:1], True)
    if side == 0:
        return _of((sides.now or coming)[:1], True)
    if leaning.tense is Tense.FUTURE:
        return _of([*sides.now, *coming], not sides.now)
    return _of([*past, *coming] if leaning == UNKNOWN else [*coming, *past], False)


def _by_tense(sides: _Sides, context: Context) -> Choice | None:
    day, leaning = context.reference, context.leaning
    before, after = [*sides.earlier, *sides.now][-1:], [*sides.now, *sides.later][:1]
    # Not a set, whose order would differ from run to run: of two equally near, the earlier comes first.
    nearest = sorted(dict.fromkeys([*before, *after]), key=lambda interval: gap(interval, day))
    if not nearest:
        return None
    told = before if leaning.tense is Tense.PAST else after if leaning.tense is Tense.FUTURE else []
    if leaning.guessed:
        return _of([*told, *nearest], False)
    away = gap(nearest[0], day) if gap(nearest[-1], day) >= _FAR else _FAR
    if not told:
        return _of(nearest, away <= _NEAR)
    if told[0] == nearest[0]:
        return _of(told, True)
    beside = leaning.distance <= _BESIDE
    if away <= _AT_HAND:
        return _of(nearest, not beside)
    if away <= _NEAR:
        return _of([*told, *nearest] if beside else nearest, False)
    return _of([*told, *nearest], leaning.distance <= _CLOSE_VERB)


def leaning(sentence: Sentence, start: int, end: int, is_weekday: bool = False) -> Leaning:
    """The tense of the verb nearest to the tokens `start` to `end`; beside a weekday the present means what comes."""
    read = _tense_by_weekday if is_weekday else _tense_of
    before = _nearest_verb(sentence, range(start - 1, max(-1, start - _REACH), -1), read)
    after = _nearest_verb(sentence, range(end, min(len(sentence.tokens), end + _REACH)), read)
    if sentence.has(start - 1, Kind.TOWARD):
        return Leaning(Tense.FUTURE, _CLAUSE_COST * 2)
    if sentence.has(start - 1, Kind.OF_THE) or sentence.has(start, Kind.OF_THE):
        after = replace(after, distance=after.distance + _CLAUSE_COST)
    return before if before.distance <= after.distance else after


def _nearest_verb(
    sentence: Sentence, indexes: range, read: Callable[[Sentence, int], Tense | None]
) -> Leaning:
    cost = 0
    for i in indexes:
        word = sentence.word(i)
        cost += 1
        if word in _SENTENCE_ENDS or word.startswith("\n"):
            return UNKNOWN
        if word in _BREAKS:
            cost += _BREAK_COST
            continue
        if sentence.has(i, Kind.CLAUSE):
            cost += _CLAUSE_COST
        tense = read(sentence, i)
        if tense is None and cost == 1 and indexes.step < 0 and _is_participle(sentence, i):
            tense = _tense_of_participle(sentence, i)
        if tense is not None:
            return Leaning(tense, cost)
    return UNKNOWN


_NO_VERB_LOST = {Kind.FUNCTION, Kind.AGO, Kind.EVERY, Kind.CLAUSE, Kind.AND, Kind.COUNTED, Kind.ROMAN}


def _tense_of(sentence: Sentence, i: int) -> Tense | None:
    """The tense of a word; UNKNOWN for an infinitive, None for what is no verb."""
    token, verbs = sentence.at(i), sentence.lexicon.verbs
    if len(token.word) < 2 or not token.word[0].isalpha() or not token.senses.keys() <= _NO_VERB_LOST:
        return None
    word = _written(sentence, i)
    if word in verbs.none or verbs.open.fullmatch(_written(sentence, i - 1)):
        return None
    if verbs.future.fullmatch(word):
        return Tense.FUTURE
    if verbs.participle.fullmatch(word):
        return _tense_of_participle(sentence, i)
    if verbs.past.fullmatch(word):
        return Tense.PAST
    if not verbs.infinitive.fullmatch(word):
        return None
    if sentence.has(i - 1, Kind.OF) and _tense_of(sentence, i - 2) is Tense.PAST:
        return Tense.PAST  # “se terminó de aprobar el miércoles”
    is_planned = sentence.has(i - 1, Kind.TO) and verbs.planned.fullmatch(word)  # “a realizarse”
    follows = any(
        _tense_of(sentence, at) is Tense.FUTURE for at in (i - 1, i - 2)
    )  # “se presentarán a trabajar”
    return Tense.FUTURE if is_planned or follows else Tense.UNKNOWN


def _tense_by_weekday(sentence: Sentence, i: int) -> Tense | None:
    tense = _tense_of(sentence, i)
    is_present = tense is None and sentence.lexicon.verbs.present.fullmatch(_written(sentence, i))
    return Tense.FUTURE if is_present else tense


def _written(sentence: Sentence, i: int) -> str:
    """The token at `i` in small letters, with its accents: they tell tenses apart."""
    token = sentence.at(i)
    return sentence.text[token.start : token.end].lower()


def _is_participle(sentence: Sentence, i: int) -> bool:
    """Whether a word is a participle rather than a noun like "el partido"."""
    noun = sentence.has(i - 1, Kind.THE, Kind.OF, Kind.NUMBER, Kind.THIS, Kind.TO, Kind.EVERY)
    known = sentence.lexicon.verbs.any_participle.fullmatch(sentence.word(i))
    return not noun and not sentence.at(i).senses and known is not None


def _tense_of_participle(sentence: Sentence, i: int) -> Tense:
    """ "Difundida este miércoles" is past, "será difundida" future."""
    is_future = sentence.lexicon.verbs.future.fullmatch(_written(sentence, i - 1))
    return Tense.FUTURE if is_future else Tense.PAST
