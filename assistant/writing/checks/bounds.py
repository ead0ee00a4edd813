"""Numbers that the evidence gives as a bound, or about: “more than 250”, “almost 50”, “some 3,000”."""

from collections.abc import Sequence
from enum import Enum, auto
from functools import cache

from assistant.extraction.markers import CURRENCY_CODES
from assistant.writing.checks.dates import without_dates
from assistant.writing.checks.numbers import Number, find_numbers
from assistant.writing.checks.proof import Proof
from index.terms import fold, words


class Bound(Enum):
    """What a number is to the thing counted, where it is not the very count."""

    AT_LEAST = auto()
    AT_MOST = auto()
    ABOUT = auto()


_WORDINGS = {
    Bound.AT_LEAST: """
        más de; al menos; por lo menos; como mínimo; over; more than; at least; mais de; pelo menos; plus de; au moins
    """,
    Bound.AT_MOST: """
        menos de; hasta; casi; a lo sumo; como máximo; less than; fewer than; under; up to; almost; nearly; at most;
        quase; até; moins de; jusqu’à; presque
    """,
    Bound.ABOUT: """
        unos; unas; cerca de; alrededor de; entorno de; torno a; aproximadamente; about; around; some; approximately;
        roughly; environ; por volta de
    """,
}
# “Casi un 47 %”, “cerca de los 60.000”, “up to EUR 500”.
_PASSED = frozenset("un una uno el la los las the a um uma o os as le les us".split()) | {
    fold(code.strip()) for code in CURRENCY_CODES.split(",")
}
_REACH = 40  # characters before a number in which its bound stands


def unbounded_number(claim: str, language: str, proofs: Sequence[Proof]) -> str | None:
    """The first number of `claim`, dates aside, that it gives as exact, or as the other bound, and no proof does."""
    given = [
        each
        for proof in proofs
        for each in _bounded(without_dates(proof.quote, proof.language), proof.language)
    ]
    for number, bound in _bounded(claim, language):
        bounds = [other for known, other in given if known.readings & number.readings]
        if bounds and not any(_agrees(bound, other) for other in bounds):
            return number.span.of(claim)
    return None


def _agrees(told: Bound | None, given: Bound | None) -> bool:
    return given is None or (told is not None and {told, given} != {Bound.AT_LEAST, Bound.AT_MOST})


def _bounded(text: str, language: str) -> list[tuple[Number, Bound | None]]:
    return [(number, _bound_before(text, number.span.start)) for number in find_numbers(text, language)]


def _bound_before(text: str, start: int) -> Bound | None:
    before = words(text[max(0, start - _REACH) : start])
    while before and before[-1] in _PASSED:
        before.pop()
    said = (bound for wording, bound in _wordings() if before[-len(wording) :] == list(wording))
    return next(said, None)


@cache
def _wordings() -> tuple[tuple[tuple[str, ...], Bound], ...]:
    return tuple(
        (tuple(words(wording)), bound) for bound, listed in _WORDINGS.items() for wording in listed.split(";")
    )
