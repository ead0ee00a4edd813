"""Greetings, thanks and "what can you do?": what is said to the assistant and asks the documents nothing."""

import tomllib
from functools import cache
from importlib.resources import files

from index.language.terms import words
from prompts import phrase

# What is longer is no small talk.
_LONGEST = 120
# The most telling first: "hello, what can you do?" is a question.
_REPLIED_TO = ("capabilities", "farewell", "thanks", "greeting")


def reply_to(question: str, language: str) -> str | None:
    """The answer to small talk, in the language it is made in; None if the question is about the documents.

    `language` decides where the words are the same in several.
    """
    said = words(question) if len(question) <= _LONGEST else []
    for spoken in sorted(_phrases(), key=lambda code: code != language):
        kinds = _kinds(said, _phrases()[spoken])
        for kind in _REPLIED_TO:
            if kind in kinds:
                return phrase(kind, spoken)
    return None


def _kinds(said: list[str], known: dict[tuple[str, ...], str]) -> set[str]:
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
    table = tomllib.loads((files(__package__) / "smalltalk.toml").read_text("utf-8"))
    return {
        language: {tuple(said.split()): kind for kind, phrases in kinds.items() for said in phrases}
        for language, kinds in table.items()
    }
