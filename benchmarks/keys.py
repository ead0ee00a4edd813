"""Whether a text holds a fact, whatever the spelling: case, accents, spaces and the form of numbers do not count."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "“": '"', "”": '"', "\u00ad": "", "\u200b": "", "*": "", "`": ""}
    | dict.fromkeys("–—‑‐−", "-")
)


def holds(text: str, spellings: Iterable[str]) -> bool:
    """Whether one of these stands in the text: at a word's beginning, and no number as part of a longer one."""
    folded = _folded(text)
    return any(_pattern(spelling).search(folded) for spelling in spellings)


@cache
def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    grouped = re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", letters)
    return re.sub(r"\s+", " ", re.sub(r"(?<=\d),(?=\d)", ".", grouped))


@cache
def _pattern(spelling: str) -> re.Pattern[str]:
    tokens = re.findall(r"\d+|[^\W\d_]+|[^\w\s]|_", _folded(spelling))
    first, last = tokens[0], tokens[-1]
    before = r"(?<![0-9])(?<![0-9][.,])" if first.isdigit() else r"(?<![^\W\d_])" if first.isalpha() else ""
    # 975 stands in 975,00 and not in 975,50.
    behind = r"(?![0-9])(?![.,](?!0+(?![0-9]))[0-9])" if last.isdigit() else ""
    return re.compile(before + r"\s*".join(map(re.escape, tokens)) + behind)
