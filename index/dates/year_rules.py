"""Grammar of years."""

from index.dates.lexicon import Kind
from index.dates.sentence import Match, Sentence, written_year
from index.dates.shapes import Partial
from index.dates.tokens import full_year


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
    if sentence.at(i - 1).number is not None or _is_hyphenated(sentence, i):
        return False
    if sentence.has(i + 1, Kind.TO) and sentence.at(i + 2).number and not written_year(sentence, i + 2):
        return False
    if sentence.has(i - 1, Kind.IN, Kind.SINCE, Kind.UNTIL, Kind.BETWEEN, Kind.BEFORE, Kind.AFTER):
        return True
    if sentence.at(i).number is None:
        return len(sentence.tokens) <= 4
    if not 1800 <= year <= 2100:
        return False
    led = sentence.has(i - 1, Kind.OF, Kind.TO, Kind.AND, Kind.FROM) or sentence.word(i - 1) in {
        "",
        "(",
        ",",
        "para",
    }
    modern = year >= 1900
    return led or (modern and (sentence.begins(i) or not sentence.capitalised(i - 1)))


def _is_hyphenated(sentence: Sentence, i: int) -> bool:
    """Whether a number is the last part of a code, "133-03-03-2020"."""
    hyphen = sentence.at(i - 1)
    return (
        hyphen.word == "-" and sentence.at(i - 2).end == hyphen.start and hyphen.end == sentence.at(i).start
    )
