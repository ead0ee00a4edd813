"""Proper names as spans: runs of capitalised words with the particles between them."""

import re

from index.document import Span
from index.language.lists import any_phrase
from index.language.terms import STARTERS, fold, is_stop_word

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"(?:{_CAPITAL}[\w’'\-]*\w|{_CAPITAL}\.(?=\s?{_CAPITAL})|{_CAPITAL}\b)"
_PARTICLE = any_phrase("names", "particles")
_NUMERAL = r"(?:\d{1,4}[A-Z]?(?!\w|[.,]\d))"
_NAME = re.compile(
    rf"(?<!\w){_WORD}(?:\s+(?:{_WORD}|{_NUMERAL})|\s+{_PARTICLE}\s+{_WORD}|\s+{_PARTICLE}\s+{_PARTICLE}\s+{_WORD})*"
    rf"(?:,\s(?:D\.\s?C\.|D\.\s?F\.|Jr\.))?"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s+|[\"“«¿¡—(\n]\s*)$")
_FIRST = re.compile(rf"([\w’'\-]+)\.?\s*(?:{_PARTICLE}\s+)*")


def find_names(text: str, *, first_counts: bool = True) -> list[Span]:
    """The proper names in `text`, in order.

    A lone capitalised word that begins a sentence is left out when it is a common function word, and in any
    case when `first_counts` is false.
    """
    names = []
    for match in _NAME.finditer(text):
        start = _without_function_words(text, match.start(), match.end(), first_counts=first_counts)
        if start < match.end():
            names.append(Span(start, match.end()))
    return names


def _without_function_words(text: str, start: int, end: int, *, first_counts: bool) -> int:
    """Where the name starts once the word that merely begins the sentence (“El”, “Según”) is taken off."""
    if _SENTENCE_START.search(text, max(0, start - 12), start) is None:
        return start
    first = _FIRST.match(text, start, end)
    if first is None or (first[1].isupper() and len(first[1]) > 1):
        return start
    word = fold(first[1])
    common = word in STARTERS or is_stop_word(word)
    lone = not first_counts and first.end() == end
    return first.end() if common or lone else start
