"""What the reader reads at once, and what it says of it."""

from dataclasses import dataclass

from index.document import Span


@dataclass(frozen=True, slots=True)
class Window:
    """What is read at once: the text of a passage, and the title and headings above it."""

    context: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """Words that may be the answer, within the text read; `score` is above 0 where they are likelier than none."""

    span: Span
    score: float

    def moved(self, by: int) -> "AnswerSpan":
        """The same words in a text that has so many more characters before them."""
        return AnswerSpan(Span(self.span.start + by, self.span.end + by), self.score)


@dataclass(frozen=True, slots=True)
class WindowRead:
    """What the reader says of a window: whether it answers and yes against no, as logits, and with which words.

    `spans` are the likeliest first, and may overlap.
    """

    answers: float
    yes: float
    spans: tuple[AnswerSpan, ...]
