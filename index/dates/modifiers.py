"""Grammar of the words that give a date its direction: "este", "próximo", "del año que viene"."""

from index.dates.calendar import Unit
from index.dates.lexicon import Kind
from index.dates.sentence import Sentence
from index.dates.shapes import Cycle


def side_before(sentence: Sentence, i: int) -> tuple[int | None, int]:
    """The direction that words before a date give ("este próximo" is +1), and the index after them."""
    side, at = None, i
    while at < i + 2:
        token = sentence.at(at)
        # Nearly every word has no sense, and this is asked at every word by most rules.
        if not token.senses or token.word.startswith("que "):
            break
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


def cycle_of(sentence: Sentence, i: int, *units: Unit) -> tuple[Cycle, int] | None:
    """A unit told from the reference, after "de": "del próximo año", "de esta semana", "del mes"."""
    at = sentence.skip(i, Kind.THE)
    side, at = side_before(sentence, at)
    before = sentence.number(at, Kind.RELATIVE) if side is None else None
    if before is not None:
        side, at = before, at + 1
    at_unit = sentence.unit(at)
    # Hours pass within a day: “later this hour” names none.
    if at_unit is None or at_unit is Unit.HOUR or (units and at_unit not in units):
        return None
    relative = Kind.RELATIVE in sentence.at(at + 1).senses
    if side is None:
        side, after = side_after(sentence, at + 1)
        if side is None and sentence.has(at + 1, Kind.THIS):
            side, after = 0, at + 2
        return (Cycle(at_unit, side, relative), after) if side is not None else None
    return Cycle(at_unit, side, before is not None), at + 1
