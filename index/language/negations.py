"""The words that deny, by language."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from index.terms import words

_CONTRACTED = re.compile(r"n['’]t\b")


@cache
def negations(language: str) -> frozenset[str]:
    """The folded words that deny in a language; none where they are not known."""
    table = tomllib.loads((files("index.language") / "negations.toml").read_text("utf-8"))
    return frozenset(table.get(language, "").split())


def words_apart(text: str) -> list[str]:
    """The folded words of a text, the “not” of “isn't” apart."""
    return words(_CONTRACTED.sub(" not", text))
