"""What is said to the assistant and asks the documents nothing: greetings, what is here, going on from an answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product

from index.language.lists import table_of
from index.language.terms import words

# What is longer is no small talk.
_LONGEST = 120
_SLOT = re.compile(r"\(([^()]*)\)|([^() ]+)")


class Talk(StrEnum):
    """What is meant; the first of these where several are said: "hello, what can you do?" is a question."""

    MORE = "more"
    CERTAINTY = "certainty"
    SOURCES = "sources"
    SIZE = "size"
    NEWS = "news"
    SUBJECTS = "subjects"
    CAPABILITIES = "capabilities"
    FAREWELL = "farewell"
    THANKS = "thanks"
    GREETING = "greeting"

    @property
    def goes_on(self) -> bool:
        """Whether it is about the answer before."""
        return self in (Talk.MORE, Talk.CERTAINTY, Talk.SOURCES)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to the assistant, and in which language."""

    talk: Talk
    language: str


def talk_of(question: str, language: str = "") -> Said | None:
    """What is said to the assistant; None if the question is about the documents.

    `language` decides where the words are the same in several.
    """
    said = words(question) if len(question) <= _LONGEST else []
    for spoken in sorted(_phrases(), key=lambda code: code != language):
        kinds = _kinds(said, _phrases()[spoken])
        for talk in Talk:
            if talk in kinds:
                return Said(talk, spoken)
    return None


def _kinds(said: Sequence[str], known: dict[tuple[str, ...], str]) -> set[str]:
    """The kinds of the phrases that the words are made of; none if they are not made of such phrases."""
    kinds: set[str] = set()
    start = 0
    while start < len(said):
        ends = [end for end in range(len(said), start, -1) if tuple(said[start:end]) in known]
        if not ends:
            return set()
        kinds.add(known[tuple(said[start : ends[0]])])
        start = ends[0]
    return kinds


@cache
def _phrases() -> dict[str, dict[tuple[str, ...], str]]:
    """For each language, the kind of each phrase by its words."""
    return {
        language: {
            phrase: kind
            for kind, patterns in kinds.items()
            for pattern in patterns
            for phrase in _all(pattern)
        }
        for language, kinds in table_of("talk").items()
    }


def _all(pattern: str) -> Iterator[tuple[str, ...]]:
    """Every phrase that a pattern with alternatives stands for, as words."""
    slots = [(slot[1] if slot[1] is not None else slot[2]).split("|") for slot in _SLOT.finditer(pattern)]
    return (tuple(" ".join(choice).split()) for choice in product(*slots))
