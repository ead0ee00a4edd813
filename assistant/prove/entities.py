"""Countries and acronyms by what they mean, whatever language names them: Alemania and Germany, OMS and WHO."""

import re
import tomllib
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale

from index.document import Span
from index.language.terms import LANGUAGES, fold

# “EE. UU.”, “U.S.”, and any other word
_WORD = re.compile(r"(?:[A-Z]{2}\.[ ]?){2}|(?:[^\W\d_]\.[ ]?){1,4}(?:[^\W\d_](?!\w))?|\w+")
_DOTS = re.compile(r"[\s.]")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Entity:
    """What a stretch of a text stands for: a country's code, or the first acronym of its line."""

    sign: str
    span: Span


def find_entities(text: str) -> Iterator[Entity]:
    """The countries and acronyms named in a text, the longest name at each place."""
    words = list(_WORD.finditer(text))
    place = 0
    while place < len(words):
        acronym = _acronyms().get(_DOTS.sub("", words[place][0]))
        if acronym is not None:
            yield Entity(acronym, Span(*words[place].span()))
        taken = 0 if acronym else _country_words(words[place : place + _longest_country()])
        if taken:
            span = Span(words[place].start(), words[place + taken - 1].end())
            yield Entity(_countries()[_joined(words[place : place + taken])], span)
        place += max(1, taken)


def without_entities(text: str, signs: Container[str]) -> str:
    """`text` with the countries and acronyms of these signs blanked out."""
    for entity in list(find_entities(text)):
        if entity.sign in signs:
            span = entity.span
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _country_words(words: list[re.Match[str]]) -> int:
    """How many of the words, from the first on, are a country's name."""
    if not words or not words[0][0][0].isupper():
        return 0
    return next((n for n in range(len(words), 0, -1) if _joined(words[:n]) in _countries()), 0)


def _joined(words: list[re.Match[str]]) -> str:
    return " ".join(fold(word[0]) for word in words)


@cache
def _acronyms() -> dict[str, str]:
    listed = tomllib.loads((files("assistant.prove") / "acronyms.toml").read_text("utf-8"))["same"]
    return {acronym: same[0] for same in listed for acronym in same}


@cache
def _countries() -> dict[str, str]:
    """The codes of countries by their folded names in the languages of the product."""
    return {
        " ".join(re.findall(r"\w+", fold(name))): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if _COUNTRY.fullmatch(code)
    }


@cache
def _longest_country() -> int:
    return max(len(name.split()) for name in _countries())
