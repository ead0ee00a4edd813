"""The answer without a language model: the answer itself where it is sure, then the words that prove it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from assistant.answer import AnswerSentence, Citation, Evidence
from assistant.extraction.moments import say_day
from assistant.extraction.selection import choose, disagreeing, every_quote
from assistant.extraction.shown_quotes import ShownQuote, as_it_stands, prove
from assistant.questions.understanding import AnswerType, Question
from index.text.structure import speaker_name
from prompts import phrase


@dataclass(frozen=True, slots=True)
class FoundSide:
    """The evidence of a side; none where the documents do not speak of it.

    `of_days` says that the label is a date, and the evidence what was published then; `published`, whether
    anything was.
    """

    label: str
    evidence: tuple[Evidence, ...]
    of_days: bool = False
    published: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    """What is said around a list that is whole as it was found: how many there are, and that there are more.

    `lines` are points without quotes, such as a count a month. The evidence of a `verbatim` one is quoted as it stands.
    """

    opening: str = ""
    lines: tuple[str, ...] = ()
    closing: str = ""
    verbatim: bool = False


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
            text = f"{opening}«{quote.words}»{goes_on(quote, language)}"
            sentences.append(AnswerSentence(text, marker, point=True))
    return sentences


def goes_on(quote: ShownQuote, language: str) -> str:
    """What is said behind a quote that leaves out the rest of its list, table or code; empty behind any other."""
    return f" {phrase('goes_on', language)}" if quote.is_cut else ""


def _told_as_list(lead: str) -> list[AnswerSentence]:
    """The items of an enumeration in the first quote, a point each; none if it has fewer than three."""
    items = _items(lead)
    if len(items) < _FEWEST_ITEMS:
        return []
    return [AnswerSentence(item[:1].upper() + item[1:], (1,), point=True) for item in items]


def heading(label: str) -> AnswerSentence:
    """The name of a side over its points."""
    return AnswerSentence(f"{label[:1].upper()}{label[1:]}:")


def missing_side(side: FoundSide, language: str) -> list[AnswerSentence]:
    """What is said of a side that the documents do not speak of; of days, under their date."""
    if side.of_days:
        text = phrase("days_missing" if side.published else "days_empty", language)
        return [heading(side.label), AnswerSentence(text, point=True)]
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


_MOST_OF_A_SIDE = 3
# “¿Cuántos casos…?” asks for several things, and wants one figure.
_COUNTED = frozenset({AnswerType.NUMBER, AnswerType.PERCENT, AnswerType.MONEY, AnswerType.DURATION})

Extract = tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]
"""The sentences of an answer and their citations, numbered from 1."""


def write(question: Question, evidence: Sequence[Evidence], *, sure: bool) -> Extract:
    """The answer from `evidence`, which is ranked best first; empty without evidence.

    Only where it is `sure` that the evidence answers is the answer told in so many words before the quotes.

    A question for a fact of a known kind gets at most two quotes, one of no known kind at most five, and one for a
    summary a point for each quote.
    """
    if question.wants is AnswerType.SUMMARY:
        points = in_order(every_quote(question, evidence))
        return tuple(told_in_points(points, 1, question.language)), _cited(points)
    quotes = choose(question, evidence, sure=sure)
    several = question.wants is AnswerType.LIST or (question.plural and question.wants not in _COUNTED)
    if several and len(quotes) > 1 and not any(quote.leads for quote in quotes):
        return tuple(told_in_points(quotes, 1, question.language)), _cited(quotes)
    sentences = [
        *_openings(question, quotes),
        *(_introduced(question, quotes, number) for number in range(1, len(quotes) + 1)),
    ]
    return tuple(sentences), _cited(quotes)


def write_list(question: Question, evidence: Sequence[Evidence], listing: Listing) -> Extract:
    """A point for each quote, none left out: documents that speak of something, or rows of a table."""
    quote = as_it_stands if listing.verbatim else partial(prove, question)
    points = in_order(list(map(quote, evidence)))
    sentences = (
        *(AnswerSentence(told) for told in (listing.opening,) if told),
        *(AnswerSentence(line, point=True) for line in listing.lines),
        *told_in_points(points, 1, question.language),
        *(AnswerSentence(told) for told in (listing.closing,) if told),
    )
    return sentences, _cited(points)


def write_sides(question: Question, sides: Sequence[FoundSide]) -> Extract:
    """A comparison: the points of each side under its name, from its evidence."""
    sentences: list[AnswerSentence] = []
    shown: list[ShownQuote] = []
    for side in sides:
        points = in_order(every_quote(question, side.evidence)[:_MOST_OF_A_SIDE])
        side_points = told_in_points(points, len(shown) + 1, question.language, side.label)
        sentences += (
            [heading(side.label), *side_points] if side_points else missing_side(side, question.language)
        )
        shown += points
    return (tuple(sentences), _cited(shown)) if shown else ((), ())


def _cited(quotes: Sequence[ShownQuote]) -> tuple[Citation, ...]:
    return tuple(_cite(number, quote) for number, quote in enumerate(quotes, 1))


def _cite(marker: int, quote: ShownQuote) -> Citation:
    span = quote.span
    return Citation(
        marker, quote.words, span.start, span.end, quote.document, quote.focus, quote.also, quote.kind
    )


def _openings(question: Question, quotes: list[ShownQuote]) -> list[AnswerSentence]:
    """The bare answer of the first quote; where documents disagree, each one's answer with its date."""
    verdict = quotes[0].verdict if quotes else None
    if verdict is not None:
        return [AnswerSentence(phrase("yes" if verdict else "no", question.language), (1,))]
    several = disagreeing(question, quotes)
    if several:
        return [
            AnswerSentence(_as_sentence(_dated(question, quote)), (number,))
            for number, quote in enumerate(quotes, 1)
            if quote in several
        ]
    leads = quotes[0].leads if quotes else ()
    items = _told_as_list(leads[0]) if question.plural and len(leads) == 1 else []
    return items or [AnswerSentence(_as_sentence(", ".join(leads)), (1,))] if leads else []


def _dated(question: Question, quote: ShownQuote) -> str:
    document, lead = quote.document, ", ".join(quote.leads)
    if document.published is None:
        return phrase("answer_undated", question.language, answer=lead, title=document.title or document.path)
    day = say_day(document.published, question.language)
    return phrase("answer_dated", question.language, answer=lead, date=day)


def _as_sentence(words: str) -> str:
    opened = words[:1].upper() + words[1:]
    return opened if opened.endswith((".", "!", "?", "…")) else f"{opened}."


def _introduced(question: Question, quotes: list[ShownQuote], number: int) -> AnswerSentence:
    """A quote behind the words that say where it stands, and in a transcript who says it."""
    quote, language = quotes[number - 1], question.language
    document = quote.document
    before = [(other.document.id, other.speaker) for other in quotes[:number]][-2:-1]
    if before == [(document.id, quote.speaker)]:
        text = phrase("same_document", language, quote=quote.words)
        return AnswerSentence(text + goes_on(quote, language), (number,))
    values = {"speaker": speaker_name(quote.speaker), "quote": quote.words}
    opening = "spoken" if quote.speaker else "according"
    if document.published is not None:
        text = phrase(f"{opening}_dated", language, date=say_day(document.published, language), **values)
    else:
        text = phrase(f"{opening}_undated", language, title=document.title or document.path, **values)
    return AnswerSentence(text + goes_on(quote, language), (number,))
