"""What a question names by an identifier must stand whole in a document: an invoice's number, a file's, a product's."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.dates import find_dates
from index.document import Span
from index.language.terms import fold

# Each part is read once: what joins two parts stands between word characters.
_IDENTIFIER = re.compile(r"(?<![\w./-])\w++(?:[-/.]\w++)*+")
_AMOUNT = re.compile(r"[\d.]+")
_ORDINAL = re.compile(r"\d+(?:º|ª|o|a|st|nd|rd|th|s|h|€|%|k|m)?")
# “covid-19” is a name, which texts write in more than one way.
_NAME = re.compile(r"[^\W\d_]{5}")
# Parts stand on either side of a joint, or of a change from letters to figures: “JT4140” is “JT-4140”.
_JOINT = re.compile(r"[-/.]|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Unknown:
    """An identifier that no document holds, as the question writes it, and the one most like it that stands there.

    `nearest` is empty where there is none like it.
    """

    asked: str
    nearest: str


def identifiers_of(question: str, language: str) -> list[str]:
    """The identifiers in a question as it writes them: words with figures that are no number, amount or date, and those
    with an underscore.
    """
    dates = [expression.span for expression in find_dates(question, None, language)]
    return [
        match[0]
        for match in _IDENTIFIER.finditer(question)
        if _is_identifier(match[0]) and not any(date.holds(Span(*match.span())) for date in dates)
    ]


def is_within_identifier(question: str, span: Span, language: str) -> bool:
    """Whether a stretch of a question is part of an identifier: the “2026” of “F-2026-12” is no year."""
    return any(
        span.of(question) != identifier and Span(start, start + len(identifier)).holds(span)
        for identifier in identifiers_of(question, language)
        for start in (question.find(identifier),)
    )


def _is_identifier(word: str) -> bool:
    if "_" in word.strip("_"):
        return len(word) <= _LONGEST
    named = any(map(str.isdigit, word)) and len(word) <= _LONGEST
    plain = _AMOUNT.fullmatch(word) or _ORDINAL.fullmatch(fold(word)) or _NAME.search(word)
    return named and not plain


def stands_in(identifier: str, text: str) -> bool:
    """Whether a text holds an identifier whole, whatever its case and whatever joins its parts."""
    parts = r"[-/. ]?".join(map(re.escape, _JOINT.split(fold(identifier))))
    return re.search(rf"(?<!\w){parts}(?!\w)", fold(text)) is not None


def nearest(identifier: str, texts: Iterable[str]) -> str:
    """The identifier in some texts that is written most like another; empty if none is much alike."""
    known = {
        match[0]
        for text in texts
        for match in _IDENTIFIER.finditer(text)
        if _is_identifier(match[0]) and _shape(match[0]) == _shape(identifier)
    }
    return max(known, key=lambda other: (_likeness(identifier, other), other), default="")


def _shape(identifier: str) -> str:
    """The kinds of an identifier's parts, figures or letters: `a 9 9` of “F-2025-044”."""
    parts = " ".join(_JOINT.split(fold(identifier)))
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", parts))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio()


def unknown_among(identifiers: Sequence[str], texts: Sequence[str]) -> Unknown | None:
    """The first identifier that stands in none of the texts, with what there is instead; None if all stand there."""
    for identifier in identifiers:
        if not any(stands_in(identifier, text) for text in texts):
            return Unknown(identifier, nearest(identifier, texts))
    return None
