"""Words that were divided at the end of a line put together again; real hyphens, as in “hispano-francés”, stay."""

import re
from collections.abc import Iterable, Sequence

_HYPHENS = ("-", "\u2010", "\u00ad")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:[-\u2010][^\W\d_]++){0,8}$")
# Two words that are as long, and both in the document, are two words.
_LEAST_LETTERS = 5


class Hyphens:
    """Knows from all lines of a document whether a hyphen at the end of one belongs to the word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._first_halves: set[str] = set()
        for line in lines:
            divided = _LAST.search(line[:-1]) if line.endswith(_HYPHENS) else None
            for word in _WORD.findall(line[: divided.start() if divided else None].casefold()):
                self._words.add(word)
                first, hyphen, _ = word.replace("\u2010", "-").partition("-")
                if hyphen:
                    self._first_halves.add(first)

    def joined(self, lines: Sequence[str]) -> str:
        """Lines as one."""
        whole = ""
        for line in lines:
            before, gap = self.link(whole, line)
            whole = before + gap + line
        return whole

    def link(self, before: str, after: str) -> tuple[str, str]:
        """A line without the hyphen that only divided its last word, and what stands between it and the next."""
        if not before or not after:
            return before, ""
        last = _LAST.search(before[:-1]) if before.endswith(_HYPHENS) else None
        if last is None:
            is_span = before.endswith(_HYPHENS) and before[-2:-1].isdigit() and after[0].isdigit()
            return before, "" if is_span else " "
        if after[0].islower() and not self._is_real(last[0].casefold(), after.casefold()):
            return before[:-1], ""
        return before, ""

    def _is_real(self, half: str, after: str) -> bool:
        match = _WORD.match(after)
        other = match[0] if match else ""
        if half + other in self._words:
            return False
        are_words = min(len(half), len(other)) >= _LEAST_LETTERS and {half, other} <= self._words
        return are_words or f"{half}-{other}" in self._words or half in self._first_halves
