"""What a question asks of time: the days that it is about, and whether it wants the newest or the oldest.

A filter hides documents, so a date counts only where it says when something happened or was published. One
that is part of a name ("la Agenda 2030") or tells one event from another ("las elecciones de 2018") does not.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.questions.question_parts import spoken
from index.dates import DateExpression, Grain, Interval, find_dates
from index.document import Span
from index.language.lists import any_phrase

About = Literal["event", "publication"]
Recency = Literal["newest", "oldest"]


@dataclass(frozen=True, slots=True)
class DateFilter:
    """The days that a question is about: those of the events, or of the publication, as its words ask.

    `text` and `span` are the words of the question that say so. `others` are the days that they may mean as
    well: “el 9 de enero” is of this year, or of another, and so `yearly`.
    """

    interval: Interval
    about: About
    text: str
    span: Span
    others: tuple[Interval, ...] = ()
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """A date that the question asks for, where its words stand, and what it dates."""

    span: Span
    interval: Interval
    about: About
    others: tuple[Interval, ...] = ()


_WORDS_BEFORE = 70
# As far from the day of asking as nothing that counts from it means the same day of a year.
_ELSEWHERE = timedelta(days=3700)
_TOO_VAGUE = {Grain.DECADE, Grain.CENTURY}


def _dating(role: str) -> str:
    return any_phrase("question_dates", role)


_ARTICLE, _OF = spoken("articles"), spoken("of")
_PUBLISHED_THING = re.compile(
    rf"\b{_dating('published_things')}(?:\s(?:{_dating('behind_published')}|{_OF}|{_ARTICLE})){{0,3}}\s?$"
)
_PUBLISHING = re.compile(rf"\b{_dating('publishing')}\b")
_BOUND = re.compile(
    rf"\b(?:(?P<before>{_dating('before')})|{_dating('after')})\s(?:(?:{_OF}|{_dating('to')})\s)?(?:{_ARTICLE}\s)?"
    rf"[\w-]{{3,20}}\s(?:[\w-]{{3,20}}\s)?(?:{_OF}|{_dating('in')})\s(?:{_ARTICLE}\s)?$"
)
_NAMED = re.compile(rf"\b{_dating('dated_things')}(?:\s[\w-]{{2,20}}){{0,3}}\s{_OF}(?:\s{_ARTICLE})?\s?$")
_COUNTED_FROM_NOW = re.compile(rf"\b{_dating('from_now')}\b")
_TIME_WORD = re.compile(rf"\b{_dating('leading')}(?:\s(?:{_OF}|{_ARTICLE}|{_dating('filling')})){{0,6}}\s?$")
_BARE_YEAR = re.compile(rf"(?:{_ARTICLE}\s)?(?:{_OF}\s)?\d{{4}}(?:\s?[-–]\s?\d{{2,4}})?")
_UNITS = rf"(?:\w+\s)?{_dating('units')}\b"
_NEWEST = re.compile(rf"\b{_dating('newest')}\b|\b{_dating('last')}\s(?!{_UNITS})(?=\w)", re.IGNORECASE)
_STATE = re.compile(
    rf"\W*{_dating('who_is')}\s{_ARTICLE}\s(?!(?i:{_dating('unchanging')}))[a-zß-öø-ÿ]|\W*{_dating('who_leads')}\b"
)
_OLDEST = re.compile(
    rf"\b{_dating('oldest')}\b"
    rf"|\b{_ARTICLE}\s{_dating('first')}\s(?!{_UNITS}|{_dating('not_first')})\w"
)
_NOUN_OF = re.compile(rf"\b{_OF}(?:\s{_ARTICLE})?\s?$")


def dates_of_question(question: str, as_of: date, language: str) -> DateFilter | None:
    """The days that a question asks about, resolved against `as_of`, the day of asking.

    Several dates give the stretch that holds them all. None when the question names no day, and when its
    dates only name things.
    """
    published = {found.span: found for found in find_dates(question, as_of, language, latest=as_of)}
    told = [
        kept
        for found in find_dates(question, as_of, language)
        if (kept := _told(question, found, published.get(found.span, found), as_of))
    ]
    if not told:
        return None
    span = Span(told[0].span.start, told[-1].span.end)
    interval = _hull([kept.interval for kept in told])
    others = told[0].others if len(told) == 1 else ()
    return DateFilter(
        interval, told[0].about, span.of(question), span, others, _is_yearly(question, span, as_of, language)
    )


def _is_yearly(question: str, span: Span, as_of: date, language: str) -> bool:
    """Whether the dates at `span` lack their year: from another day they are the same days, of another year."""
    elsewhere = as_of - _ELSEWHERE if as_of - date.min > _ELSEWHERE else as_of + _ELSEWHERE
    here, there = (
        [date.interval for date in find_dates(question, day, language) if date.span.overlaps(span)]
        for day in (as_of, elsewhere)
    )
    return here != there and [*map(_of_any_year, here)] == [*map(_of_any_year, there)]


def _of_any_year(interval: Interval) -> tuple[str, ...]:
    return tuple("" if day is None else f"{day:%m-%d}" for day in (interval.start, interval.end))


def recency(question: str) -> Recency | None:
    """Whether the question prefers the newest document that answers it, or the oldest.

    "Lo último sobre…" and a state that changes ("¿quién es el canciller?") want the newest, "por primera vez"
    the oldest.
    """
    lowered = question.lower()
    if _OLDEST.search(lowered):
        return "oldest"
    state = _STATE.match(question.lstrip(" ¿¡")[:1].lower() + question.lstrip(" ¿¡")[1:])
    return "newest" if state or _NEWEST.search(lowered) else None


def without_newest(question: str) -> str:
    """The question without the words that only ask for the newest: "lo último sobre", "latest"."""
    return " ".join(_NEWEST.sub(" ", question).split())


def _told(question: str, found: DateExpression, published: DateExpression, as_of: date) -> _Told | None:
    """What an expression asks for; None when it is part of a name, or tells which event is meant.

    `published` is what it means of something that was published by the day of asking.
    """
    start = found.span.start
    reach = max(0, start - _WORDS_BEFORE)
    before = question[reach:start].lower()
    if found.grain in _TOO_VAGUE or _is_quoted(question[:start]):
        return None
    bound = _BOUND.search(before)
    if bound and found.interval.start and found.interval.end:
        span = Span(reach + bound.start(), found.span.end)
        return _Told(span, _bounded(found.interval, bound["before"] is not None), "event")
    about = _about(before)
    if about == "event" and (_tells_events_apart(before, found) or _names_by_year(before, found)):
        return None
    found = published if about == "publication" else found
    interval = published_days(found, as_of) if about == "publication" else _meant(found)
    others = tuple(reading for reading in found.readings if not reading.overlaps(interval))
    return _Told(found.span, interval, about, others)


def names_which(before: str, grain: Grain) -> bool:
    """Whether a date after these words tells which thing is meant and not when something was published.

    So do a day of an event (“el sismo del 5 de enero”), and a month or year of a thing (“la inflación de enero”).
    """
    lowered = before.lower()
    if _about(lowered) == "publication":
        return False
    long = grain not in {Grain.DAY, Grain.WEEK}
    return _NAMED.search(lowered) is not None or (long and _NOUN_OF.search(lowered) is not None)


def _is_quoted(before: str) -> bool:
    """Whether a quotation that holds a title is still open at the end of `before`."""
    opened = before.count("«") > before.count("»") or before.count("“") > before.count("”")
    return opened or before.count('"') % 2 == 1


def _bounded(interval: Interval, before: bool) -> Interval:
    """ "Antes de las elecciones de junio": up to the end of June, as nobody said on which day they were."""
    return Interval(None, interval.end) if before else Interval(interval.start, None)


def _about(before: str) -> About:
    """Whether the words before a date tell of publication: "noticias de ayer", "publicado en mayo"."""
    if _PUBLISHED_THING.search(before):
        return "publication"
    return "publication" if _PUBLISHING.search(before) and not _NOUN_OF.search(before) else "event"


def _tells_events_apart(before: str, found: DateExpression) -> bool:
    """Whether a date tells one event from another ("el sismo del 19 de septiembre"): "del viernes pasado" says when."""
    return _NAMED.search(before) is not None and not _COUNTED_FROM_NOW.search(found.text.lower())


def _names_by_year(before: str, found: DateExpression) -> bool:
    """Whether a year belongs to a noun ("la inflación de 2023"): only "en 2023" says when."""
    if found.grain is not Grain.YEAR or not _BARE_YEAR.fullmatch(found.text.lower()):
        return False
    return _NOUN_OF.search(before) is not None or _TIME_WORD.search(before) is None


def _meant(found: DateExpression) -> Interval:
    """The likeliest days and the readings that overlap them: "hace tres meses" is that whole month."""
    near = [reading for reading in found.readings if reading.overlaps(found.interval)]
    return _hull([found.interval, *near])


def published_days(found: DateExpression, as_of: date) -> Interval:
    """The likeliest days that are not all in the future, where nothing has been published."""
    past = [reading for reading in found.readings if reading.start is None or reading.start <= as_of]
    return past[0] if past and found.interval not in past else _meant(found)


def _hull(intervals: list[Interval]) -> Interval:
    """The shortest interval that holds all of them."""
    starts = [interval.start for interval in intervals]
    ends = [interval.end for interval in intervals]
    start = None if None in starts else min(day for day in starts if day)
    end = None if None in ends else max(day for day in ends if day)
    return Interval(start, end)
