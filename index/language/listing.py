"""The words of questions for lists and counts of documents, by what they do, of all languages together."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

Phrase = tuple[str, ...]


@cache
def listing_phrases(role: str) -> frozenset[Phrase]:
    """The phrases that do one thing in a question, each as its folded words."""
    return frozenset(phrase for said in _table()[role].values() for phrase in _phrases(said))


@cache
def file_endings(noun: str) -> frozenset[str]:
    """How the names of files end that people call by a folded noun; empty where it is no such noun."""
    return frozenset(
        ending
        for endings, nouns in _table()["files"].items()
        if (noun,) in set(_phrases(nouns))
        for ending in endings.split()
    )


def _phrases(said: str) -> Iterator[Phrase]:
    return (tuple(phrase.split()) for phrase in said.split(","))


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("index.language") / "listing.toml").read_text("utf-8"))
