"""Dates in words: an interval as a reader of Spanish, English, Portuguese or French writes it."""

from dataclasses import dataclass
from datetime import date, timedelta

from index.dates.expressions import Grain, Interval

_DAYS = {Grain.DAY, Grain.WEEK}
_YEARS = {Grain.YEAR, Grain.DECADE, Grain.CENTURY}


@dataclass(frozen=True, slots=True)
class _Wording:
    """How a language writes dates. Templates of ranges take the two ends as `{0}` and `{1}`."""

    months: tuple[str, ...]
    day: str
    day_of_year: str
    month: str
    days: str
    periods: str
    since: str
    until: str
    since_day: str
    until_day: str
    first: str = "1"
    elided: tuple[int, ...] = ()


def _months(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_WORDINGS = {
    "es": _Wording(
        _months("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
        "{day} de {month} de {year}", "{day} de {month}", "{month} de {year}",
        "del {0} al {1}", "de {0} a {1}",
        "desde {0}", "hasta {0}", "desde el {0}", "hasta el {0}",
    ),
    "en": _Wording(
        _months("January February March April May June July August September October November December"),
        "{month} {day}, {year}", "{month} {day}", "{month} {year}", "{0} to {1}", "{0} to {1}",
        "since {0}", "until {0}", "since {0}", "until {0}",
    ),
    "pt": _Wording(
        _months("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
        "{day} de {month} de {year}", "{day} de {month}", "{month} de {year}", "de {0} a {1}", "de {0} a {1}",
        "desde {0}", "até {0}", "desde {0}", "até {0}",
        first="1º",
    ),
    "fr": _Wording(
        _months("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        "{day} {month} {year}", "{day} {month}", "{month} {year}", "du {0} au {1}", "de {0} à {1}",
        "depuis {0}", "jusqu'à {0}", "depuis le {0}", "jusqu'au {0}",
        first="1er", elided=(4, 8, 10),
    ),
}  # fmt: skip


def month_names(language: str) -> tuple[str, ...]:
    """The twelve months as `language` writes them ("es", "en", "pt", "fr"), in small letters; none of any other."""
    wording = _WORDINGS.get(language[:2].lower())
    return tuple(month.lower() for month in wording.months) if wording else ()


def format_date(interval: Interval, grain: Grain, language: str) -> str:
    """An interval in the words of `language` ("es", "en", "pt", "fr"), as precise as its grain.

    "23 de enero de 2026" for a day, "febrero de 2026" for a month, "2026" for a year; a range names both ends
    and an open end is said ("desde el 3 de marzo de 2026"). ISO dates in any other language.
    """
    wording = _WORDINGS.get(language[:2].lower())
    if wording is None:
        return "/".join(day.isoformat() if day else ".." for day in (interval.start, interval.end))
    if interval.start and interval.end:
        return _closed(wording, interval.start, interval.end, grain)
    day = interval.start or interval.end
    if day is None:
        return ""
    return _open(wording, day, grain, since=interval.start is not None)


def _open(wording: _Wording, day: date, grain: Grain, since: bool) -> str:
    """An open interval; one that begins after or ends before a period is told to the day."""
    if grain not in _DAYS and not _is_edge(day, grain, since):
        grain = Grain.DAY
    if grain in _DAYS:
        template = wording.since_day if since else wording.until_day
    else:
        template = wording.since if since else wording.until
    return template.format(_point(wording, day, grain))


def _is_edge(day: date, grain: Grain, since: bool) -> bool:
    edge = day if since else day + timedelta(day < date.max)
    return edge.day == 1 and (grain not in _YEARS or edge.month == 1)


def _closed(wording: _Wording, start: date, end: date, grain: Grain) -> str:
    first, last = _point(wording, start, grain), _point(wording, end, grain)
    if first == last:
        return last
    template = wording.days if grain in _DAYS else wording.periods
    if start.month in wording.elided and grain not in _DAYS | _YEARS:
        template = template.replace("de ", "d'")
    if start.year == end.year and grain not in _YEARS:
        first = _without_year(wording, start, end, grain)
        if wording.day.startswith("{month}") and grain in _DAYS:
            return f"{template.format(first, _tail(wording, start, end))}, {end.year}"
    return template.format(first, last)


def _without_year(wording: _Wording, start: date, end: date, grain: Grain) -> str:
    """The first end of a range within a year, without what it shares with the last."""
    month_leads = wording.day.startswith("{month}")
    if grain not in _DAYS:
        return wording.months[start.month - 1]
    if start.month == end.month and not month_leads:
        return _day(wording, start)
    return wording.day_of_year.format(day=_day(wording, start), month=wording.months[start.month - 1])


def _tail(wording: _Wording, start: date, end: date) -> str:
    """The last end of a range where the month leads, without what it shares with the first."""
    if start.month == end.month:
        return _day(wording, end)
    return wording.day_of_year.format(day=_day(wording, end), month=wording.months[end.month - 1])


def _day(wording: _Wording, day: date) -> str:
    return wording.first if day.day == 1 else str(day.day)


def _point(wording: _Wording, day: date, grain: Grain) -> str:
    if grain in _YEARS:
        return str(day.year)
    template = wording.day if grain in _DAYS else wording.month
    return template.format(day=_day(wording, day), month=wording.months[day.month - 1], year=day.year)
