"""The calendar days that an answer's words mean: by themselves, and told in it next to the words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import AnswerSentence, Citation, ResolvedDate
from index.dates import DateExpression, find_dates, format_date
from index.document import Span
from index.event_dates import dates_within
from prompts import phrase

# How days are told behind a quote: «…» (mañana: 17 de enero de 2026; el lunes: 19 de enero de 2026).
_MEANS, _BETWEEN = ": ", "; "
_ARTICLES = (["el"], ["la"], ["los"], ["the"], ["on"], ["o"], ["no"])


def dates_of_citations(citations: Sequence[Citation]) -> tuple[ResolvedDate, ...]:
    """The dates that the quotes speak of, in their order."""
    return tuple(
        ResolvedDate(
            expression.text,
            expression.interval.start,
            expression.interval.end,
            str(expression.grain),
            expression.sure,
            citation.marker,
        )
        for citation in citations
        for expression in _dates_of(citation)
    )


def show_dates(sentence: AnswerSentence, citations: Sequence[Citation], language: str) -> AnswerSentence:
    """The sentence, `dated` with the day beside words that need it: never inside «…», where it follows the mark."""
    cited = [citation for citation in citations if citation.marker in sentence.citations]
    text = sentence.text
    for citation in cited:
        if f"«{citation.quote}»" in text:
            return _dated(sentence, _after_quote(text, citation, language))
    published = {citation.document.published for citation in cited}
    if len(published) != 1 or "«" in text:
        return sentence
    known = {_bare(each.text): each for citation in cited for each in _dates_of(citation)}
    return _dated(sentence, _beside_words(text, known, published.pop(), language))


def _dated(sentence: AnswerSentence, text: str) -> AnswerSentence:
    return sentence if text == sentence.text else replace(sentence, dated=text)


def _after_quote(text: str, citation: Citation, language: str) -> str:
    focus = citation.focus or Span(citation.start, citation.end)
    told = [
        f"{expression.text}{_MEANS}{say_days(expression, language)}"
        for expression in _dates_of(citation)
        if _leaves_open(expression) and expression.span.overlaps(focus)
    ]
    quoted = f"«{citation.quote}»"
    return text.replace(quoted, f"{quoted} ({_BETWEEN.join(dict.fromkeys(told))})", 1) if told else text


def _beside_words(
    text: str, known: Mapping[tuple[str, ...], DateExpression], published: date | None, language: str
) -> str:
    """`text` with its days. Words of a quote mean what they mean there, where a verb may tell the year."""
    for expression in reversed(find_dates(text, published, language)):
        meant = known.get(_bare(expression.text), expression)
        if _leaves_open(meant):
            end = expression.span.end
            text = f"{text[:end]} ({say_days(meant, language)}){text[end:]}"
    return text


def _dates_of(citation: Citation) -> list[DateExpression]:
    return dates_within(citation.document, Span(citation.start, citation.end))


def _bare(words: str) -> tuple[str, ...]:
    """The words of a date without the article before them: “el 15 de enero” is “15 de enero”."""
    said = words.casefold().split()
    return tuple(said[1:] if said[:1] in _ARTICLES else said)


def say_days(expression: DateExpression, language: str) -> str:
    """The days in words; of an ambiguous expression, each reading."""
    said = (format_date(reading, expression.grain, language) for reading in expression.readings)
    return f" {phrase('or', language)} ".join(said)


def _leaves_open(expression: DateExpression) -> bool:
    """Whether the words need telling, and their bounds are no convention."""
    is_vague = not expression.sure and len(expression.readings) == 1
    return not is_vague and needs_telling(expression.text, expression.interval.start, expression.interval.end)


def needs_telling(words: str, first: date | None, last: date | None) -> bool:
    """Whether the words alone leave the year, or the day, to be worked out."""
    return not any(str(day.year) in words for day in (first, last) if day is not None)
