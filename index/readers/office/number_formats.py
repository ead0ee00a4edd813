"""Values as a sheet shows them: number formats such as `#,##0.00 €`, `0.0%` or `d "de" mmmm`, in the sheet's locale."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache, lru_cache
from math import isfinite
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol
from lxml import etree
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from index.text.characters import one_line

TRUE = frozenset({"1", "true"})
_LONGEST_CODE = 255
_MOST_DECIMALS = 30
_LARGEST_PLAIN = 1e15
_SECTIONS = re.compile(r'((?:"[^"]*"?|\\.|\[[^\]]*\]?|[^;"\\\[])*+)(?:;|\Z)', re.DOTALL)
_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*.|\[\$(?P<money>[^\]\[-]*)[^\]\[]*\]'
    r"|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]\[]*\]|(?P<digits>[#0?][#0?.,]*|\.[#0?]+)|(?P<percent>%)"
    r"|(?P<unusual>e[+-]|/(?=[?#\d]))|(?P<half>am/pm|a/p)|(?P<moment>y+|m+|d+|h+|s+|\.0+)|(?P<general>general)|(?P<sign>.)",
    re.DOTALL | re.IGNORECASE,
)
# Fractions and powers of ten are written as plain figures.
_PLAIN = frozenset({"general", "unusual"})
_LITERALS = frozenset({"quoted", "escaped", "money", "sign"})


@dataclass(frozen=True, slots=True)
class Style:
    """How a workbook shows its values: its locale, the signs between digits, and whether it counts from 1904."""

    locale: str = "en"
    decimal: str = "."
    group: str = ","
    from_1904: bool = False

    @classmethod
    def told_by(cls, language: str, codes: Sequence[str], from_1904: bool) -> "Style":
        """The style of a workbook in `language`, which may not be known, whose formats are `codes`.

        Who writes sums in dollars, also in Spanish, puts a point before the decimals; who writes euros, a comma.
        """
        dollars = any("$" in re.sub(r"\[\$[^\]$-]*-", "", code) for code in codes)
        in_euros = any("€" in code for code in codes)
        locale = "es_MX" if dollars and language == "es" else _known(language or ("es" if in_euros else "en"))
        return cls(locale, get_decimal_symbol(locale), get_group_symbol(locale), from_1904)


@lru_cache(maxsize=4096)
def shown(number: float, code: str, style: Style) -> str:
    """The number as the format `code` shows it.

    A date of figures alone is written as year-month-day: which of its figures is the month depends on the
    reader's machine, and not on the sheet.
    """
    code = code[:_LONGEST_CODE]
    if is_moment(code):
        return _moment(number, code, style)
    section = _section(number, code)
    return _general(number, style) if section is None else _figure(number, section, style)


@cache
def is_moment(code: str) -> bool:
    """Whether a format shows dates or times."""
    return is_date_format(code)


def _known(language: str) -> str:
    try:
        return str(Locale.parse(language))
    except (UnknownLocaleError, ValueError, TypeError):
        return "en"


@cache
def _sections(code: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The parts of a format for positive and negative numbers and for zero, each as (kind, characters)."""
    return tuple(tuple(_tokens(section)) for section in _SECTIONS.findall(code)[:-1]) or ((),)


def _tokens(section: str) -> Iterator[tuple[str, str]]:
    for match in _TOKENS.finditer(section):
        if match.lastgroup:
            yield match.lastgroup, match[match.lastgroup]


def _section(number: float, code: str) -> tuple[tuple[str, str], ...] | None:
    """The part of a format that this number has, with a minus if the part does not write one; None if plain."""
    sections = _sections(code)
    place = 1 if number < 0 and len(sections) > 1 else 2 if number == 0 and len(sections) > 2 else 0
    section = sections[place]
    plain = not any(kind in ("digits", "percent") for kind, _ in section)
    if any(kind in _PLAIN for kind, _ in section) or (plain and place == 0):
        return None
    return (("sign", "-"), *section) if number < 0 and place == 0 else section


def _general(number: float, style: Style) -> str:
    if number == int(number) and abs(number) < _LARGEST_PLAIN:
        return str(int(number))
    return f"{number:.10g}".replace(".", style.decimal)


def _figure(number: float, section: Sequence[tuple[str, str]], style: Style) -> str:
    digits = next((characters for kind, characters in section if kind == "digits"), "")
    size = Decimal(repr(abs(number))) * 100 ** sum(kind == "percent" for kind, _ in section)
    written = _digits(size, digits, style)
    pieces = []
    for kind, characters in section:
        if kind == "digits":
            pieces.append(written)
            written = ""
        elif kind == "percent":
            pieces.append("%")
        elif kind == "space":
            pieces.append(" ")
        elif kind in _LITERALS:
            pieces.append(characters)
    return " ".join("".join(pieces).split())


def _digits(size: Decimal, pattern: str, style: Style) -> str:
    """A size in digits, as in `#,##0.00`; a comma at the end stands for thousands that are not written."""
    kept = pattern.rstrip(",")
    whole, _, decimals = kept.partition(".")
    scaled = size / 1000 ** (len(pattern) - len(kept))
    places = min(sum(sign in "0#?" for sign in decimals), _MOST_DECIMALS)
    try:
        rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:
        return f"{scaled:E}"
    left, _, right = f"{rounded:f}".partition(".")
    left = left.zfill(whole.count("0")) if whole.count("0") else left.lstrip("0")
    if "," in whole:
        left = f"{int(left or 0):,}".replace(",", style.group)
    least = decimals.count("0")
    right = right[:least] + right[least:].rstrip("0")
    return f"{left}{style.decimal}{right}" if right else left


def _moment(number: float, code: str, style: Style) -> str:
    try:
        moment = from_excel(number, CALENDAR_MAC_1904 if style.from_1904 else CALENDAR_WINDOWS_1900)
    except (ValueError, OverflowError):
        return _general(number, style)
    parts = _sections(code)[0]
    if any(kind == "elapsed" for kind, _ in parts) or isinstance(moment, timedelta):
        return _elapsed(timedelta(days=number))
    if isinstance(moment, time):
        moment = datetime.combine(date(1900, 1, 1), moment)
    return _written(moment, tuple(_with_minutes(parts)), style)


def _elapsed(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _with_minutes(parts: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The parts of a date format, each `m` that stands beside hours or seconds as `n`: it means minutes."""
    moments = [place for place, (kind, _) in enumerate(parts) if kind == "moment"]
    minutes = set()
    for before, place in zip([None, *moments], moments, strict=False):
        letter, last = parts[place][1][0].lower(), "" if before is None else parts[before][1][0].lower()
        if letter == "m" and last == "h":
            minutes.add(place)
        if letter == "s" and last == "m" and before is not None:
            minutes.add(before)
    for place, (kind, letters) in enumerate(parts):
        yield kind, "n" * len(letters) if place in minutes else letters


def _written(moment: datetime, parts: Sequence[tuple[str, str]], style: Style) -> str:
    letters = {characters[0].lower(): len(characters) for kind, characters in parts if kind == "moment"}
    clock = moment.strftime("%H:%M:%S" if "s" in letters else "%H:%M") if "h" in letters else ""
    if {"y", "m", "d"} <= letters.keys() and letters["m"] < 3:
        # A day without a time is a day, also where the format would write midnight.
        return f"{moment:%Y-%m-%d} {clock if moment.time() != time() else ''}".strip()
    if "h" in letters and not {"y", "m", "d"} & letters.keys():
        return clock
    pieces = []
    for kind, characters in parts:
        if kind == "moment":
            pieces.append(_piece(moment, characters.lower(), style))
        elif kind in _LITERALS:
            pieces.append(characters)
    # The section for text, `;@`, and a locale's mark are no words.
    return " ".join("".join(pieces).replace("@", "").split())


def _piece(moment: datetime, letters: str, style: Style) -> str:
    """One part of a date: `dd`, `mmmm`, `yyyy`, …"""
    width: Literal["wide", "abbreviated"] = "wide" if len(letters) == 4 else "abbreviated"
    match letters[0], len(letters):
        case "y", length:
            return f"{moment.year}" if length > 2 else f"{moment.year % 100:02}"
        case "m", length if length > 2:
            return str(get_month_names(width, locale=style.locale)[moment.month])
        case "d", length if length > 2:
            return str(get_day_names(width, locale=style.locale)[moment.weekday()])
        case letter, length:
            values = {
                "m": moment.month,
                "d": moment.day,
                "h": moment.hour,
                "n": moment.minute,
                "s": moment.second,
            }
            return f"{values.get(letter, 0):0{length}}" if letter in values else ""


@dataclass(frozen=True, slots=True)
class Values:
    """What cells refer to: the shared strings, the format of each style, how figures are written."""

    strings: Sequence[str]
    formats: Sequence[str]
    style: Style

    def shown(self, cell: etree._Element, written: str) -> str:
        """The words of a cell in whose XML `written` stands."""
        kind = cell.get("t", "n")
        if kind == "s":
            place = int(written)
            return self.strings[place] if 0 <= place < len(self.strings) else ""
        if kind == "n":
            number = float(written)
            code = self._format(cell.get("s", "0"))
            return one_line(shown(number, code, self.style) if isfinite(number) else written)
        if kind == "b":
            return "TRUE" if written in TRUE else "FALSE"
        return one_line(written.removesuffix("T00:00:00") if kind == "d" else written)

    def _format(self, style: str) -> str:
        place = int(style)
        return self.formats[place] if place < len(self.formats) else "General"
