"""What words mean to the date grammar: a file of data a language, `index/language/dates/es.toml` for Spanish.

A file names, for every kind of word, its words and phrases, or a table from the value that they carry to them. Whatever
differs between languages stands there, so that another language is another file and no code.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum, auto
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from index.dates.calendar import Unit, feast

_LETTERS = re.compile(r"[a-z]+")
_SAMPLE = 2000


class Portion(IntEnum):
    """A vague or exact part of a period. The first three are its thirds."""

    START = 0
    MIDDLE = 1
    END = 2
    REST = 3  # from the reference on
    ELAPSED = 4  # up to the reference


class Kind(IntEnum):
    """The part that a word, a phrase, a number or a mark can play in a temporal expression."""

    DIGITS = auto()  # a number in digits
    SHORT_YEAR = auto()  # "'24"
    ROMAN = auto()
    DATE = auto()  # a date in digits: see tokens.Digits
    NUMBER = auto()  # a cardinal in words
    ORDINAL = auto()  # -1 is "last"
    MONTH = auto()
    MONTH_ABBREVIATION = auto()
    FOREIGN_MONTH = auto()  # of another language, a month only in a full date
    WEEKDAY = auto()  # 0 is Monday
    WEEKDAY_ABBREVIATION = auto()
    WEEKDAYS = auto()  # plural: "los lunes", a set
    UNIT = auto()
    UNITS = auto()  # several of an untold number: "los últimos días" names none
    DAY_WORD = auto()  # "día" before a number
    YEAR_WORD = auto()  # "año" before a number
    OF = auto()
    OF_THE = auto()  # of these, with the article: "del"
    THE = auto()
    EVE = auto()  # "víspera": the day before
    NEXT = auto()
    LAST = auto()
    THIS = auto()
    THAT = auto()  # "ese año": the one told before
    RELATIVE = auto()  # -1 "anterior", +1 "siguiente": counts from another date, when there is one
    WHOLE = auto()  # whole units: "los dos meses pasados" are two calendar months
    AGO = auto()  # before the quantity: "hace", "há"
    AGO_AFTER = auto()  # after it: "ago", "atrás"
    FROM_NOW = auto()  # after the quantity, ahead: "from now"
    IN = auto()  # "en dos semanas": a point only when the tense is future
    WITHIN = auto()  # "dentro de"
    APPROXIMATELY = auto()
    MORE_THAN = auto()
    LESS_THAN = auto()
    LATER = auto()  # after the quantity: counts from the date told before, -1 back from it
    AND_A_HALF = auto()
    FROM = auto()
    TO = auto()
    TO_THE = auto()  # of these, with the article: "al"
    DASH = auto()  # of these, the marks
    BETWEEN = auto()
    AND = auto()
    SINCE = auto()
    UNTIL = auto()
    BEFORE = auto()
    AFTER = auto()
    ONWARD = auto()  # after a date, opens its end: "en adelante"
    CURRENT = auto()  # "del corriente": of the month of the reference
    NOW = auto()  # the end of a period: "ahora", "la fecha"
    TO_DATE = auto()  # after a unit: the part of it that has passed
    PART = auto()  # of a period: see Portion
    PART_OF = auto()  # of these, with "of": "the beginning of"
    HALF = auto()
    DEICTIC = auto()  # days from the reference
    DAYPART = auto()  # "tarde", "noche"
    FEAST = auto()  # a rule of calendar.feast
    SEASON = auto()  # the same
    DECADE_WORD = auto()  # "años", "década de": before the number
    DECADE = auto()  # "noventa" after it, or "1990s"
    CENTURY_WORD = auto()
    EVERY = auto()  # makes a set
    EACH = auto()  # of these, before a date: "cada 23 de enero"
    QUARTER_MARK = auto()  # "T1", "Q3"
    HALF_MARK = auto()  # "H1", "2S"
    QUARTER_WORD = auto()  # after an ordinal: "primer cuarto de 2016"
    TOWARD = auto()  # "para el martes": ahead, whatever the verb says
    BEGINNING = auto()  # "que comienza": between a week and its first day
    BY = auto()  # "durante enero": before what is a month beyond doubt
    ARTICLE = auto()  # "un": a number, but no day of a month
    COUNTED = auto()  # after a number, makes it a count: "%", "pesos"
    CLAUSE = auto()  # begins another clause, whose verb is less near
    FUNCTION = auto()  # words that may follow a year, so that "2014 los" is one and "2014 casos" is none
    NOT_A_YEAR = auto()  # words before a number that make it a name: "ley 2004"
    PLACE = auto()  # words before a date that make it a name: "avenida 18 de Julio"
    STREETWISE = auto()  # words before a day and a capital month that may name a street: "por 18 de Julio"
    HOMOGRAPH = auto()  # months that are other words too: "mayo", "may"


Senses = Mapping[Kind, Any]
NO_SENSES: Senses = {}

# Without one of these, or a number, there is no date.
_CORE = frozenset(
    (
        Kind.DATE, Kind.MONTH, Kind.MONTH_ABBREVIATION, Kind.FOREIGN_MONTH, Kind.WEEKDAY, Kind.WEEKDAY_ABBREVIATION,
        Kind.UNIT, Kind.DEICTIC, Kind.FEAST, Kind.SEASON, Kind.DECADE, Kind.CENTURY_WORD, Kind.QUARTER_MARK,
        Kind.HALF_MARK,
    )
)  # fmt: skip
# Years in words begin with these: "mil", "nineteen", "twenty".
_FIRST_OF_YEAR = {19, 20, 1000}


def is_core(senses: Senses) -> bool:
    """Whether a word of these senses can make a date: one of `_CORE`, or the beginning of a year in words."""
    is_core = not _CORE.isdisjoint(senses) and senses.get(Kind.UNIT) is not Unit.HOUR
    return is_core or senses.get(Kind.NUMBER) in _FIRST_OF_YEAR


@dataclass(frozen=True, slots=True)
class Verbs:
    """Patterns of the verbs of a language, and the words that only look like some."""

    future: re.Pattern[str]
    present: re.Pattern[str]
    past: re.Pattern[str]
    participle: re.Pattern[str]
    any_participle: re.Pattern[str]
    infinitive: re.Pattern[str]
    planned: re.Pattern[str]
    open: re.Pattern[str]
    none: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """The words of one language. Keys of `words` are folded; several words are joined by a space.

    `month_first` tells that "3/4" may be in March, `capitalised` that months and weekdays are written with a capital,
    `elided` that an apostrophe ends a word, as in French. `roman_endings` are those of "XIXe". `plural` tells nouns
    that are counted, `wording` how dates are written, `telling` the words by which a text of the language is known,
    `examples` what it reads.
    """

    language: str
    words: Mapping[str, Senses]
    verbs: Verbs
    plural: re.Pattern[str]
    wording: Mapping[str, Any]
    telling: frozenset[str]
    ordinal_endings: tuple[str, ...]
    month_first: bool
    capitalised: bool
    elided: bool
    roman_endings: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words with which a word or phrase begins."""
        return frozenset(phrase.split()[0] for phrase in self.words)

    @cached_property
    def longest_phrase(self) -> dict[str, int]:
        """For the first two words of every phrase, the number of words of the longest that begins with them."""
        longest: dict[str, int] = {}
        for words in map(str.split, self.words):
            start = " ".join(words[:2])
            longest[start] = max(longest.get(start, 1), len(words))
        return longest

    @cached_property
    def core_words(self) -> frozenset[str]:
        """The words of which a text without digits needs one to hold a date: of a phrase, its longest."""
        return frozenset(max(p.split(), key=len) for p, senses in self.words.items() if is_core(senses))


def read_lexicon(language: str, written: str) -> Lexicon:
    """The lexicon that a file of TOML holds.

    Raises:
        ValueError: the file lacks a part, or names a kind of word that there is none of.
    """
    table = tomllib.loads(written)
    try:
        verbs = {name: _of_words(pattern) for name, pattern in table["verbs"].items() if name != "none"}
        return Lexicon(
            language=language,
            words=_read_words(table),
            verbs=Verbs(**verbs, none=frozenset(table["verbs"]["none"])),
            plural=_of_words(table["plural"]),
            wording=table["wording"],
            telling=frozenset(table["telling"].split()),
            ordinal_endings=tuple(table["ordinal_endings"]),
            month_first=table["month_first"],
            capitalised=table["capitalised"],
            elided=table["elided"],
            roman_endings=tuple(table.get("roman_endings", ())),
            examples=tuple(table.get("examples", ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"The words of dates for “{language}” cannot be read: {error}.") from error


def _of_words(pattern: str) -> re.Pattern[str]:
    """A pattern of whole words, which no place within one begins: so it takes linear time wherever it is searched."""
    return re.compile(rf"(?<!\w)(?:{pattern})", re.VERBOSE)


def _read_words(table: Mapping[str, Any]) -> dict[str, dict[Kind, Any]]:
    words: dict[str, dict[Kind, Any]] = {}
    for name, entries in table["words"].items():
        kind = Kind[name.upper()]
        values = entries if isinstance(entries, dict) else {"1": entries}
        for value, phrases in values.items():
            sense = _read_sense(kind, value)
            for phrase in phrases:
                words.setdefault(phrase, {})[kind] = sense
    for phrase, rule in _world_days(table.get("world_days", {})):
        words.setdefault(phrase, {}).setdefault(Kind.FEAST, rule)
    return words


def _read_sense(kind: Kind, value: str) -> Any:
    """The value that a word carries, as its kind has it."""
    match kind:
        case Kind.UNIT:
            return Unit[value.upper()]
        case Kind.PART:
            return Portion[value.upper()]
        case Kind.FEAST | Kind.SEASON:
            feast(value, 2000)
            return value
    return int(value)


def _world_days(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The phrases of the days that are kept the world over, each with its rule: every title with every name."""
    for rule, names in table.items():
        if rule != "titles":
            yield from ((f"{title} {name}".strip(), rule) for name in names for title in table["titles"])


def languages() -> tuple[str, ...]:
    """The languages whose dates are read, by their codes."""
    folder = files("index") / "language" / "dates"
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))
    )


@cache
def _own_lexicon(language: str) -> Lexicon:
    return read_lexicon(
        language, (files("index") / "language" / "dates" / f"{language}.toml").read_text("utf-8")
    )


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of one of `languages`, with the month names of the others."""
    own = _own_lexicon(language)
    words: dict[str, Senses] = dict(own.words)
    for other in map(_own_lexicon, _known()):
        for word, senses in other.words.items():
            if Kind.MONTH in senses and word not in words:
                words[word] = {Kind.FOREIGN_MONTH: senses[Kind.MONTH]}
    return replace(own, words=words)


@cache
def _known() -> tuple[str, ...]:
    return languages()


def lexicon_for(folded: str, language: str) -> Lexicon:
    """The lexicon of `language`; when it has none, that of the language whose common words a text has most."""
    code = language[:2].lower()
    return load_lexicon(code if code in _known() else _guess(folded))


def _guess(folded: str) -> str:
    words = _LETTERS.findall(folded[:_SAMPLE])
    return max(
        _known(), key=lambda code: (sum(word in _own_lexicon(code).telling for word in words), code == "es")
    )
