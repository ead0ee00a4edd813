"""What words mean to the date grammar, whatever their language.

The words stand in a file a language, `words.es.toml` for Spanish: for every kind a list of words and phrases,
or a table from the value that they carry to such a list.
"""

import tomllib
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cached_property
from pathlib import Path

from index.dates.calendar import Season, Unit
from index.dates.shapes import Portion
from index.dates.world_days import day_names

Sense = int | str | Unit | Season | Portion


class Kind(IntEnum):
    """The part that a word or phrase can play in a temporal expression."""

    NUMBER = auto()  # cardinal in words
    ORDINAL = auto()  # -1 is "last"
    MONTH = auto()
    MONTH_ABBREVIATION = auto()
    FOREIGN_MONTH = auto()  # of another language, a month only in a full date
    WEEKDAY = auto()  # 0 is Monday
    WEEKDAY_ABBREVIATION = auto()
    WEEKDAYS = auto()  # plural: "los lunes", a set
    UNIT = auto()
    DAY_WORD = auto()  # "día" before a number
    YEAR_WORD = auto()  # "año" before a number
    OF = auto()
    THE = auto()
    NEXT = auto()
    LAST = auto()
    THIS = auto()
    RELATIVE = auto()  # -1 "anterior", +1 "siguiente": counts from another date, when there is one
    WHOLE = auto()  # whole units: "los dos meses pasados" are two calendar months
    AGO = auto()  # before the quantity: "hace", "há"
    AGO_AFTER = auto()  # after it: "ago", "atrás"
    IN = auto()  # "en dos semanas": a point only when the tense is future
    WITHIN = auto()  # "dentro de"
    APPROXIMATELY = auto()
    MORE_THAN = auto()
    FROM = auto()
    TO = auto()
    BETWEEN = auto()
    AND = auto()
    SINCE = auto()
    UNTIL = auto()
    BEFORE = auto()
    AFTER = auto()
    ONWARD = auto()  # after a date, opens its end: "en adelante"
    TO_DATE = auto()  # after a unit: the part of it that has passed
    PART = auto()  # of a period: see shapes.Portion
    HALF = auto()
    DEICTIC = auto()  # days from the reference
    DAYPART = auto()  # "tarde", "noche"
    HOLIDAY = auto()  # a key of calendar.HOLIDAYS
    SEASON = auto()
    DECADE_WORD = auto()  # "años", "década de": before the number
    DECADE = auto()  # "noventa" after it, or "1990s"
    CENTURY_WORD = auto()
    EVERY = auto()  # makes a set
    QUARTER_MARK = auto()  # "T1", "Q3"
    QUARTER_WORD = auto()  # after an ordinal: "primer cuarto de 2016"
    FUNCTION = auto()  # words that may follow a year, so that "2014 los" is one and "2014 casos" is none
    NOT_A_YEAR = auto()  # words before a number that make it a name: "ley 2004"
    PLACE = auto()  # words before a date that make it a name: "avenida 18 de Julio"


Senses = dict[Kind, Sense]

# Without one of these, or a number, there is no date.
CORE = (
    Kind.MONTH, Kind.MONTH_ABBREVIATION, Kind.FOREIGN_MONTH, Kind.WEEKDAY, Kind.WEEKDAY_ABBREVIATION,
    Kind.UNIT, Kind.DEICTIC, Kind.HOLIDAY, Kind.SEASON, Kind.DECADE, Kind.CENTURY_WORD, Kind.QUARTER_MARK,
)  # fmt: skip


def is_core(senses: Senses) -> bool:
    """Whether a word of these senses can make a date: one of `CORE`, or "mil", as years begin in words."""
    return any(kind in senses for kind in CORE) or senses.get(Kind.NUMBER) == 1000


@dataclass(frozen=True)
class Lexicon:
    """The words of one language. Keys of `words` are folded; several words are joined by a space.

    `capitalised` tells that month and weekday names are written with a capital, as in English.
    """

    language: str
    words: dict[str, Senses]
    month_first: bool = False
    capitalised: bool = False

    @cached_property
    def longest_phrase(self) -> dict[str, int]:
        """For every first word, the number of words of the longest phrase that begins with it."""
        longest: dict[str, int] = {}
        for phrase in self.words:
            first, *rest = phrase.split()
            longest[first] = max(longest.get(first, 1), 1 + len(rest))
        return longest

    @cached_property
    def core_words(self) -> frozenset[str]:
        """The words of which a text without digits needs one to hold a date: of a phrase, its longest."""
        return frozenset(max(p.split(), key=len) for p, senses in self.words.items() if is_core(senses))


def load_lexicon(language: str) -> Lexicon:
    """The lexicon of one of the languages that have a file of words."""
    path = Path(__file__).with_name(f"words.{language}.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    month_first, capitalised = bool(table.pop("month_first")), bool(table.pop("capitalised"))
    words: dict[str, Senses] = {}
    for name, entries in table.items():
        kind = Kind[name.upper()]
        values = entries if isinstance(entries, dict) else {"1": entries}
        for value, phrases in values.items():
            for phrase in phrases:
                words.setdefault(phrase, {})[kind] = _sense(kind, value)
    for phrase, name in day_names(language).items():
        words.setdefault(phrase, {})[Kind.HOLIDAY] = name
    return Lexicon(language, words, month_first, capitalised)


def _sense(kind: Kind, value: str) -> Sense:
    """The value that a word carries, as its kind has it."""
    match kind:
        case Kind.UNIT:
            return Unit[value.upper()]
        case Kind.SEASON:
            return Season[value.upper()]
        case Kind.PART:
            return Portion[value.upper()]
        case Kind.HOLIDAY:
            return value
    return int(value)
