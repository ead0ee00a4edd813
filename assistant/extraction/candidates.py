"""Stretches of a quote that are of the kind a question wants: names, numbers, dates, places, reasons."""

import re
from collections.abc import Callable, Iterator

from assistant.extraction.figures import FIGURE, MONEY
from assistant.extraction.markers import (
    ABOUT,
    ORGANISATIONS,
    PER_CENT,
    PURPOSES,
    REASONS,
    TIME_UNITS,
    TITLES,
    any_of,
)
from assistant.extraction.moments import find_moments
from assistant.extraction.names import find_names
from assistant.questions.question_words import AnswerType
from index.document import Span

_NUMBER = re.compile(rf"(?:\b{any_of(ABOUT)}\s+)?{FIGURE}(?:\s?%|\s?°C?|º)?", re.IGNORECASE)
_PERCENT = re.compile(
    rf"(?:\b{any_of(ABOUT)}\s+)?{FIGURE}\s?(?:%|{any_of(PER_CENT)})",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"(?:\b{any_of(ABOUT)}\s+)?{FIGURE}(?:\s+(?:a|o|y|to|or)\s+{FIGURE})?\s+{any_of(TIME_UNITS)}\b|\búnica\s+vez\b",
    re.IGNORECASE,
)
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?"
_TIME = re.compile(
    rf"\b(?:(?:de|desde|entre|a)\s+(?:las?\s+)?)?{_CLOCK}(?:\s*(?:a|y|hasta|to)\s+(?:las?\s+)?{_CLOCK})?\s*"
    rf"(?:horas?\b|hs?\b|[ap]\.?\s?m\b\.?)|\b\d{{1,2}}[:.]\d{{2}}(?:\s+(?:a|y|hasta)\s+(?:las?\s+)?\d{{1,2}}[:.]\d{{2}})?\b",
    re.IGNORECASE,
)
_REASON = re.compile(rf"\b{any_of(REASONS)}\b", re.IGNORECASE)
_PURPOSE = re.compile(rf"\b{any_of(PURPOSES)}\b", re.IGNORECASE)
_ORGANISATION = re.compile(rf"{any_of(ORGANISATIONS)}\b", re.IGNORECASE)
_TITLE = re.compile(rf"{any_of(TITLES)}\.?\s+(?:(?:de\s+(?:Estado|Gobierno)|of\s+State)\s+)?", re.IGNORECASE)
_PLACE_PHRASE = re.compile(
    r"\b(?:en|desde|hacia|in|at|em)\s+(?:el|la|los|las|un|una|su|sus|the|a|an|o|os|as)\s+"
    rf"(?!(?:\w+\s+)?{any_of(TIME_UNITS)}\b|caso|marco|momento|sentido|medida|que\b)[^,;:.()«»“”]{{3,70}}",
    re.IGNORECASE,
)
_PARTICLES = ("de ", "del")
# “En Ottawa” is where something is done, not who does it.
_WITHIN = re.compile(r"\b(?:en|in|em)\s+$", re.IGNORECASE)
_ONE = re.compile(r"(?:un|uno|una|one|um|uma|une|medio)\b", re.IGNORECASE)


def is_organisation(name: str) -> bool:
    """Whether a name says by its first word that it is a body and not a person."""
    return _ORGANISATION.match(name) is not None


def find_persons(quote: str) -> Iterator[Span]:
    """The names in `quote` without titles; bodies are among them, as they act like persons."""
    for name in find_names(quote):
        verb = name.start == 0 and " " not in name.of(quote) and quote[name.end : name.end + 5] == " que "
        start = _past_titles(quote, name)
        if not verb and not _is_of_something(quote, start) and not _WITHIN.search(quote, 0, name.start):
            yield Span(start, name.end)


def _is_of_something(quote: str, start: int) -> bool:
    """Whether what is left of a name tells of what it is (“Secretario de Salud”); “De la Fuente” is a name."""
    particle = quote[start : start + 3]
    return particle.casefold() in _PARTICLES and (start == 0 or not particle.istitle())


def _past_titles(quote: str, name: Span) -> int:
    """Where the name starts behind its titles (“Secretario de Estado”); its own start if it is all title."""
    start = name.start
    while (title := _TITLE.match(quote, start, name.end)) and title.end() < name.end:
        start = title.end()
    return start


def _places(quote: str) -> Iterator[Span]:
    yield from (name for name in find_names(quote) if not is_organisation(name.of(quote)))
    for match in _PLACE_PHRASE.finditer(quote):
        yield Span(*match.span())


def _numbers(quote: str) -> Iterator[Span]:
    """Figures that are not days, years or the articles un and una; one of money with its currency."""
    moments = [moment.span for moment in find_moments(quote)]
    amounts = list(_matches(MONEY)(quote))
    for span in _matches(_NUMBER)(quote):
        dated = any(moment.overlaps(span) for moment in moments)
        if not dated and not _ONE.fullmatch(span.of(quote)):
            yield next((amount for amount in amounts if amount.overlaps(span)), span)


def _matches(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    return lambda quote: (Span(*match.span()) for match in pattern.finditer(quote))


FINDERS: dict[AnswerType, Callable[[str], Iterator[Span]]] = {
    AnswerType.PERSON: find_persons,
    AnswerType.PLACE: _places,
    AnswerType.NUMBER: _numbers,
    AnswerType.PERCENT: _matches(_PERCENT),
    AnswerType.MONEY: _matches(MONEY),
    AnswerType.DURATION: _matches(_DURATION),
    AnswerType.TIME: _matches(_TIME),
    AnswerType.REASON: _matches(_REASON),
    AnswerType.PURPOSE: _matches(_PURPOSE),
}
"""For each kind of answer that has a form of its own, where such stretches stand in a quote."""
