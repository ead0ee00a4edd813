"""Dates of a sentence, compared as calendar days: "el 23 de enero" in a text of 2026 is 2026-01-23."""

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from assistant.prove.proof import Proof
from index.dates import DateExpression, Grain, Interval, find_dates

# Where a document has no date, both sides are reckoned from the same day, so that equal words stay equal.
_ANY_DAY = datetime.date(2001, 1, 1)
# The days of the longest unit of each grain.
_LONGEST = {
    Grain.WEEK: 7,
    Grain.MONTH: 31,
    Grain.QUARTER: 92,
    Grain.YEAR: 366,
    Grain.DECADE: 3653,
    Grain.CENTURY: 36525,
}
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_SHORT_YEAR = re.compile(r"[’'´‘](\d\d)(?!\d)")
# Days between so many dates at most are reckoned: a table of them would prove any number.
_MOST_DAYS = 8


def missing_dates(claim: str, language: str, proofs: Sequence[Proof]) -> list[str]:
    """The dates of `claim` that no proof gives, nor is the day of its document.

    One that is less precise than a proof's is given by it, and so is a period from one given day to another.
    """
    given: set[DateExpression] = set()
    stated: list[DateExpression] = []
    for proof in proofs:
        stated = find_dates(claim, proof.date or _ANY_DAY, language)
        known = [*known_intervals(proof), *_bare_years(proof)]
        given |= {date for date in stated if _is_given(date, known)}
    spans = {date.span for date in given}
    return [date.text for date in stated if date.span not in spans]


def without_dates(claim: str, language: str) -> str:
    """`claim` with its dates blanked out, so that their figures are not taken for numbers."""
    for date in find_dates(claim, _ANY_DAY, language):
        claim = claim[: date.span.start] + " " * len(date.text) + claim[date.span.end :]
    return claim


@lru_cache(maxsize=1024)
def known_intervals(proof: Proof) -> tuple[Interval, ...]:
    """The days that a proof speaks of, its document's among them."""
    dates = find_dates(proof.whole, proof.date or _ANY_DAY, proof.language)
    published = [] if proof.date is None else [Interval(proof.date, proof.date)]
    return (*(interval for date in dates for interval in date.readings), *published)


def distances(proofs: Sequence[Proof]) -> Iterator[int]:
    """How many days, weeks, months and years lie between two days that the proofs give."""
    days = {
        interval.start
        for proof in proofs
        for interval in known_intervals(proof)
        if interval.start is not None and interval.start == interval.end
    }
    if len(days) > _MOST_DAYS:
        return
    for first, last in combinations(sorted(days), 2):
        apart = (last - first).days
        months = 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)
        yield from (apart, apart + 1, apart // 7, months, months // 12)


def _bare_years(proof: Proof) -> Iterator[Interval]:
    """Years that stand in a quote as figures, whether or not they are read as dates there: 2027, ’27."""
    century = (proof.date or _ANY_DAY).year // 100
    short = (f"{century}{year}" for year in _SHORT_YEAR.findall(proof.whole))
    for year in map(int, (*_YEAR.findall(proof.whole), *short)):
        yield Interval(datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def _is_given(date: DateExpression, known: Sequence[Interval]) -> bool:
    if any(_covers(date, interval) for interval in known):
        return True
    ends = {end for interval in known for end in (interval.start, interval.end)} - {None}
    stated = ({reading.start, reading.end} - {None} for reading in date.readings)
    return any(days and days <= ends for days in stated)


def _covers(date: DateExpression, known: Interval) -> bool:
    """Whether a proof's days are those of the claim, or lie within the one month, year, … that it names."""
    return known in date.readings or any(
        _is_unit(reading, date.grain) and reading.holds(known) for reading in date.readings
    )


def _is_unit(interval: Interval, grain: Grain) -> bool:
    """Whether an interval is one whole unit and not a range of several."""
    if interval.start is None or interval.end is None:
        return False
    return (interval.end - interval.start).days < _LONGEST.get(grain, 0)
