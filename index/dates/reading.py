"""Reads the shapes of a tokenized text: which tokens can hold a date, which are a set and hold none."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.dates.calendar import Unit
from index.dates.compound_rules import (
    away,
    date_range,
    enumeration,
    onward,
    open_period,
    single,
    trailing_day,
)
from index.dates.lexicon import Kind, is_core
from index.dates.modifiers import cycle_of
from index.dates.sentence import Match, Sentence
from index.dates.shapes import Shape

_REACH = 7
_RULES = (date_range, away, onward, open_period)


@dataclass(frozen=True, slots=True)
class Found:
    """A shape and the tokens that it was read from, the last one excluded."""

    shape: Shape
    start: int
    end: int


def read_shapes(sentence: Sentence) -> Iterator[Found]:
    """The shapes of a text in order, without overlaps."""
    reachable = _reachable(sentence)
    i, any_found = 0, False
    while i < len(sentence.tokens):
        if not reachable[i]:
            i += 1
            continue
        end = _skip_set(sentence, i)
        if end > i:
            i = end
            continue
        found = _read(sentence, i, any_found)
        yield from found
        any_found = any_found or bool(found)
        i = max(found[-1].end if found else i, i + 1)


def _reachable(sentence: Sentence) -> list[bool]:
    """For every token, whether a date could begin there: a word that makes a date stands close after."""
    reachable = [False] * len(sentence.tokens)
    distance = _REACH + 1
    for i in range(len(sentence.tokens) - 1, -1, -1):
        token = sentence.tokens[i]
        distance = 0 if _is_core(sentence, i) else distance + 1
        known = bool(token.senses) or token.date is not None or token.number is not None
        reachable[i] = distance <= _REACH and known
    return reachable


def _is_core(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    if token.number is not None and len(sentence.tokens) <= 4:
        return True
    if token.date or (
        token.number is not None and (len(token.word) == 4 or sentence.has(i - 1, *_BEFORE_DAY))
    ):
        return True
    return bool(token.senses) and is_core(token.senses)


_BEFORE_DAY = (Kind.SINCE, Kind.UNTIL, Kind.BEFORE, Kind.AFTER, Kind.THE)


def _read(sentence: Sentence, i: int, after_date: bool) -> list[Found]:
    """The shapes that begin at `i`: one, several of an enumeration, or none."""
    for rule in _RULES:
        match = rule(sentence, i)
        if match:
            return [Found(match[0], i, match[1])]
    several = enumeration(sentence, i)
    if several:
        return _several(several)
    match = single(sentence, i) or (trailing_day(sentence, i) if after_date else None)
    if match is None or _recurs(sentence, i, match[1]):
        return []
    return [Found(match[0], i, match[1])]


def _recurs(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a date comes back: "cada 23 de enero", "en marzo de cada año"."""
    each = {"cada", "every", "each"}
    return sentence.word(start - 1) in each or (sentence.has(end, Kind.OF) and sentence.word(end + 1) in each)


def _several(several: list[tuple[Match, int]]) -> list[Found]:
    """An enumeration as found shapes."""
    return [Found(shape, start, end) for (shape, end), start in several]


def _skip_set(sentence: Sentence, i: int) -> int:
    """The index after a set that begins at `i` ("todos los lunes", "de lunes a viernes"), else `i`."""
    if sentence.has(i, Kind.WEEKDAYS):
        return _skip_weekdays(sentence, i + 1)
    if sentence.has(i, Kind.EVERY) and not sentence.has(i, Kind.THE, Kind.TO, Kind.NUMBER):
        at = sentence.skip(i + 1, Kind.THE)
        if sentence.has(at, Kind.UNIT, Kind.WEEKDAY, Kind.SEASON, Kind.DAYPART) and sentence.word(i) != "por":
            return _skip_weekdays(sentence, at + 1)
        return i
    at = sentence.skip(i, Kind.FROM)
    link = at + 1
    if (
        sentence.has(at, Kind.WEEKDAY)
        and sentence.has(link, Kind.TO)
        and sentence.has(link + 1, Kind.WEEKDAY)
    ):
        of_week = sentence.has(link + 2, Kind.OF) and cycle_of(sentence, link + 3, Unit.WEEK)
        definite = sentence.word(i) == "del" or sentence.word(link) == "al"
        return i if of_week or definite or sentence.at(link + 2).number is not None else link + 2
    return i


def _skip_weekdays(sentence: Sentence, i: int) -> int:
    """Past the further weekdays of a set: ", miércoles y viernes"."""
    while sentence.word(i) == "," or sentence.has(i, Kind.AND):
        at = sentence.skip(i + 1, Kind.THE)
        if not sentence.has(at, Kind.WEEKDAY, Kind.WEEKDAYS):
            break
        i = at + 1
    return i
