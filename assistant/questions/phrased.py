"""The words of a question, read off one phrase after the other by what they do in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from index.document import Span
from index.language.lists import listing_phrases
from index.language.terms import fold

_WORD = re.compile(r"\w+")
_LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The words of a question that are not read yet; `text` is the question as it was put."""

    text: str
    folded: tuple[str, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        spans = tuple(Span(*match.span()) for match in _WORD.finditer(text))
        return cls(text, tuple(fold(span.of(text)) for span in spans), spans)

    def begins(self, role: str) -> int:
        """How many words the longest phrase of that role has that they begin with."""
        phrases = listing_phrases(role)
        sizes = range(min(_LONGEST_PHRASE, len(self.folded)), 0, -1)
        return next((size for size in sizes if self.folded[:size] in phrases), 0)

    def begins_with_verb(self, role: str) -> bool:
        return (
            any(self.folded[0].startswith(stem) for (stem,) in listing_phrases(role))
            if self.folded
            else False
        )

    def rest(self, taken: int) -> Self:
        return type(self)(self.text, self.folded[taken:], self.spans[taken:])

    def first(self, count: int) -> Self:
        return type(self)(self.text, self.folded[:count], self.spans[:count])

    def without_leading(self, *roles: str) -> Self:
        words = self
        while taken := next(filter(None, map(words.begins, roles)), 0):
            words = words.rest(taken)
        return words

    def place_of(self, role: str) -> tuple[int, int] | None:
        """Where a phrase of that role stands, and how many words it has."""
        sizes = ((place, self.rest(place).begins(role)) for place in range(len(self.folded)))
        return next((found for found in sizes if found[1]), None)

    def without(self, role: str) -> Self:
        """All words but the first phrase of that role."""
        place = self.place_of(role)
        if place is None:
            return self
        start, size = place
        return type(self)(
            self.text,
            self.folded[:start] + self.folded[start + size :],
            self.spans[:start] + self.spans[start + size :],
        )

    def as_written(self) -> str:
        """The stretches of the question that are left, with what stands between their words."""
        return " ".join(span.of(self.text) for span in _joined(self.text, self.spans))


def _joined(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Neighbouring words as one stretch, so that what stands between them, as in “F-2025-044”, is kept."""
    start: Span | None = None
    for before, span in zip((None, *spans), (*spans, None), strict=True):
        start = start or before
        if start and before and (span is None or _WORD.search(text, before.end, span.start)):
            yield Span(start.start, before.end)
            start = None
