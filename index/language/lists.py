"""Lists of words by what they do and by language, kept as data: `[role]`, then a line a language."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Role = Mapping[str, str]
"""The words of one role by language."""


Phrase = tuple[str, ...]


def role_of(subject: str, role: str) -> Role:
    """The words of a role in `<subject>.toml`, by language. Raises KeyError where the file has no such role."""
    words: Role = table_of(subject)[role]
    return words


@cache
def table_of(subject: str) -> Mapping[str, Any]:
    """All that `<subject>.toml` holds, read once."""
    return tomllib.loads((files("index.language") / f"{subject}.toml").read_text("utf-8"))


@cache
def any_phrase(subject: str, role: str) -> str:
    """A pattern for any of a role's comma-separated phrases, whatever their language."""
    return any_of(", ".join(role_of(subject, role).values()))


@cache
def listed_words(subject: str, role: str) -> frozenset[str]:
    """The words of a role, which spaces part, of all languages together."""
    return frozenset(" ".join(role_of(subject, role).values()).split())


def any_of(phrases: str) -> str:
    """A pattern for any of the comma-separated `phrases`, longest first, any space between words.

    Phrases may be patterns themselves, without commas.
    """
    parts = sorted((part.strip() for part in phrases.split(",") if part.strip()), key=len, reverse=True)
    return "(?:" + "|".join(re.sub(r"\\?\s+", r"\\s+", part) for part in parts) + ")"


@cache
def listing_phrases(role: str) -> frozenset[Phrase]:
    """The phrases that do one thing in a question, each as its folded words."""
    return frozenset(phrase for said in role_of("listing", role).values() for phrase in _phrases(said))


@cache
def file_endings(noun: str) -> frozenset[str]:
    """How the names of files end that people call by a folded noun; empty where it is no such noun."""
    return frozenset(
        ending
        for endings, nouns in role_of("listing", "files").items()
        if (noun,) in set(_phrases(nouns))
        for ending in endings.split()
    )


def _phrases(said: str) -> Iterator[Phrase]:
    return (tuple(phrase.split()) for phrase in said.split(","))
