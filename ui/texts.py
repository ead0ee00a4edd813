"""Every text of the page, from `texts.<language>.toml`, with dates and counts in the reader's language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from string import Template

from babel import negotiate_locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

from assistant.extraction.moments import say_day

LANGUAGES = ("es", "en")
DEFAULT = "en"
LANGUAGE_COOKIE = "language"  # which one a reader chose


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language. `texts("key", field=value)` fills a text in; KeyError for an unknown key."""

    language: str
    entries: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        return Template(self.entries[key]).substitute(values)

    def count(self, key: str, n: int, **values: object) -> str:
        """The text `key` in its form for `n` things."""
        return self(f"{key}_{'one' if n == 1 else 'other'}", n=self.number(n), **values)

    def day(self, day: date | None) -> str:
        """A date in words, or the text for a document without one."""
        return self("undated") if day is None else say_day(day, self.language)

    def month(self, day: date) -> str:
        """The month and year of a day."""
        return str(format_skeleton("yMMMM", day, locale=self.language))

    def month_of_year(self, day: date) -> str:
        """The month of a day in short, or the year that begins with it."""
        return str(day.year) if day.month == 1 else str(format_date(day, "LLL", locale=self.language))

    def moment(self, moment: datetime) -> str:
        """A day in words and a time of this machine's clock."""
        here = moment.astimezone()
        return f"{self.day(here.date())}, {format_time(here, 'short', locale=self.language)}"

    def number(self, number: float) -> str:
        """A number with the language's separators."""
        return str(format_decimal(number, locale=self.language))

    def period(self, first: date | None, last: date | None) -> str:
        """A stretch of days in words; None is an open end."""
        if first == last:
            return self.day(first)
        if first is None or last is None:
            return (
                self("until", last=self.day(last)) if first is None else self("since", first=self.day(first))
            )
        return self("between", first=self.day(first), last=self.day(last))


@cache
def load_texts(language: str) -> Texts:
    """The texts in `language`, one of LANGUAGES."""
    source = (files(__package__) / f"texts.{language}.toml").read_text("utf-8")
    return Texts(language, tomllib.loads(source))


def preferred_language(chosen: str | None, accept_language: str) -> str:
    """The language to greet a reader in: the one they chose, else the browser's, else English.

    `accept_language` is the header as sent, such as `es-MX,es;q=0.9,en;q=0.8`.
    """
    if chosen in LANGUAGES:
        return chosen
    return negotiate_locale(_by_weight(accept_language), LANGUAGES, sep="-") or DEFAULT


def _by_weight(accept_language: str) -> list[str]:
    ranges = [part.partition(";") for part in accept_language.split(",")]
    weighted = [(_weight(parameters), tag.strip()) for tag, _, parameters in ranges]
    return [tag for weight, tag in sorted(weighted, key=lambda pair: -pair[0]) if weight > 0 and tag]


def _weight(parameters: str) -> float:
    try:
        return float(parameters.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
