"""An answer to a question for a timeline, event by event, with each event's place on a line of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer, AnswerSentence, ResolvedDate
from index.dates import Grain, Interval, format_date


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a timeline: its day in words, the quote that tells it, and when it began, if that is known."""

    when: str
    quote: str
    citations: tuple[int, ...]
    first: date | None


def happenings(answer: Answer) -> tuple[Happening, ...]:
    """The events that an answer tells, oldest first; none if it was not asked for a timeline."""
    return tuple(_happenings(answer)) if answer.answered else ()


def places(events: tuple[Happening, ...]) -> tuple[float | None, ...]:
    """Where each event stands on a line from the first day to the last, 0 to 100; None if it has no day.

    All None if fewer than two days are told: there is no line to draw.
    """
    days = [event.first.toordinal() for event in events if event.first is not None]
    if len(set(days)) < 2:
        return (None,) * len(events)
    start, length = min(days), max(days) - min(days)
    return tuple(
        None if event.first is None else round(100 * (event.first.toordinal() - start) / length, 2)
        for event in events
    )


def _happenings(answer: Answer) -> Iterator[Happening]:
    quotes = {citation.marker: citation.quote for citation in answer.citations}
    for sentence in answer.sentences:
        if sentence.when:
            quote = quotes[sentence.citations[0]]
            yield Happening(sentence.when, quote, sentence.citations, _began(sentence, answer))


def _began(sentence: AnswerSentence, answer: Answer) -> date | None:
    """The first day of the date that a sentence of a timeline begins with."""
    told = (d for d in answer.dates if d.citation in sentence.citations)
    return next((d.first for d in told if _in_words(d, answer.language) == sentence.when), None)


def _in_words(resolved: ResolvedDate, language: str) -> str:
    return format_date(Interval(resolved.first, resolved.last), Grain(resolved.grain), language)
