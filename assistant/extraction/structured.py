"""Answers in points: what happened, day by day; two sides of a comparison; a list. A quote stands in each point."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from assistant.answer import AnswerSentence
from assistant.extraction.found_side import FoundSide
from assistant.extraction.moments import say_day
from assistant.extraction.shown_quotes import ShownQuote
from index.speakers import speaker_name
from prompts import phrase

_FEWEST_ITEMS = 3
_LAST_JOINT = re.compile(r"(?<!\s)\s++(?:y|e|o|u|and|or|et|ou)\s+")


def in_order(quotes: Sequence[ShownQuote]) -> list[ShownQuote]:
    """The quotes by the day of their document, oldest first, and as they stand in it."""
    return sorted(
        quotes, key=lambda quote: (quote.document.published or date.min, quote.document.id, quote.span)
    )


def told_in_points(
    quotes: Sequence[ShownQuote], first: int, language: str, above: str = ""
) -> list[AnswerSentence]:
    """A point a quote, the day before the first of each document; markers count from `first`.

    A day that is the heading `above` the points is not said again.
    """
    sentences: list[AnswerSentence] = []
    for _, group in groupby(quotes, key=lambda quote: quote.document.id):
        for place, quote in enumerate(group):
            opening = _opening(quote, language, above) if place == 0 else _speaker(quote)
            marker = (first + len(sentences),)
            told = f"{opening}«{quote.words}»{goes_on(quote, language)}"
            sentences.append(AnswerSentence(told, marker, point=True))
    return sentences


def goes_on(quote: ShownQuote, language: str) -> str:
    """What is said behind a quote that leaves out the rest of its list, table or code; empty behind any other."""
    return f" {phrase('goes_on', language)}" if quote.is_cut else ""


def told_as_list(lead: str, marker: int) -> list[AnswerSentence]:
    """The items of an enumeration, a point each; none if it has fewer than three."""
    items = _items(lead)
    if len(items) < _FEWEST_ITEMS:
        return []
    return [AnswerSentence(item[:1].upper() + item[1:], (marker,), point=True) for item in items]


def heading(label: str) -> AnswerSentence:
    """The name of a side over its points."""
    return AnswerSentence(f"{label[:1].upper()}{label[1:]}:")


def missing_side(side: FoundSide, language: str) -> list[AnswerSentence]:
    """What is said of a side that the documents do not speak of; of days, under their date."""
    if side.of_days:
        told = phrase("days_missing" if side.published else "days_empty", language)
        return [heading(side.label), AnswerSentence(told, point=True)]
    return [AnswerSentence(phrase("side_missing", language, side=side.label))]


def _opening(quote: ShownQuote, language: str, above: str) -> str:
    document = quote.document
    where = document.title or document.path
    day = where if document.published is None else say_day(document.published, language)
    return _speaker(quote) if day == above else f"{day}: {_speaker(quote)}"


def _speaker(quote: ShownQuote) -> str:
    return f"{speaker_name(quote.speaker)}: " if quote.speaker else ""


def _items(enumeration: str) -> list[str]:
    *before, last = enumeration.split(", ")
    return [
        item.strip(" .;") for item in (*before, *_LAST_JOINT.split(last, maxsplit=1)) if item.strip(" .;")
    ]
