"""Dates of a sentence, compared as calendar days: "el 23 de enero" in a text of 2026 is 2026-01-23."""

import datetime
from collections.abc import Sequence

from assistant.writing.checks.proof import Proof
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


def missing_date(
    claim: str, language: str, proofs: Sequence[Proof], *, published: bool = False
) -> str | None:
    """The first date of `claim` that no proof gives; one that is less precise than a proof's is given by it.

    `published` says that the claim may also state when the documents were published.
    """
    given: set[DateExpression] = set()
    stated: list[DateExpression] = []
    for proof in proofs:
        stated = find_dates(claim, proof.date or _ANY_DAY, language)
        known = _known_intervals(proof, published=published)
        given |= {date for date in stated if any(_covers(date, interval) for interval in known)}
    spans = {date.span for date in given}
    return next((date.text for date in stated if date.span not in spans), None)


def without_dates(claim: str, language: str) -> str:
    """`claim` with its dates blanked out, so that their figures are not taken for numbers."""
    for date in find_dates(claim, _ANY_DAY, language):
        claim = claim[: date.span.start] + " " * len(date.text) + claim[date.span.end :]
    return claim


def _known_intervals(proof: Proof, *, published: bool) -> list[Interval]:
    dates = find_dates(proof.quote, proof.date or _ANY_DAY, proof.language)
    known = [interval for date in dates for interval in date.readings]
    return [*known, Interval(proof.date, proof.date)] if published and proof.date else known


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
