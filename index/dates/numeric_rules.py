"""Grammar of dates in digits."""

from index.dates.lexicon import Kind
from index.dates.modifiers import side_before
from index.dates.sentence import Match, Sentence, counts_things
from index.dates.shapes import Partial
from index.dates.weekday_rules import leading_weekday


def numeric_date(sentence: Sentence, i: int) -> Match | None:
    """ "16/01/2026", "2026-01-16", "05-ago-2016", "11/2016"; "4/7" where the words around ask for a date."""
    side, i = side_before(sentence, i)
    weekday, i = leading_weekday(sentence, i)
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
    closed = sentence.word(i - 1) == "(" and sentence.word(i + 1) == ")"
    return Partial(digits.year, month, day, weekday, side, swap), i + 1 + closed


def _asks_for_date(sentence: Sentence, i: int) -> bool:
    """Whether "4/7" at `i` is a day and a month rather than a fraction or a score."""
    before, after = i - 1, i + 1
    if counts_things(sentence, after) or sentence.has(after, Kind.OF) or sentence.word(i) == "24/7":
        return False
    kinds = (
        Kind.THE, Kind.DAY_WORD, Kind.WEEKDAY, Kind.WEEKDAY_ABBREVIATION, Kind.THIS, Kind.NEXT, Kind.LAST,
        Kind.SINCE, Kind.UNTIL, Kind.FROM, Kind.TO, Kind.BETWEEN, Kind.BEFORE, Kind.AFTER,
    )  # fmt: skip
    if sentence.has(before, *kinds) or sentence.word(before) in {"del", "al", "("}:
        return True
    digits = sentence.at(i).date
    pair = sentence.at(after).date or (sentence.at(before - 1).date and sentence.has(before, Kind.AND))
    alone = len(sentence.tokens) == 1 or pair is not None
    large = digits is not None and digits.day is not None and digits.day > 12
    return alone or large


def dashed_day(sentence: Sentence, i: int) -> Match | None:
    """ "17-2", where it is all that is said; within a text it is a score."""
    day, month = sentence.at(i).number, sentence.at(i + 2).number
    whole = i <= 1 and i + 3 == len(sentence.tokens) and sentence.word(i + 1) == "-"
    if not (whole and day and month and day <= 31 and month <= 12) or (
        i == 1 and not sentence.has(0, Kind.THE)
    ):
        return None
    return Partial(None, month, day), i + 3
