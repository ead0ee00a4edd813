"""The words of questions for lists and counts of documents, by what they do, of all languages together."""

from collections.abc import Iterator
from functools import cache

from index.language.lists import role_of

Phrase = tuple[str, ...]


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
