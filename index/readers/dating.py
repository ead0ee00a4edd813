"""The day that a document is of: what it gives itself near its top or its end, its file's name, its metadata."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import PurePosixPath

from index.dates import Grain, find_dates
from index.language.lists import any_phrase
from index.text.characters import one_line

_TOP, _END = 2_500, 1_500
_LONGEST_ROW = 120
_OPENING = 200
_LONGEST_TITLE = 60
# Clocks and time zones may put a document a day ahead of its file, no more.
_AHEAD = timedelta(days=1)

_MARKUP = re.compile(r"[*_`#|]+")
_QUOTED_MAIL = re.compile(
    rf"^[ \t]*-{{2,}}[ \t]*{any_phrase('mail', 'originals')}", re.IGNORECASE | re.MULTILINE
)
# Also pointed as figures are: “17 de enero de 2.025”.
_YEAR = re.compile(r"(?<!\d)\d\.?\d{3}(?!\d)")
_EITHER_WAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}")


def _any(role: str) -> str:
    """A pattern for any phrase that has a role around the day of a document."""
    return any_phrase("datelines", role)


_LABEL = re.compile(rf"{_any('labels')}\s*:?\s*", re.IGNORECASE)
# Among others on its row: “Lugar: salón de plenos. Fecha: 3/5/2024. Hora: 19:00”.
_FIELD = re.compile(
    rf"(?:^|[^\w]){_any('labels')}:[ ]?(?P<value>[^:]{{6,60}}?)(?=[ .;,]{{0,3}}(?:\Z|[^\W\d_][^:\d]{{0,40}}:))",
    re.IGNORECASE,
)
# “Autora: Marta Gil.” before “Fecha: …”
_OTHER_LABELS = re.compile(r"^[^\W\d_][^:.;|]{0,30}:[^:.;|]{1,60}[.;|]\s")
_A_DAY = re.compile(rf"{_any('articles')} ", re.IGNORECASE)
_CAPITAL = r"[A-ZÁÉÍÓÚÑÇÂÊÔÃÕÀÈÜ][\w'’.-]*"
_NAME = rf"{_CAPITAL}(?: (?:{_any('within_places')}|{_CAPITAL}))*"
_WHERE = rf"{_NAME}(?: \({_NAME}\))?(?:, {_NAME}){{0,2}}"
_DAY_OF = rf"(?i:{_any('before_days')} ){{0,3}}"
_PLACE = re.compile(
    rf"(?i:(?!{_any('other_days')}))(?:{_any('places')} (?:{_any('kinds_of_places')} )?{_WHERE},? |{_WHERE}, ){_DAY_OF}"
)
_AT_THE_HOUR = re.compile(rf",? ?{_any('hour_first')} [^,;]{{1,40}}? {_any('hour_last')} \Z", re.IGNORECASE)
# Behind the day: “, a las 19:00 horas”.
_HOUR = re.compile(
    rf",? (?:{_any('at_hours')} (?:\d{{1,2}}(?:[:.h]\d\d)?|[^\W\d_]{{3,12}}(?: {_any('past')} [^\W\d_]{{3,12}})?)"
    rf"|\d{{1,2}}[:.h]\d\d)(?: ?{_any('hours')}\b)?",
    re.IGNORECASE,
)
_GATHERED = re.compile(rf",? {_any('gatherings')}", re.IGNORECASE)
_AGREED = re.compile(
    rf"this (?:[\w()“”\"'’-]+ ){{1,8}}{_any('agreements')}(?: {_any('behind_agreements')}){{0,4}} ",
    re.IGNORECASE,
)
# In figures, or in words: “dos mil veinticuatro”.
_TOLD_YEAR = re.compile(rf"{_YEAR.pattern}|\b{_any('years')}\b", re.IGNORECASE)
_OPENS = re.compile(rf"{_any('openings')} ", re.IGNORECASE)
_BARE = re.compile(r"^[ \t#*_]{0,8}(\w[^\n]{3,38})$", re.MULTILINE)
_BARE_LOOKED_AT = 500

_ISO_DAY = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_FIRST_YEAR = 1500

_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
# Signs between words; those between digits belong to a date or a number.
_BETWEEN_WORDS = re.compile(r"(?<!\d)[-_]+|[-_]+(?!\d)")


@dataclass(frozen=True, slots=True)
class _Standing:
    """A day that stands on a row of its own; `placed` with the place or a label that says what day it is."""

    day: date
    placed: bool


def dateline(text: str, body: int = 0, language: str = "", file_time: date | None = None) -> date | None:
    """The day that the text gives as its own, or None when it gives none or several.

    A bare date counts only near the top; near the end, where contracts and rulings are signed, it needs its
    place or a label. A day after the file's own time is somebody else's.
    """
    end = found.start() if (found := _QUOTED_MAIL.search(text, body)) else len(text)
    days = _top_days(text, body, end, language)
    if not days:
        bottom = _rows(text, max(body, end - _END), end)
        days = {each.day for row in bottom if (each := _standing(row, language)) and each.placed}
    return next((day for day in days if _possible(day, file_time)), None) if len(days) == 1 else None


def _top_days(text: str, start: int, end: int, language: str) -> set[date]:
    rows = _rows(text, start, min(end, start + _TOP))
    opening = {day for row in rows if (day := _opening_day(row, language))}
    standing = [each for row in rows if (each := _standing(row, language))]
    days = opening | {each.day for each in standing}
    if standing and not opening and not any(each.placed for each in standing):
        days |= _bare_days(text, start, end, language)
    return days


def _bare_days(text: str, start: int, end: int, language: str) -> set[date]:
    """The days that stand bare on rows anywhere in the text: those of a chronicle are several."""
    rows = (_plain(row[1]) for row in _BARE.finditer(text, start, end))
    dated = islice(filter(_TOLD_YEAR.search, rows), _BARE_LOOKED_AT)
    return {each.day for row in dated if (each := _standing(row, language)) and not each.placed}


def _possible(day: date, file_time: date | None) -> bool:
    return file_time is None or day <= file_time + _AHEAD


def _rows(text: str, start: int, end: int) -> list[str]:
    """The lines that begin in a stretch of the text, without markup, no mail that they quote among them."""
    stop = text.find("\n", end)
    rows = text[start : stop if stop >= 0 else len(text)].split("\n")
    if start and text[start - 1] != "\n":
        rows = rows[1:]
    return [_plain(row[: 2 * _OPENING]) for row in rows if not row.lstrip().startswith(">")]


def _plain(row: str) -> str:
    return one_line(_MARKUP.sub(" ", row))


def _standing(row: str, language: str) -> _Standing | None:
    """The day of a row that holds nothing but a date, its place or its label, or other labels with their values."""
    if len(row) > _LONGEST_ROW or not _TOLD_YEAR.search(row):
        return None
    days = list(_full_days(row, language))
    if not days or row[_behind_hour(row, days[0][1]) :].strip(" ."):
        return _labelled(row, language)
    if len(days) != 1:
        return None
    start, _, day = days[0]
    before = _OTHER_LABELS.sub("", row[:start])
    placed = any(pattern.fullmatch(before) for pattern in (_LABEL, _PLACE, _A_DAY))
    return _Standing(day, placed) if placed or not start else None


def _behind_hour(row: str, end: int) -> int:
    hour = _HOUR.match(row, end)
    return hour.end() if hour else end


def _labelled(row: str, language: str) -> _Standing | None:
    """The day that stands behind a label, with other labels and their values on the same row."""
    values = (field["value"] for field in _FIELD.finditer(row))
    days = [
        day
        for value in values
        for start, end, day in _full_days(value, language)
        if end - start == len(value)
    ]
    return _Standing(days[0], placed=True) if len(days) == 1 else None


def _opening_day(row: str, language: str) -> date | None:
    """The day in the first words of a contract: “En Valencia, a 14 de marzo de 2024, reunidos…”."""
    if not _OPENS.match(row):
        return None
    # “As of” a day opens a period elsewhere; a contract is of that day.
    row = row[:_OPENING].replace(" as of ", " on ")
    for start, end, day in _full_days(row, language):
        before = _AT_THE_HOUR.sub(", ", row[:start])
        gathered = _PLACE.fullmatch(before) and _GATHERED.match(row, _behind_hour(row, end))
        return day if gathered or _AGREED.fullmatch(row[:start]) else None
    return None


def _full_days(row: str, language: str) -> Iterator[tuple[int, int, date]]:
    """Where days stand that are told with their month and year, and can be read in one way only."""
    for each in find_dates(row, None, language):
        days = each.interval
        single = each.grain is Grain.DAY and each.sure and days.start == days.end
        if days.start and single and _is_unmistakable(each.text, language):
            yield each.span.start, each.span.end, days.start


def _is_unmistakable(written: str, language: str) -> bool:
    whole = _YEAR.search(written) is not None or not any(map(str.isdigit, written))
    return whole and not _may_be_american(written, language)


def _may_be_american(written: str, language: str) -> bool:
    """Whether it is “3/4/2024” in what may be English: March in one country, April in another."""
    found = _EITHER_WAY.search(written)
    return language in ("en", "") and found is not None and int(found[1]) <= 12 and int(found[2]) <= 12


def month_of_title(title: str, language: str) -> date | None:
    """The first day of the month that a short title ends with, as those of bulletins do: “Boletín, mayo de 2024”."""
    named = [each for each in find_dates(title, None, language) if each.grain is Grain.MONTH and each.sure]
    ends = len(named) == 1 and named[0].span.end == len(title.rstrip(" ."))
    if not ends or len(title) > _LONGEST_TITLE or len(_YEAR.findall(title)) != 1:
        return None
    first, last = named[0].interval.start, named[0].interval.end
    return first if first and last and first.month == last.month else None


def parse_date(written: str) -> date | None:
    """The day of an ISO 8601 date or time such as `2026-01-16T08:00:00-06:00`, as written there, or None."""
    found = _ISO_DAY.match(written.strip())
    if not found:
        return None
    return valid_day(int(found[1]), int(found[2]), int(found[3]))


def valid_day(year: int, month: int, day: int) -> date | None:
    """That day, or None if the calendar does not have it or no archive could."""
    try:
        return date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None


def date_of_name(path: str) -> date | None:
    """The last complete date in a path, or None; a folder `2026/01/16` counts as well."""
    for found in reversed(list(_DAY.finditer(path))):
        try:
            return date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            continue
    return None


def title_of_name(path: str) -> str:
    """The words of a file name: `ventas-por-tienda.csv` is “ventas por tienda”."""
    return one_line(_BETWEEN_WORDS.sub(" ", PurePosixPath(path).stem))
