"""Markers in written sentences: [1], [1, 2], [1][3], [1-3]."""

import re
from dataclasses import dataclass

MARKER = re.compile(r"(?<!\s)\s*+[\[【]\s*+\^?\d[\d\s,;^–-]*+[\]】]")
"""A marker with the space before it."""

_NUMBERS = re.compile(r"(\d{1,4})(?:\s*[–-]\s*(\d{1,4}))?")
_WIDEST = 20  # pieces that a range may cite


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as written, apart from its markers."""

    text: str
    markers: tuple[int, ...]


def split_markers(sentence: str) -> Marked:
    """The words of a sentence and the numbers of its markers, each once."""
    numbers = [number for marker in MARKER.findall(sentence) for number in _numbers_of(marker)]
    return Marked(MARKER.sub("", sentence).strip(), tuple(dict.fromkeys(numbers)))


def _numbers_of(marker: str) -> list[int]:
    numbers: list[int] = []
    for first, last in _NUMBERS.findall(marker):
        numbers += range(int(first), min(int(last or first), int(first) + _WIDEST) + 1)
    return numbers
