"""Dates in words: an interval as a reader of its language writes it, by the templates of the language's file."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from index.dates.calendar import Grain, Interval
from index.dates.lexicon import languages, load_lexicon

_DAYS = {Grain.DAY, Grain.WEEK}
_YEARS = {Grain.YEAR, Grain.DECADE, Grain.CENTURY}

_Wording = Mapping[str, Any]


def _wording(language: str) -> _Wording | None:
    code = language[:2].lower()
    return load_lexicon(code).wording if code in languages() else None


def month_names(language: str) -> tuple[str, ...]:
    """The twelve months as `language` writes them ("es", "en", "pt", "fr"), in small letters; none of any other."""
    wording = _wording(language)
    return tuple(wording["months"].lower().split()) if wording else ()


def format_date(interval: Interval, grain: Grain, language: str) -> str:
    """An interval in the words of `language` ("es", "en", "pt", "fr"), as precise as its grain, or to the day if its
    ends are none of that grain's.

    "23 de enero de 2026" for a day, "febrero de 2026" for a month, "2026" for a year; a range names both ends
    and an open end is said ("desde el 3 de marzo de 2026"). ISO dates in any other language.
    """
    wording = _wording(language)
    if wording is None:
        return "/".join(day.isoformat() if day else ".." for day in (interval.start, interval.end))
    if interval.start and interval.end:
        return _closed(wording, interval.start, interval.end, grain)
    day = interval.start or interval.end
    return _open(wording, day, grain, "since" if interval.start else "until") if day else ""


def _open(wording: _Wording, day: date, grain: Grain, side: str) -> str:
    """An open interval; one that begins after or ends before a period is told to the day."""
    edge = day if side == "since" else day + timedelta(day < date.max)
    is_edge = edge.day == 1 and (grain not in _YEARS or edge.month == 1)
    if grain in _DAYS or not is_edge:
        return str(wording[f"{side}_day"]).format(_point(wording, day, Grain.DAY))
    return str(wording[side]).format(_point(wording, day, grain))


def _fills(grain: Grain, start: date, end: date) -> bool:
    """Whether the days are whole months, or years as the grain has it."""
    is_months = start.day == 1 and (end == date.max or (end + timedelta(1)).day == 1)
    return is_months and (grain not in _YEARS or (start.month == 1 and end.month == 12))


def _closed(wording: _Wording, start: date, end: date, grain: Grain) -> str:
    if not _fills(grain, start, end):
        grain = Grain.DAY
    first, last = _point(wording, start, grain), _point(wording, end, grain)
    if first == last:
        return last
    template = str(wording["days"] if grain in _DAYS else wording["periods"])
    if start.month in wording.get("elided_months", ()) and grain not in _DAYS | _YEARS:
        template = template.replace("de ", "d'")
    if start.year != end.year or grain in _YEARS:
        return template.format(first, last)
    if grain not in _DAYS:
        return template.format(_month(wording, start), last)
    month_leads = wording["day"].startswith("{month}")
    if start.month == end.month and not month_leads:
        return template.format(_day(wording, start), last)
    first = _day_of_year(wording, start)
    if not month_leads:
        return template.format(first, last)
    tail = _day(wording, end) if start.month == end.month else _day_of_year(wording, end)
    return f"{template.format(first, tail)}, {end.year}"


def _day(wording: _Wording, day: date) -> str:
    return wording["first"] if day.day == 1 else str(day.day)


def _month(wording: _Wording, day: date) -> str:
    return str(wording["months"].split()[day.month - 1])


def _day_of_year(wording: _Wording, day: date) -> str:
    return str(wording["day_of_year"]).format(day=_day(wording, day), month=_month(wording, day))


def _point(wording: _Wording, day: date, grain: Grain) -> str:
    if grain in _YEARS:
        return str(day.year)
    template = str(wording["day"] if grain in _DAYS else wording["month"])
    return template.format(day=_day(wording, day), month=_month(wording, day), year=day.year)
