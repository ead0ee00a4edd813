"""A comparison whose two sides are days: what was said of one topic then, and what later."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from assistant.questions.question_dates import names_which, published_days
from assistant.questions.sides import Side, compared, looked_for
from assistant.questions.subject import names_nothing
from index.dates import DateExpression, Grain, Interval, find_dates, format_date, month_names
from index.dates.choose import Partial, complete
from index.document import Span
from index.language.terms import fold

_NUMBER = r"(?<![\w.,:/-])(?:0?[1-9]|[12]\d|3[01])(?:º|er|st|nd|rd|th)?(?![\w%/:-]|[.,]\d)"
_OF = r"(?:de\s+|d[’']|of\s+)?"
# A number by itself is a day only where no noun follows that it counts.
_ALONE = (
    r"(?=\W*$|\s*,|\s+(?:y|e|and|et|a|al|con|frente|contra|versus|vs|with|to|against|com|avec|de|sobre|en|respecto|"
    r"acerca|ante|on|about|in|over|regarding|em|sur|dans)\b)"
)
# Two dates after “between” are the ends of a range, and here they are two days: “in” leaves them apart.
_BETWEEN = re.compile(r"\b(?:entre|between)\b", re.IGNORECASE)
_IN = {"entre": "en   ", "between": "in     "}


@dataclass(frozen=True, slots=True)
class NamedDays:
    """Words of a question that name days, by where they stand, and the days."""

    span: Span
    interval: Interval
    grain: Grain


@dataclass(frozen=True, slots=True)
class _Written:
    """A date written as a number and a month, as far as its words say it."""

    span: Span
    partial: Partial


def paired_dates(
    text: str, language: str, as_of: date, newest: date | None = None
) -> tuple[NamedDays, NamedDays] | None:
    """The two dates of a text in order, as seen from `as_of`; None if it has fewer or more, or one to come.

    Each lends the other its month and year. Dates without year are next to each other, one of them the last that
    is not after `newest`, the day of the newest document, if that is known, nor in the future.
    """
    named = _named_days(text, language, as_of, min(as_of, newest or as_of))
    if len(named) != 2 or any(each.interval.start is None or each.interval.start > as_of for each in named):
        return None
    one, other = sorted(named, key=lambda each: each.span.start)
    return one, other


def _named_days(text: str, language: str, as_of: date, newest: date) -> list[NamedDays]:
    """All dates of a text: those of numbers and months, and what else the grammar of dates finds."""
    unbound = _BETWEEN.sub(lambda between: _IN[between[0].lower()], text)
    found = find_dates(unbound, as_of, language)
    read = _written(unbound, language)
    # What is found over two dates is a range, and says nothing of either.
    apart = [e for e in found if sum(e.span.overlaps(date_.span) for date_ in read) == 1]
    kept = [date_ for date_ in read if not any(_says_more(other, date_) for other in apart)]
    rest = [e for e in found if not any(e.span.overlaps(date_.span) for date_ in kept)]
    written = _completed([_with_its_words(date_, apart) for date_ in kept], as_of, newest)
    return [*written, *(_named(expression, as_of) for expression in rest)]


def _written(text: str, language: str) -> list[_Written]:
    """The dates of numbers and months; none if no month is named."""
    months = month_names(language)
    if not months:
        return []
    # Python's patterns take “ſ” for an s and “ı” for an i where case is ignored, and those spell no month.
    matches = (m for m in _pattern(months).finditer(text) if (m["month"] or months[0]).lower() in months)
    written = [_read(match, months) for match in matches]
    return written if any(date_.partial.month for date_ in written) else []


@cache
def _pattern(months: tuple[str, ...]) -> re.Pattern[str]:
    month = rf"\b(?P<month>{'|'.join(months)})\b"
    year = r"(?:,?\s+(?:de\s+|del\s+|of\s+)?(?P<year>(?:19|20)\d\d)\b)?"
    dated = rf"(?:(?P<before>{_NUMBER})\s+{_OF})?{month}(?:\s+(?P<after>{_NUMBER}))?{year}"
    return re.compile(rf"{dated}|(?P<alone>{_NUMBER}){_ALONE}", re.IGNORECASE)


def _read(match: re.Match[str], months: tuple[str, ...]) -> _Written:
    day = match["before"] or match["after"] or match["alone"]
    partial = Partial(
        year=int(match["year"]) if match["year"] else None,
        month=months.index(match["month"].lower()) + 1 if match["month"] else None,
        day=int(re.sub(r"\D", "", day)) if day else None,
    )
    return _Written(Span(match.start(), match.end()), partial)


def _with_its_words(written: _Written, found: list[DateExpression]) -> _Written:
    """With the weekday and the article before it, which the grammar of dates reads as one with it."""
    same = [e for e in found if e.span.overlaps(written.span) and e.grain is _grain(written.partial)]
    starts = [written.span.start, *(expression.span.start for expression in same)]
    return replace(written, span=Span(min(starts), written.span.end))


def _says_more(expression: DateExpression, written: _Written) -> bool:
    """Whether the words are of another period: “la primera semana de enero”."""
    return expression.span.holds(written.span) and expression.grain is not _grain(written.partial)


def _grain(partial: Partial) -> Grain:
    return Grain.MONTH if partial.day is None else Grain.DAY


def _completed(written: list[_Written], as_of: date, newest: date) -> list[NamedDays]:
    """The dates with what each lends the other, and their years."""
    partials = [date_.partial for date_ in written]
    if len(partials) == 2:
        one, other = partials
        partials = _near_each_other([_lent(one, other), _lent(other, one)], as_of, newest)
    said = [_last(partial, newest) for partial in partials]
    named = zip(written, said, strict=True)
    return [NamedDays(w.span, days, _grain(p)) for w, p in named if (days := complete(p)) is not None]


def _lent(borrower: Partial, lender: Partial) -> Partial:
    return replace(
        borrower,
        month=lender.month if borrower.month is None else borrower.month,
        year=lender.year if borrower.year is None else borrower.year,
    )


def _near_each_other(partials: list[Partial], as_of: date, newest: date) -> list[Partial]:
    """The dates in years that put them next to each other: “diciembre y enero” are of two years."""
    latest = max((_last(partial, newest) for partial in partials), key=_place)
    return [partial if partial.year else _near(partial, latest, as_of) for partial in partials]


def _near(partial: Partial, other: Partial, as_of: date) -> Partial:
    """The date in the year nearest to the other, and not in the future unless it is of the same month."""
    if partial.month == other.month:
        return replace(partial, year=other.year)
    of_years = [replace(partial, year=(other.year or as_of.year) + shift) for shift in (-1, 0, 1)]
    past = [each for each in of_years if _place(each) <= (as_of.year, as_of.month, as_of.day)]
    return min(past, key=lambda each: abs(_months(each) - _months(other)))


def _last(partial: Partial, newest: date) -> Partial:
    """The date, of the last year that it was in if it says none."""
    if partial.year is not None:
        return partial
    past = (partial.month or 1, partial.day or 1) <= (newest.month, newest.day)
    return replace(partial, year=newest.year if past else newest.year - 1)


def _place(partial: Partial) -> tuple[int, int, int]:
    return partial.year or 0, partial.month or 1, partial.day or 1


def _months(partial: Partial) -> int:
    year, month, _ = _place(partial)
    return year * 12 + month


def _named(expression: DateExpression, as_of: date) -> NamedDays:
    return NamedDays(expression.span, published_days(expression, as_of), expression.grain)


_CHANGED = re.compile(
    r"(?:^|,)[¿¡\s]*(?:(?:en\s+)?qu[eé]\s+(?:(?:ha\s+)?cambi(?:[oó]|ado)|(?:cambios?|diferencias?)\s+(?:hubo|hay|ha\s+habido))"
    r"|c[oó]mo\s+(?:ha\s+)?cambi(?:[oó]|ado)"
    r"|what(?:\s+has)?\s+changed|what\s+(?:changes|differences)\s+(?:were|are)\s+there|how\s+(?:did|has)(?=\s.+\schanged?\b)"
    r"|(?:o\s+que|como)\s+mudou|qu[’']est-ce\s+qui\s+a\s+changé)\s+",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"(?<!\s)\s++changed?\b", re.IGNORECASE)
_JOINT = re.compile(
    r"^\W*(?:y|e|and|et|a|al|con|frente\s+al?|contra|versus|vs\.?|with|to|against|com|avec|de|from)\b",
    re.IGNORECASE,
)
_ARTICLE = r"(?:el|la|los|las|lo|le|les|o|os|as|the|that|those|celui|celle)"
_DANGLING = re.compile(
    rf"(?:(?:^|(?<!\s)\s++)(?:{_ARTICLE}|en|del?|desde|entre|d[ií]as?|on|of|in|from|between|days?|em|no|na|do|da|du|au))"
    r"{1,9}\s*+$",
    re.IGNORECASE,
)
# “Lo dicho sobre el puente” is about the bridge.
_SAID = re.compile(
    r"^(?:al?\s+)?(?:lo\s+(?:que\s+se\s+)?(?:dicho|dijo|dec[ií]a|publicado|public[oó])"
    r"|what\s+was\s+(?:said|published)|o\s+que\s+(?:foi\s+dito|se\s+disse)|ce\s+qui\s+a\s+été\s+dit)\b\s*",
    re.IGNORECASE,
)
_ABOUT = (
    r"sobre|respecto\s+(?:al?|del?)|acerca\s+del?|en\s+cuanto\s+al?|en\s+materia\s+de"
    r"|about|regarding|concerning|sur"
)
_ON = re.compile(rf"^(?:{_ABOUT}|en|on|in|over|em|dans)\s+", re.IGNORECASE)
_MATTER = re.compile(rf"^.*?\s(?:{_ABOUT})\s+", re.IGNORECASE)


def day_sides_of(question: str, language: str, as_of: date, newest: date | None = None) -> tuple[Side, ...]:
    """The two sides of a question that compares days, as seen from `as_of`; none of any other question.

    `newest` is the day of the newest document, if that is known: days without year are not after it. What the
    question asks about stands before the dates or behind them, and counts for both.
    """
    body = _asked(question)
    pair = paired_dates(body, language, as_of, newest)
    if pair is None:
        return ()
    before = body[: pair[0].span.start]
    between = body[pair[0].span.end : pair[1].span.start]
    after = body[pair[1].span.end :].strip(" ,")
    if not _joins(between, before):
        return ()
    head = _without_dangling(before)
    if names_which(before, pair[0].grain):
        named = (looked_for(f"{before}{_said(days, language)}", "", after) for days in pair)
        return tuple(replace(side, subject=head) for side in named)
    return tuple(_side(days, head, after, language) for days in pair)


def _asked(question: str) -> str:
    """What a question asks to compare; empty if it asks something else."""
    if body := compared(question):
        return body
    changed = _CHANGED.search(question)
    if changed is None:
        return ""
    return _CHANGE.sub("", f"{question[: changed.start()]} {question[changed.end() :]}".strip(" ¿?.!"))


def _joins(between: str, before: str) -> bool:
    """Whether the words between two dates only join them, or say again what stands before the first."""
    joint = _JOINT.match(between)
    if joint is None:
        return False
    again = _without_dangling(between[joint.end() :])
    return not again or fold(again) == fold(_without_dangling(before))


def _side(days: NamedDays, head: str, tail: str, language: str) -> Side:
    subject = _ON.sub("", f"{_SAID.sub('', head)} {tail}".strip())
    if names_nothing(subject, language):
        subject = ""
    clause, matter = looked_for(head, "", tail), _MATTER.sub("", subject)
    spoken = bool(subject) and not clause.named and not _SAID.match(head)
    topic = clause.topic if spoken else subject
    return Side(_said(days, language), topic, not spoken or matter != subject, matter, days.interval)


def _said(days: NamedDays, language: str) -> str:
    return format_date(days.interval, days.grain, language)


def _without_dangling(words: str) -> str:
    return _DANGLING.sub("", words.strip(" ,")).strip(" ,")
